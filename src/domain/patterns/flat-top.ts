import { atHigh, atLow, highest, isAbove, level, line, lowest, lowestAt, sighted } from '#domain/patterns/shape';
import type { Pattern, Sighting } from '#domain/patterns/sighting';
import type { ChartBar, SymbolView } from '#domain/patterns/symbol-view';

/** Five-minute bars of the pause, and of the rise before it. Judgement. */
const PAUSE_MIN = 4;
const PAUSE_MAX = 12;
const RISE_MAX = 8;
/** The rise up to the pause is at least so many ATRs, the pause at most so many high. Judgement. */
const RISE_ATRS = 3;
const HEIGHT_ATRS = 1.25;
/** Highs within this many ATRs of the top form it: at least this share of the bars, which is three at least. Judgement. */
const TOUCH_ATRS = 0.2;
const TOUCH_SHARE_MIN = 0.6;

/**
 * A rise that pauses below a price at which sellers stand: four to twelve five-minute bars of little height whose highs end at
 * one price, and a last close above it, at most one ATR above. Quality: the mean of the share of bars that touch the top
 * and of how low the pause is. Off below the low of the pause.
 */
export const flatTop: Pattern = {
  kind: 'flat_top_breakout',
  find(view) {
    for (let newest = 0; newest <= 1; newest++) {
      const end = view.fives.length - newest;
      for (let bars = Math.min(PAUSE_MAX, end - 1); bars >= PAUSE_MIN; bars--) {
        const found = pauseOf(view, end - bars, end);
        if (found !== null) return found;
      }
    }
    return null;
  },
};

/** The pause from the bar at `from` to the one before `end`. */
function pauseOf(view: SymbolView, from: number, end: number): Sighting | null {
  const { fives, atr, now } = view;
  const top = highest(fives, from, end);
  if (!isAbove(view, top)) return null;
  const bottom = lowest(fives, from, end);
  if (top - bottom > HEIGHT_ATRS * atr) return null;
  let touches = 0;
  for (let i = from; i < end; i++) if ((fives[i] as ChartBar).high >= top - TOUCH_ATRS * atr) touches++;
  const share = touches / (end - from);
  if (share < TOUCH_SHARE_MIN) return null;
  const foot = fives[lowestAt(fives, Math.max(0, from - RISE_MAX), from)] as ChartBar;
  // The first bar of the pause is where the rise ends, so it touches the top.
  const first = fives[from] as ChartBar;
  if (top - foot.low < RISE_ATRS * atr || first.high < top - TOUCH_ATRS * atr) return null;
  const drawing = [
    line('rise', atLow(foot), atHigh(first)),
    level('flat top', top, first.minute, now),
    level('base', bottom, first.minute, (fives[end - 1] as ChartBar).minute + 4),
  ];
  const quality = (share + (1 - (top - bottom) / (HEIGHT_ATRS * atr))) / 2;
  return sighted('flat_top_breakout', view, { trigger: top, invalidation: bottom, quality, drawing });
}
