import { highest, isAbove, isFreshBreak, level, lowest, nearness, sighted } from '#domain/patterns/shape';
import type { Pattern } from '#domain/patterns/sighting';
import { firstOpen } from '#domain/patterns/symbol-view';

/** The gap as a share of the first price. Source: Aziz, How to Day Trade for a Living: 2 % and more. */
const GAP_MIN = 0.02;
/** A full mark for a gap of this size. Judgement. */
const GAP_FULL = 0.08;
/** It is a matter of the first hour. Judgement. */
const WITHIN = 60;
/** Without a pre-market the high of the first minutes is what has to be passed. */
const FIRST_MINUTES = 5;
/** At most this share of the gap may have been filled. Judgement. */
const FILLED_MAX = 0.5;

/**
 * The name opened at least 2 % above the close of the day before, gave back less than half of that, and within the first hour
 * closes above the high before the open (where there was trading) and of the first five minutes, at most one ATR above,
 * for the first time within fifteen minutes. Quality: the mean of the size of the gap (8 % counts in full) and of how near the
 * close still is. Off below the low of the session.
 */
export const gapAndGo: Pattern = {
  kind: 'gap_and_go',
  find(view) {
    const { minutes, openMinute, now, previousClose, premarketHigh } = view;
    const opened = firstOpen(view);
    const gap = opened - previousClose;
    if (previousClose <= 0 || gap < GAP_MIN * opened || now - openMinute > WITHIN) return null;
    const after = minutes.findIndex(({ minute }) => minute >= openMinute + FIRST_MINUTES);
    if (after <= 0) return null;
    const trigger = Math.max(premarketHigh, highest(minutes, 0, after));
    const bottom = lowest(minutes, 0, minutes.length);
    if (!isAbove(view, trigger) || !isFreshBreak(view, trigger, openMinute + FIRST_MINUTES)) return null;
    if (opened - bottom > FILLED_MAX * gap) return null;
    const drawing = [
      level('previous close', previousClose, openMinute, now),
      level(trigger === premarketHigh ? 'pre-market high' : 'range high', trigger, openMinute, now),
    ];
    const quality = (Math.min(1, gap / opened / GAP_FULL) + nearness(view, trigger)) / 2;
    return sighted('gap_and_go', view, { trigger, invalidation: bottom, quality, drawing });
  },
};
