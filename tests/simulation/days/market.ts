import type { Frame } from '#domain/events/frame';
import { minuteStart } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { RandomStream } from '#simulation/market/seeded-random';
import { type Bar, columns } from '#tests/bar-columns';

/** What the broker and the tape are shown at one moment; 0 for a side that nobody quotes. 1e-4. */
export type Shown = { readonly name: number; readonly bid: number; readonly ask: number; readonly last: number; readonly size: number };

type Name = { last: number; quiet: number; drift: number; volatility: number };

const TICKS_A_MINUTE = 4;
const LOWEST = 60_000;
const HIGHEST = 9_000_000;
/** Whole cents, and neither so low nor so high that nothing can be had of a name. */
const kept = (value: number): number => Math.round(Math.min(HIGHEST, Math.max(LOWEST, value)) / 100) * 100;

/** A few names that move more than most do: gaps, crashes, minutes without a trade, and prints that were never made. */
export class DaysMarket {
  readonly #chance: RandomStream;
  readonly #names: Name[];
  /** The bars of the session that is on, as their vendor tells them. */
  frames: Frame[] = [];
  readonly halted = new Set<number>();
  /** The broker takes no order of these, not even one that closes. */
  readonly untraded = new Set<number>();
  /** Their bars do not come, whatever is traded (F9). */
  readonly untold = new Set<number>();
  /** A day before all others that only teaches. */
  readonly past: { readonly session: Session; readonly frames: readonly Frame[] };
  #session: Session | null = null;

  constructor(seed: number, names: number, past: Session) {
    this.#chance = new RandomStream(seed, 'days-market');
    this.#names = Array.from({ length: names }, (_, name) => ({
      last: kept(120_000 + name * 270_000),
      // The last two are thin.
      quiet: name >= names - 2 ? 0.6 : 0.05,
      drift: 0,
      volatility: 0.0006 + 0.0003 * (name % 4),
    }));
    this.past = { session: past, frames: this.#teaching(past) };
  }

  /** The date of the session whose minutes are here; null before the first. */
  get date(): SessionDate | null {
    return this.#session?.date ?? null;
  }

  get width(): number {
    return this.#names.length;
  }

  last(name: number): number {
    return this.#names[name]?.last ?? 0;
  }

  /** A new day begins with a gap. */
  open(session: Session): void {
    this.#session = session;
    this.frames = [];
    this.halted.clear();
    const chance = this.#chance;
    for (const name of this.#names) {
      name.last = kept(name.last * (1 + chance.normal() * 0.01 + (chance.chance(0.08) ? chance.between(-0.12, 0.12) : 0)));
      name.drift = chance.normal() * 0.0001;
    }
  }

  /** So many new shares for each old one: the price follows before the next open. */
  split(name: number, ratio: number): void {
    const told = this.#names[name];
    if (told !== undefined) told.last = kept(told.last / ratio);
  }

  /** All moments of one minute with what is shown at each; its bar is among `frames` from then on. */
  *minute(minute: number): Generator<{ readonly at: Instant; readonly shown: readonly Shown[] }, void> {
    const session = this.#session;
    if (session === null) return;
    const chance = this.#chance.restart(Math.floor(session.open / MINUTE_MS), minute);
    const start = minuteStart(session, minute);
    const crash = chance.chance(0.002) ? chance.between(-0.05, -0.01) : 0;
    const bars: [number, number, number, number, number][] = this.#names.map(() => [0, 0, 0, 0, -1]);
    for (let tick = 0; tick < TICKS_A_MINUTE; tick++) {
      const shown: Shown[] = [];
      for (const [name, one] of this.#names.entries()) {
        if (this.halted.has(name) || chance.chance(one.quiet)) continue;
        const jump = chance.chance(0.0015) ? chance.between(-0.06, 0.06) : 0;
        one.last = kept(one.last * (1 + one.drift + crash / TICKS_A_MINUTE + jump + chance.normal() * one.volatility));
        const half = Math.max(100, Math.round((one.last * chance.between(0.0001, one.quiet > 0.5 ? 0.003 : 0.0006)) / 100) * 100);
        const size = chance.integer(1, 40) * 100;
        shown.push({ name, bid: Math.max(100, one.last - half), ask: one.last + half, last: one.last, size });
        note(bars[name] as [number, number, number, number, number], one.last, size * 25);
      }
      yield { at: instant(start + 3_000 + tick * 14_000 + chance.below(9_000)), shown };
    }
    // A print that was never made: the vendor tells it, the broker does not see it.
    for (const bar of bars) if (bar[4] > 0 && chance.chance(0.0005)) bar[chance.pick([1, 2])] = kept(bar[3] * chance.pick([0.5, 2]));
    this.frames.push(
      frameOf(
        bars.map((bar, name) => (this.untold.has(name) ? [0, 0, 0, 0, -1] : bar)),
        { minute, start },
      ),
    );
  }

  /** The minutes that five-minute returns are made of, each name on a way of its own. */
  #teaching(session: Session): readonly Frame[] {
    const chance = this.#chance.restart(0, 0);
    const frames: Frame[] = [];
    for (let minute = session.openMinute + 4; minute < session.closeMinute; minute += 5) {
      const bars = this.#names.map(({ last }) => {
        const close = kept(last * (1 + chance.normal() * 0.004));
        return [close, close, close, close, 400_000] as const;
      });
      frames.push(frameOf(bars, { minute, start: minuteStart(session, minute) }));
    }
    return frames;
  }
}

function note(bar: [number, number, number, number, number], last: number, volume: number): void {
  if (bar[4] < 0) {
    bar.splice(0, 5, last, last, last, last, volume);
    return;
  }
  bar[1] = Math.max(bar[1], last);
  bar[2] = Math.min(bar[2], last);
  bar[3] = last;
  bar[4] += volume;
}

function frameOf(
  bars: readonly (readonly [number, number, number, number, number])[],
  { minute, start }: { minute: number; start: Instant },
): Frame {
  const told: Bar[] = bars.map((bar) => (bar[4] < 0 ? null : bar));
  return { ...columns(told), minute, start, present: told.filter((bar) => bar !== null).length, regular: true };
}
