import { isAbove, isFreshBreak, level, line, lowestAt, nearness, sighted } from '#domain/patterns/shape';
import type { Pattern } from '#domain/patterns/sighting';
import { type ChartBar, firstOpen } from '#domain/patterns/symbol-view';

/** It is a matter of the first two hours. Judgement; Aziz, How to Day Trade for a Living, trades it in the first. */
const WITHIN = 120;
/** So many ATRs below the close of the day before it was really red, and for so many minutes. Judgement. */
const DEPTH_ATRS = 1;
const RED_MINUTES = 10;

/**
 * The name opened below the close of the day before, was at least one ATR and ten traded minutes below it, and within the first
 * two hours closes above it for the first time within fifteen minutes, at most one ATR above. Quality: how near
 * the close still is. Off below the low of the session.
 */
export const redToGreen: Pattern = {
  kind: 'red_to_green',
  find(view) {
    const { minutes, openMinute, now, previousClose, atr } = view;
    if (previousClose <= 0 || now - openMinute > WITHIN || !isAbove(view, previousClose)) return null;
    if (firstOpen(view) >= previousClose || !isFreshBreak(view, previousClose, openMinute)) return null;
    const red = minutes.findIndex(({ close }) => close > previousClose);
    const low = minutes[lowestAt(minutes, 0, red)] as ChartBar;
    if (red < RED_MINUTES || previousClose - low.low < DEPTH_ATRS * atr) return null;
    const drawing = [level('previous close', previousClose, openMinute, now), line('day low', { minute: low.minute, price: low.low })];
    return sighted('red_to_green', view, {
      trigger: previousClose,
      invalidation: low.low,
      quality: nearness(view, previousClose),
      drawing,
    });
  },
};
