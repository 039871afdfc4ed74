import { type IndicatorName, indicatorNames } from '#domain/indicators/indicator-names';

/** What a recorded 0 says: the value, that there were too few bars, or one of the two. */
export type Nothing = 'nought' | 'none' | 'either';

/** Prices of something that trades are never 0. */
const levels =
  /^((one_minute_|day_)?(ema|sma)_\d+|(bollinger|keltner|donchian|vwap)_(upper|lower)|point_of_control|value_area_(high|low))$/;
/** Those of which SMA 20 of the same bars, when it is there, says that they had bars enough. */
const shorter: Readonly<Partial<Record<IndicatorName, IndicatorName>>> = {
  one_minute_rsi: 'one_minute_sma_20',
  one_minute_stochastic_k: 'one_minute_sma_20',
  day_rsi: 'day_sma_20',
  day_atr: 'day_sma_20',
};
const otherBars = /^(one_minute|fifteen_minutes|day)_/;

/**
 * The record writes 0 for what is not ready. A name is kept only with fifty bars of five minutes, more than any of theirs but
 * SMA 200 needs, so those are noughts.
 */
export function nothingOf(name: IndicatorName, values: readonly number[]): Nothing {
  if (levels.test(name)) return 'none';
  if (!otherBars.test(name)) return 'nought';
  const longer = shorter[name];
  return longer !== undefined && (values[indicatorNames.indexOf(longer)] ?? 0) > 0 ? 'nought' : 'either';
}
