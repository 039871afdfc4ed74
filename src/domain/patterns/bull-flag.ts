import { atHigh, atLow, highest, isAbove, line, lowest, lowestAt, sighted } from '#domain/patterns/shape';
import type { Pattern, Sighting } from '#domain/patterns/sighting';
import type { ChartBar, SymbolView } from '#domain/patterns/symbol-view';

const SPAN = 5;
/** Five-minute bars of the session's last hour are looked at. */
const BARS = 12;
/** Bars of the flag after the top of the pole, and of the pole up to it. Judgement. */
const FLAG_MIN = 2;
const FLAG_MAX = 5;
const POLE_MAX = 6;
/** The pole rises at least so many ATRs; the flag gives back between these shares of it. Judgement; half is custom. */
const POLE_ATRS = 3;
const RETRACE_MIN = 0.1;
const RETRACE_MAX = 0.5;

/**
 * Steep rise, shallow pause, new high, on the five-minute bars of the last hour: a pole of at least 3 ATR within six bars,
 * then two to five bars that give back 10 to 50 % of it, and a last close above their highs, at most one ATR above.
 * Quality: how little was given back. Off below the low of the flag.
 */
export const bullFlag: Pattern = {
  kind: 'bull_flag',
  find(view) {
    // At the end of a five-minute bar that bar itself may be the one that breaks out: then the flag ends before it.
    for (let newest = 0; newest <= 1; newest++) {
      for (let flag = FLAG_MIN; flag <= FLAG_MAX; flag++) {
        const found = flagOf(view, view.fives.length - newest, flag);
        if (found !== null) return found;
      }
    }
    return null;
  },
};

/** The flag of so many bars that ends before the bar at `end`. */
function flagOf(view: SymbolView, end: number, flag: number): Sighting | null {
  const { fives, openMinute, now, atr } = view;
  const hourAgo = openMinute + (Math.floor((now - openMinute) / SPAN) - BARS) * SPAN;
  const topAt = end - flag - 1;
  const first = fives[Math.max(0, topAt - 1)];
  if (topAt < 1 || first === undefined || first.minute < hourAgo) return null;
  const top = (fives[topAt] as ChartBar).high;
  const flagHigh = highest(fives, topAt + 1, end);
  if (flagHigh >= top || !isAbove(view, flagHigh)) return null;
  let from = Math.max(0, topAt - POLE_MAX + 1);
  while ((fives[from] as ChartBar).minute < hourAgo) from++;
  if (highest(fives, from, topAt) > top) return null;
  const footAt = lowestAt(fives, from, topAt + 1);
  const foot = fives[footAt] as ChartBar;
  const poleHeight = top - foot.low;
  if (poleHeight < POLE_ATRS * atr) return null;
  const flagLow = Math.min(top, lowest(fives, topAt + 1, end));
  const retrace = (top - flagLow) / poleHeight;
  if (retrace < RETRACE_MIN || retrace > RETRACE_MAX) return null;
  const ends = [fives[topAt + 1] as ChartBar, fives[end - 1] as ChartBar] as const;
  const drawing = [
    line('pole', atLow(foot), atHigh(fives[topAt] as ChartBar)),
    line('flag top', ...ends.map(atHigh)),
    line('flag bottom', ...ends.map(atLow)),
  ];
  return sighted('bull_flag', view, { trigger: flagHigh, invalidation: flagLow, quality: 1 - retrace, drawing });
}
