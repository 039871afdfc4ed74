import { atHigh, atLow, highest, isAbove, line, lowestAt, sighted } from '#domain/patterns/shape';
import type { Pattern, Sighting } from '#domain/patterns/sighting';
import type { ChartBar, SymbolView } from '#domain/patterns/symbol-view';

/** Five-minute bars from A to B, and from B to the break. Judgement. */
const RISE_MAX = 18;
const FALL_MIN = 3;
const FALL_MAX = 18;
/** AB is at least so many ATRs high. Judgement. */
const RISE_ATRS = 3;
/** BC gives back between these shares of AB, ideally the golden one. Source: Gartley, Profits in the Stock Market, by way of Pesavento, Fibonacci Ratios. */
const RETRACE_MIN = 0.382;
const RETRACE_MAX = 0.786;
const RETRACE_BEST = 0.618;

/**
 * A rise from A to B, a fall to C that gives back 38.2 to 78.6 % of it, and a last close above B, at most one ATR above, so
 * that a second rise CD is on its way. On five-minute bars. Quality: the mean of how near the retracement is to 61.8 %
 * and of how alike AB and the time from B to the break are. Off below C.
 */
export const abcd: Pattern = {
  kind: 'abcd',
  find(view) {
    for (let newest = 0; newest <= 1; newest++) {
      const end = view.fives.length - newest;
      for (let fall = FALL_MIN; fall <= FALL_MAX; fall++) {
        const found = legsOf(view, end - fall - 1, end);
        if (found !== null) return found;
      }
    }
    return null;
  },
};

/** B is the high of the bar at `peak`; C lies after it and before the bar at `end`. */
function legsOf(view: SymbolView, peak: number, end: number): Sighting | null {
  const { fives, atr, now, close } = view;
  if (peak < 1) return null;
  const b = fives[peak] as ChartBar;
  if (!isAbove(view, b.high) || highest(fives, peak + 1, end) >= b.high) return null;
  const from = Math.max(0, peak - RISE_MAX);
  if (highest(fives, from, peak) > b.high) return null;
  const foot = lowestAt(fives, from, peak + 1);
  const a = fives[foot] as ChartBar;
  const rise = b.high - a.low;
  const bottom = lowestAt(fives, peak + 1, end);
  const c = fives[bottom] as ChartBar;
  const retrace = (b.high - c.low) / rise;
  if (foot === peak || rise < RISE_ATRS * atr || retrace < RETRACE_MIN || retrace > RETRACE_MAX) return null;
  // C is a point that the price has come to and left, not the bar beside B.
  if (bottom === peak + 1 && end - peak - 1 < FALL_MIN) return null;
  const [up, down] = [peak - foot, end - peak];
  const alike = Math.min(up, down) / Math.max(up, down);
  const golden = 1 - Math.abs(retrace - RETRACE_BEST) / (RETRACE_BEST - RETRACE_MIN);
  const drawing = [
    line('ab', atLow(a), atHigh(b)),
    line('bc', atHigh(b), atLow(c)),
    line('cd', atLow(c), { minute: now, price: close }),
    line('projection', { minute: now, price: close }, { minute: Math.max(now + 5, c.minute + (b.minute - a.minute)), price: c.low + rise }),
  ];
  return sighted('abcd', view, { trigger: b.high, invalidation: c.low, quality: (Math.max(0, golden) + alike) / 2, drawing });
}
