import type { Frame } from '#domain/events/frame';
import type { DailyHistory } from '#domain/universe/daily-history';

/** An open that is about n times the last close, or an n-th of it, on a day without unusual trading: most likely a split. */
export type DoubtfulJump = { readonly symbol: number; readonly from: number; readonly to: number; readonly ratio: number };

/** How near the jump must come to a whole ratio; the price of the day moves, too. */
const NEAR = 0.1;
/** News that doubles a name brings its crowd. A split brings nobody: dollars stay what they were. */
const DOLLARS_MAX = 5;

/** Daily files do not tell splits. Whoever takes one for a gap buys a reverse split at the top of every list. */
export function doubtfulJumps(frame: Frame, history: DailyHistory): readonly DoubtfulJump[] {
  const found: DoubtfulJump[] = [];
  const { open, close, volume, width } = frame;
  for (let symbol = 0; symbol < width; symbol++) {
    const shares = volume[symbol] as number;
    const from = history.previousClose.values[symbol] as number;
    if (shares < 0 || from === 0) continue;
    const to = open[symbol] as number;
    const times = to > from ? to / from : from / to;
    const whole = Math.round(times);
    if (whole < 2 || Math.abs(times / whole - 1) > NEAR) continue;
    if (shares * (close[symbol] as number) > DOLLARS_MAX * history.meanDollars(symbol)) continue;
    found.push({ symbol, from, to, ratio: to > from ? 1 / whole : whole });
  }
  return found;
}
