import { atHigh, highest, isAbove, level, line, lowest, lowestAt, MIDDLE, sighted } from '#domain/patterns/shape';
import type { Pattern, Sighting } from '#domain/patterns/sighting';
import type { ChartBar, SymbolView } from '#domain/patterns/symbol-view';

/** Five-minute bars from rim to rim and of the handle. Source: O'Neil's 7 to 65 weeks and at least a week, carried over to bars. */
const CUP_MIN = 7;
const CUP_MAX = 65;
const HANDLE_MIN = 2;
const HANDLE_MAX = 8;
/** The cup is at least so many ATRs deep. Judgement: less is the noise of an hour. */
const DEPTH_ATRS = 3;
/** The rims lie apart by at most this share of the depth. Judgement. */
const RIM_SHARE = 0.25;
/** What came before the left rim rose by at least this share of the depth. Source: O'Neil asks for a rise before; the share is judgement. */
const RISE_SHARE = 0.5;
/** Of the bars between the rims at least this share lies in the lower half. A V has a half, the arc of a parabola 0.71. */
const ROUND_MIN = 0.6;
/** The deepest bar lies this far from either rim, as a share of the way. Judgement. */
const MIDDLE_MIN = 0.2;
/** The handle gives back between these shares of the depth. Source: O'Neil: it forms in the upper half of the cup. */
const HANDLE_SHARE_MIN = 0.1;
const HANDLE_SHARE_MAX = 0.5;

/**
 * A rise, a round trough back to where it began, a short pause below the rim, and a last close above the right rim, at most
 * one ATR above. Quality: the mean of how even the rims are, how round the trough is and how little the handle gave
 * back. Off below the low of the handle.
 */
export const cupAndHandle: Pattern = {
  kind: 'cup_and_handle',
  find(view) {
    for (let newest = 0; newest <= 1; newest++) {
      for (let handle = HANDLE_MIN; handle <= HANDLE_MAX; handle++) {
        const end = view.fives.length - newest;
        const right = end - handle - 1;
        if (right < CUP_MIN) break;
        const found = cupOf(view, right, end);
        if (found !== null) return found;
      }
    }
    return null;
  },
};

/** The best cup whose right rim is the high of that bar and whose handle ends before the bar at `end`. */
function cupOf(view: SymbolView, right: number, end: number): Sighting | null {
  const { fives } = view;
  const rim = (fives[right] as ChartBar).high;
  if (!isAbove(view, rim) || highest(fives, right + 1, end) >= rim) return null;
  let best: Sighting | null = null;
  let lowAt = right;
  let top = 0;
  for (let left = right - 1; left >= Math.max(0, right - CUP_MAX); left--) {
    const { high, low } = fives[left] as ChartBar;
    // `top` and `lowAt` are of the bars between the rims.
    if (high >= top && right - left >= CUP_MIN) {
      const found = cupBetween(view, { left, right, lowAt, end });
      if (found !== null && (best === null || found.confidence > best.confidence)) best = found;
    }
    // Beyond a bar that stands higher than a rim may, there is no left rim of this cup.
    if (high > rim + RIM_SHARE * (rim - Math.min(low, (fives[lowAt] as ChartBar).low))) break;
    top = Math.max(top, high);
    if (low < (fives[lowAt] as ChartBar).low) lowAt = left;
  }
  return best;
}

type Cup = { readonly left: number; readonly right: number; readonly lowAt: number; readonly end: number };

function cupBetween(view: SymbolView, { left, right, lowAt, end }: Cup): Sighting | null {
  const { fives, atr, now } = view;
  const leftBar = fives[left] as ChartBar;
  const rightBar = fives[right] as ChartBar;
  const lowBar = fives[lowAt] as ChartBar;
  const rim = Math.min(leftBar.high, rightBar.high);
  const depth = rim - lowBar.low;
  const uneven = Math.abs(leftBar.high - rightBar.high) / depth;
  if (depth < DEPTH_ATRS * atr || uneven > RIM_SHARE) return null;
  const middle = (lowAt - left) / (right - left);
  if (middle < MIDDLE_MIN || middle > 1 - MIDDLE_MIN) return null;
  let deep = 0;
  for (let i = left + 1; i < right; i++) {
    const { high, low } = fives[i] as ChartBar;
    if ((high + low) / 2 < rim - depth / 2) deep++;
  }
  const roundness = deep / (right - left - 1);
  if (roundness < ROUND_MIN) return null;
  const before = lowest(fives, 0, left + 1);
  const start = view.previousClose > 0 ? Math.min(before, view.previousClose) : before;
  if (leftBar.high - start < RISE_SHARE * depth) return null;
  const handleLow = lowest(fives, right + 1, end);
  const givenBack = (rightBar.high - handleLow) / depth;
  if (givenBack < HANDLE_SHARE_MIN || givenBack > HANDLE_SHARE_MAX) return null;
  const handleAt = lowestAt(fives, right + 1, end);
  const drawing = [
    line('cup', atHigh(leftBar), ...arcOf(fives, left, lowAt, right), atHigh(rightBar)),
    line(
      'handle',
      atHigh(rightBar),
      { minute: (fives[handleAt] as ChartBar).minute + MIDDLE, price: handleLow },
      { minute: now, price: rightBar.high },
    ),
    level('neckline', rightBar.high, leftBar.minute, now),
  ];
  const quality = (1 - uneven / RIM_SHARE + Math.min(1, (roundness - 0.5) / 0.5) + (1 - givenBack / HANDLE_SHARE_MAX)) / 3;
  return sighted('cup_and_handle', view, { trigger: rightBar.high, invalidation: handleLow, quality, drawing });
}

/** The trough as two halves of a parabola from rim to rim, through the low. */
function arcOf(fives: readonly ChartBar[], left: number, lowAt: number, right: number): readonly { minute: number; price: number }[] {
  const bottom = fives[lowAt] as ChartBar;
  const points: { minute: number; price: number }[] = [];
  for (let i = left + 1; i < right; i++) {
    const rim = fives[i < lowAt ? left : right] as ChartBar;
    const way = (i - lowAt) / ((i < lowAt ? left : right) - lowAt);
    points.push({ minute: (fives[i] as ChartBar).minute + MIDDLE, price: Math.round(bottom.low + (rim.high - bottom.low) * way * way) });
  }
  return points;
}
