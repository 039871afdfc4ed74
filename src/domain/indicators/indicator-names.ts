/**
 * What the indicators said of a name that was kept: the order of `AgreedCandidate.indicators`. Prices, differences of prices
 * and ranges in 1e-4; RSI, ADX, DI and stochastic from 0 to 100; OBV in shares. Without a word of time they are of five-minute
 * bars; those of one minute begin with the session; a trend is EMA 9 less EMA 21. 0 means "not ready yet" for all: too few bars, or no share traded today.
 */
export const indicatorNames = [
  'rsi',
  'macd',
  'macd_signal',
  'ema_9',
  'ema_21',
  'sma_20',
  'sma_50',
  'sma_200',
  'bollinger_upper',
  'bollinger_lower',
  'adx',
  'plus_di',
  'minus_di',
  'stochastic_k',
  'stochastic_d',
  'keltner_upper',
  'keltner_lower',
  'donchian_upper',
  'donchian_lower',
  'one_minute_rsi',
  'one_minute_trend',
  'fifteen_minutes_rsi',
  'fifteen_minutes_trend',
  'day_rsi',
  'day_atr',
  'day_sma_20',
  'day_sma_50',
  'day_sma_200',
  'obv',
  'vwap_upper',
  'vwap_lower',
  'point_of_control',
  'value_area_high',
  'value_area_low',
  'one_minute_macd_histogram',
  'one_minute_adx',
  'one_minute_stochastic_k',
  'one_minute_sma_20',
] as const;

export type IndicatorName = (typeof indicatorNames)[number];

/** What a value is of: a price, difference of prices or range in 1e-4; points from 0 to 100; or shares. */
export function unitOf(name: IndicatorName): 'price' | 'points' | 'shares' {
  if (name === 'obv') return 'shares';
  return /rsi|adx|_di$|stochastic/.test(name) ? 'points' : 'price';
}
