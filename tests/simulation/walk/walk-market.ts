import type { Frame } from '#domain/events/frame';
import { type Instant, instant } from '#domain/values/instant';
import type { RandomStream } from '#simulation/market/seeded-random';
import { type Bar, columns } from '#tests/bar-columns';

/** So many names are more than may be held at once, and few enough that the same ones come again and again. */
export const NAMES = 12;

/** A dozen names that move more violently than any market does: what matters is that every limit is met, not that it looks real. */
export class WalkMarket {
  readonly closes: number[] = Array.from({ length: NAMES }, (_, name) => 150_000 + name * 310_000);
  readonly halted = new Set<number>();

  /** The minute that begins at `start`; a halted name has no bar. */
  minute(chance: RandomStream, minute: number, start: Instant): Frame {
    const together = chance.chance(0.02) ? chance.between(-0.06, 0.03) : chance.normal() * 0.0005;
    const bars = this.closes.map((last, name) => {
      const quiet = this.halted.has(name) || chance.chance(0.04);
      return quiet ? null : this.#bar(chance, name, last, together);
    });
    return { ...columns(bars), minute, start, present: bars.filter((bar) => bar !== null).length, regular: true };
  }

  #bar(chance: RandomStream, name: number, last: number, together: number): Bar {
    const jump = chance.chance(0.015) ? chance.between(-0.12, 0.1) : 0;
    const open = kept(last * (1 + jump / 2 + chance.normal() * 0.0005));
    const close = kept(open * (1 + jump / 2 + together + chance.normal() * 0.003));
    const high = kept(Math.max(open, close) * (1 + chance.uniform() * 0.002));
    const low = kept(Math.min(open, close) * (1 - chance.uniform() * 0.002));
    this.closes[name] = close;
    return [open, high, low, close, chance.integer(100, 2_000_000)];
  }
}

/** Whole cents, and neither so low nor so high that nothing can be had of a name any more. */
const kept = (price: number): number => Math.round(Math.min(9_000_000, Math.max(60_000, price)) / 100) * 100;

/** A frame without a bar, for a minute in which nothing at all traded. */
export const silence = (minute: number, start: number): Frame => ({
  ...columns(Array.from({ length: NAMES }, () => null)),
  minute,
  start: instant(start),
  present: 0,
  regular: true,
});
