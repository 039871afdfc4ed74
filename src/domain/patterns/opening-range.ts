import { highest, isAbove, isFreshBreak, level, lowest, nearness, sighted } from '#domain/patterns/shape';
import type { Pattern } from '#domain/patterns/sighting';

/** Minutes of the early and of the full opening range. Source: Crabel, Day Trading with Short Term Price Patterns; the lengths are custom. */
const EARLY = 5;
const FULL = 15;

/**
 * The price has left the range of the first minutes: the last close is above the high of the first five (until a quarter
 * of an hour after the open) or fifteen (later), at most one ATR above it, and the first such close is at most fifteen
 * minutes old. Quality: how near to the range the close still is. Off below the low of the range.
 */
export const openingRange: Pattern = {
  kind: 'opening_range_breakout',
  find(view) {
    const { minutes, openMinute, now } = view;
    const rangeEnd = openMinute + (now - openMinute <= FULL ? EARLY : FULL);
    const inRange = minutes.findIndex((bar) => bar.minute >= rangeEnd);
    if (inRange <= 0) return null;
    const top = highest(minutes, 0, inRange);
    const bottom = lowest(minutes, 0, inRange);
    if (top === bottom || !isAbove(view, top) || !isFreshBreak(view, top, rangeEnd)) return null;
    const drawing = [level('range high', top, openMinute, now), level('range low', bottom, openMinute, rangeEnd)];
    return sighted('opening_range_breakout', view, { trigger: top, invalidation: bottom, quality: nearness(view, top), drawing });
  },
};
