import type { DrawnPoint } from '#domain/patterns/setup';
import { atLow, highest, isAbove, level, line, MIDDLE, nearness, sighted } from '#domain/patterns/shape';
import type { Pattern, Sighting } from '#domain/patterns/sighting';
import type { ChartBar, SymbolView } from '#domain/patterns/symbol-view';

/** Five-minute bars of the triangle. Judgement. */
const BARS_MIN = 8;
const BARS_MAX = 36;
/** Highs within this many ATRs of the top touch it; touches lie at least so many bars apart. Two at least: Bulkowski, Encyclopedia of Chart Patterns. */
const TOUCH_ATRS = 0.3;
const TOUCH_GAP = 3;
const TOUCHES_MIN = 2;
/** The first swing low lies at least so many ATRs below the top. Judgement. */
const HEIGHT_ATRS = 1.5;
/** The last swing low has come at least this share of that way up. Judgement. */
const CLOSED_MIN = 0.4;
/** A low may lie so many ATRs below the line through the first and the last. Judgement. */
const SLACK_ATRS = 0.25;

/**
 * A flat top that is met again and again while the lows rise towards it, on five-minute bars, and a last close above the
 * top, at most one ATR above. Quality: the mean of the touches beyond two (four count in full), the share of the height
 * that the lows have closed, and how near the close still is. Off below the last swing low.
 */
export const ascendingTriangle: Pattern = {
  kind: 'ascending_triangle',
  find(view) {
    for (let newest = 0; newest <= 1; newest++) {
      const end = view.fives.length - newest;
      // The longest: who draws one begins at its first touch.
      for (let bars = Math.min(BARS_MAX, end); bars >= BARS_MIN; bars--) {
        const found = triangleOf(view, end - bars, end);
        if (found !== null) return found;
      }
    }
    return null;
  },
};

/** The triangle that begins with a touch at `from` and ends before the bar at `end`. */
function triangleOf(view: SymbolView, from: number, end: number): Sighting | null {
  const { fives, atr, now } = view;
  const top = highest(fives, from, end);
  if (!isAbove(view, top) || (fives[from] as ChartBar).high < top - TOUCH_ATRS * atr) return null;
  const touches = touchesOf(fives, from, end, top - TOUCH_ATRS * atr);
  if (touches < TOUCHES_MIN) return null;
  const lows = swingLowsOf(fives, from, end);
  const first = lows[0];
  const last = lows.at(-1);
  // Two at least, from the same source: one alone has not come up.
  if (first === undefined || last === undefined || first === last) return null;
  if (lows.some((bar, i) => i > 0 && bar.low <= (lows[i - 1] as ChartBar).low)) return null;
  const height = top - first.low;
  const closed = (last.low - first.low) / height;
  if (height < HEIGHT_ATRS * atr || closed < CLOSED_MIN) return null;
  const slope = (last.low - first.low) / (last.minute - first.minute);
  for (let i = from; i < end; i++) {
    const { minute, low } = fives[i] as ChartBar;
    if (minute >= first.minute && low < first.low + slope * (minute - first.minute) - SLACK_ATRS * atr) return null;
  }
  const supportAt = (minute: number): DrawnPoint => ({ minute, price: Math.round(first.low + slope * (minute - MIDDLE - first.minute)) });
  const drawing = [level('flat top', top, (fives[from] as ChartBar).minute, now), line('support line', atLow(first), supportAt(now))];
  const quality = (Math.min(1, (touches - TOUCHES_MIN) / 2) + closed + nearness(view, top)) / 3;
  return sighted('ascending_triangle', view, { trigger: top, invalidation: last.low, quality, drawing });
}

function touchesOf(fives: readonly ChartBar[], from: number, end: number, least: number): number {
  let touches = 0;
  let last = -TOUCH_GAP;
  for (let i = from; i < end; i++) {
    if ((fives[i] as ChartBar).high < least || i - last < TOUCH_GAP) continue;
    touches++;
    last = i;
  }
  return touches;
}

/** Bars whose low is below that of the bar before and not above that of the one after. */
function swingLowsOf(fives: readonly ChartBar[], from: number, end: number): readonly ChartBar[] {
  const lows: ChartBar[] = [];
  for (let i = from + 1; i < end - 1; i++) {
    const bar = fives[i] as ChartBar;
    if (bar.low < (fives[i - 1] as ChartBar).low && bar.low <= (fives[i + 1] as ChartBar).low) lows.push(bar);
  }
  return lows;
}
