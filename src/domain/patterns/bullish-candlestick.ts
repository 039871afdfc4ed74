import type { CandleBars } from '#domain/candlesticks/candle';
import { candlesticks } from '#domain/candlesticks/candlesticks';
import { type CommonCandlestick, commonCandlesticks, sideOf } from '#domain/candlesticks/common-candlesticks';
import { atLow, line } from '#domain/patterns/shape';
import type { Sighting } from '#domain/patterns/sighting';
import type { ChartBar } from '#domain/patterns/symbol-view';

/** What a candlestick that speaks for the same side adds to the confidence. Judgement: little. */
const CANDLESTICK_PART = 0.05;
/** A candlestick is judged by itself and at most so many bars before it. */
const BARS = 30;

export const candlesOf = (bars: readonly ChartBar[]): CandleBars => ({
  open: bars.map(({ open }) => open),
  high: bars.map(({ high }) => high),
  low: bars.map(({ low }) => low),
  close: bars.map(({ close }) => close),
});

/** Whether the newest bar completes that candlestick, for either side. */
export function endsIn(one: CommonCandlestick, bars: CandleBars): 1 | 0 | -1 {
  const last = bars.close.length - 1;
  return sideOf(one, candlesticks.get(one.name)?.at(bars, last) ?? 0);
}

/** A long sighting, a little surer when the last five-minute bar completes a candlestick that speaks for a rise. */
export function withCandlestick(sighting: Sighting, fives: readonly ChartBar[]): Sighting {
  const last = fives.at(-1);
  const bars = candlesOf(fives.slice(-BARS));
  const found = last === undefined ? undefined : commonCandlesticks.find((one) => endsIn(one, bars) === 1);
  if (last === undefined || found === undefined) return sighting;
  const confidence = Math.min(1, sighting.confidence + CANDLESTICK_PART);
  return { ...sighting, confidence, drawing: [...sighting.drawing, line(found.name, atLow(last))] };
}
