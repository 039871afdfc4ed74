import type { DrawnPoint } from '#domain/patterns/setup';
import { isAbove, line, lowestAt, nearness, sighted } from '#domain/patterns/shape';
import type { Pattern } from '#domain/patterns/sighting';
import type { ChartBar, SymbolView } from '#domain/patterns/symbol-view';

/** The close passed VWAP at most so many minutes ago. Judgement. */
const FRESH = 5;
/** Of the last so many traded minutes before, at least this share closed below. Judgement. */
const BELOW_MINUTES = 45;
const BELOW_SHARE = 0.9;
/** Somewhere in them the price was at least so many ATRs below. Judgement: what never left has not come back. */
const DISTANCE_ATRS = 2;
/** Drawn every so many minutes. */
const DRAWN_EVERY = 5;

/**
 * The price comes back above the volume-weighted average of the day after having been held below it: the last close is above
 * VWAP, at most one ATR above; it passed it within five minutes; in the 45 traded minutes before at least 90 % closed
 * below, at least 2 ATR below once. Quality: how near the close still is. Off below the low of those 45 minutes.
 */
export const vwapBreakout: Pattern = {
  kind: 'vwap_breakout',
  find(view) {
    const { minutes, now, vwap, atr } = view;
    if (vwap <= 0 || !isAbove(view, vwap)) return null;
    const path = vwapsOf(view);
    let crossed = minutes.length;
    while (crossed > 0 && (minutes[crossed - 1] as ChartBar).close > (path[crossed - 1] as number)) crossed--;
    const from = crossed - BELOW_MINUTES;
    if (from < 0 || crossed === minutes.length || now - (minutes[crossed] as ChartBar).minute > FRESH) return null;
    let below = 0;
    let farthest = 0;
    for (let i = from; i < crossed; i++) {
      const away = (path[i] as number) - (minutes[i] as ChartBar).close;
      if (away > 0) below++;
      farthest = Math.max(farthest, away);
    }
    if (below < BELOW_SHARE * BELOW_MINUTES || farthest < DISTANCE_ATRS * atr) return null;
    const low = minutes[lowestAt(minutes, from, crossed)] as ChartBar;
    const drawing = [line('vwap', ...drawnPath(minutes, path)), line('low', { minute: low.minute, price: low.low })];
    return sighted('vwap_breakout', view, { trigger: vwap, invalidation: low.low, quality: nearness(view, vwap), drawing });
  },
};

/** VWAP after each minute; before the first share it is the close. */
function vwapsOf({ minutes }: SymbolView): readonly number[] {
  let weighted = 0;
  let shares = 0;
  return minutes.map(({ high, low, close, volume }) => {
    weighted += (high + low + close) * volume;
    shares += volume;
    return shares > 0 ? weighted / (3 * shares) : close;
  });
}

function drawnPath(minutes: readonly ChartBar[], path: readonly number[]): readonly DrawnPoint[] {
  const last = minutes.length - 1;
  return minutes.flatMap(({ minute }, i) =>
    i === last || i % DRAWN_EVERY === 0 ? [{ minute: minute + 1, price: Math.round(path[i] as number) }] : [],
  );
}
