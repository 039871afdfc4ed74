import type { EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import { instant, MINUTE_MS } from '#domain/values/instant';

const FIRST_MINUTE = 570;
const MINUTES = 390;
/** 2018-03-12, 09:30 in New York. */
const OPEN = 1_520_861_400_000;

/**
 * Minutes of a market of `width` symbols that look like trading: prices of 5 to 300 dollars that walk by cents, a tenth
 * of the bars with a price between cents, one in six absent, volumes from a hundred to tens of thousands. Same seed, same
 * frames.
 */
export function syntheticFrames(width: number, count: number, seed = 1): readonly EventOf<'bars_closed'>[] {
  const chance = lehmer(seed);
  const last = Array.from({ length: width }, () => 50_000 + Math.floor(chance() * 29_500) * 100);
  return Array.from({ length: count }, (_, place) => ({ kind: 'bars_closed', frame: frameOf(width, place, last, chance) }));
}

function frameOf(width: number, place: number, last: number[], chance: () => number): Frame {
  const [open, high, low, close] = [0, 1, 2, 3].map(() => new Int32Array(width)) as [Int32Array, Int32Array, Int32Array, Int32Array];
  const volume = new Int32Array(width).fill(-1);
  let present = 0;
  for (let s = 0; s < width; s++) {
    if (chance() < 1 / 6) continue;
    const tick = chance() < 0.1 ? 1 : 100;
    const step = (last[s] as number) / 2000 / tick;
    const away = (): number => Math.floor(chance() * step) * tick;
    const [o, up, down] = [Math.max(100, (last[s] as number) + away() - away()), away(), away()];
    open[s] = o;
    high[s] = o + up;
    low[s] = Math.max(tick, o - down);
    close[s] = chance() < 0.5 ? o + Math.floor(up / 2 / tick) * tick : (low[s] as number);
    volume[s] = Math.floor(100 / (chance() + 0.002));
    last[s] = Math.max(100, Math.round((close[s] as number) / 100) * 100);
    present++;
  }
  const minute = FIRST_MINUTE + (place % MINUTES);
  return { width, minute, start: instant(OPEN + place * MINUTE_MS), present, regular: true, open, high, low, close, volume };
}

/** A small generator for test data: Park and Miller's minimal standard. */
function lehmer(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
