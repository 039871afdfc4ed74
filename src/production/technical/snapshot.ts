import { type IndicatorName, indicatorNames } from '#domain/indicators/indicator-names';
import type { Column } from '#domain/values/symbol-columns';
import type { Chart } from '#production/technical/chart';
import type { Timeframe } from '#production/technical/timeframe';

/** What the indicators say of a name now, in the order of `indicatorNames`. */
export function snapshotOf(chart: Chart, symbol: number): readonly number[] {
  const { minutes, fiveMinutes, fifteenMinutes, day, obv, bands, profile } = chart;
  const { recent } = fiveMinutes;
  const watched = minutes.of(symbol);
  const ofMinutes = (read: (frame: Timeframe, place: number) => number): number =>
    watched === null ? 0 : read(watched.frame, watched.place);
  const middle = recent.sma(symbol, 20);
  const reach = recent.bollingerReach(symbol, 20, 2);
  const of = ({ values }: Column<Float64Array>): number => values[symbol] as number;
  const now: Readonly<Record<IndicatorName, number>> = {
    rsi: of(fiveMinutes.rsi.value),
    macd: of(fiveMinutes.macd.value),
    macd_signal: of(fiveMinutes.macd.signal),
    ema_9: of(fiveMinutes.ema9.value),
    ema_21: of(fiveMinutes.ema21.value),
    sma_20: middle,
    sma_50: recent.sma(symbol, 50),
    sma_200: recent.sma(symbol, 200),
    bollinger_upper: middle + reach,
    bollinger_lower: middle - reach,
    adx: of(fiveMinutes.adx.value),
    plus_di: of(fiveMinutes.adx.plus),
    minus_di: of(fiveMinutes.adx.minus),
    stochastic_k: recent.stochastic(symbol),
    stochastic_d: recent.stochasticSignal(symbol),
    keltner_upper: of(fiveMinutes.keltner.upper),
    keltner_lower: of(fiveMinutes.keltner.lower),
    donchian_upper: recent.highest(symbol, 20),
    donchian_lower: recent.lowest(symbol, 20),
    one_minute_rsi: ofMinutes(({ rsi }, place) => rsi.value.values[place] as number),
    one_minute_trend: ofMinutes((frame, place) => frame.trend(place)),
    fifteen_minutes_rsi: of(fifteenMinutes.rsi.value),
    fifteen_minutes_trend: fifteenMinutes.trend(symbol),
    day_rsi: of(day.rsi.value),
    day_atr: of(day.atr.value),
    day_sma_20: day.recent.sma(symbol, 20),
    day_sma_50: day.recent.sma(symbol, 50),
    day_sma_200: day.recent.sma(symbol, 200),
    obv: of(obv.value),
    vwap_upper: bands.upper(symbol),
    vwap_lower: bands.lower(symbol),
    point_of_control: profile.pointOfControl(symbol),
    value_area_high: profile.valueAreaHigh(symbol),
    value_area_low: profile.valueAreaLow(symbol),
    one_minute_macd_histogram: ofMinutes(({ macd }, place) => macd.histogram.values[place] as number),
    one_minute_adx: ofMinutes(({ adx }, place) => adx.value.values[place] as number),
    one_minute_stochastic_k: ofMinutes(({ recent: bars }, place) => bars.stochastic(place)),
    one_minute_sma_20: ofMinutes(({ recent: bars }, place) => bars.sma(place, 20)),
  };
  // A sum of differences may end as −0, which the journal tells from 0.
  return indicatorNames.map((name) => now[name] + 0);
}
