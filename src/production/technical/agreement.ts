import { dropBit } from '#domain/events/funnel';
import type { Chart } from '#production/technical/chart';

/** What decides whether the indicators of a name agree with a move up. */
export type Measures = {
  /** The last close and the VWAP of the day, in 1e-4. */
  readonly close: number;
  readonly vwap: number;
  /** Averages of five-minute closes, in 1e-4. */
  readonly ema9: number;
  readonly ema21: number;
  /** RSI 14 on five-minute bars. */
  readonly rsi: number;
  /** Shares a minute in the last five minutes over those in the last twenty. */
  readonly volumeRatio: number;
};

/** Above this a name has run too far to be bought, below the other its momentum is gone. */
export const RSI_MAX = 85;
export const RSI_MIN = 50;
/** The last five minutes must trade at least this much of what the last twenty minutes did on average. */
export const VOLUME_RATIO_MIN = 0.6;

/** Null while there are too few bars. */
export function measuresOf(chart: Chart, s: number): Measures | null {
  if (!chart.ready(s)) return null;
  const { ema9, ema21, rsi } = chart.fiveMinutes;
  return {
    close: chart.lastClose(s),
    vwap: chart.vwap(s),
    ema9: ema9.value.values[s] as number,
    ema21: ema21.value.values[s] as number,
    rsi: rsi.value.values[s] as number,
    volumeRatio: chart.volumeRatio(s),
  };
}

/** Everything that speaks against a name, as bits of `DropReason`; 0 for one whose indicators agree. */
export function faultsIn(measures: Measures | null): number {
  if (measures === null) return dropBit('not_ready');
  const { close, vwap, ema9, ema21, rsi, volumeRatio } = measures;
  let mask = 0;
  if (close <= vwap) mask |= dropBit('below_vwap');
  if (ema9 - ema21 < 0) mask |= dropBit('trend_down');
  if (rsi < RSI_MIN) mask |= dropBit('momentum_too_weak');
  if (rsi > RSI_MAX) mask |= dropBit('momentum_too_hot');
  if (volumeRatio < VOLUME_RATIO_MIN) mask |= dropBit('volume_fading');
  return mask;
}
