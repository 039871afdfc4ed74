import { body, type CandleBars, lowerShadow, range, upperShadow } from '#domain/candlesticks/candle';
import { type CandleSetting, candleSettings } from '#domain/candlesticks/candle-settings';

/**
 * What counts as long, short, near and equal: a share of the average of the candles before the one that is judged. Summed
 * anew from the oldest on: of whole numbers that is exactly TA-Lib's running sum; of fractions it may differ in the last bit.
 */
function yardstick(bars: CandleBars, i: number, { measured, period, factor }: CandleSetting): number {
  const measure = measured === 'body' ? body : measured === 'range' ? range : shadows;
  let sum = 0;
  for (let at = i - period; at < i; at++) sum += measure(bars, at);
  // Multiplied and divided in TA-Lib's order: at a tie the last bit decides.
  const average = factor * (period === 0 ? measure(bars, i) : sum / period);
  return measured === 'shadows' ? average / 2 : average;
}

const shadows = (bars: CandleBars, i: number): number => upperShadow(bars, i) + lowerShadow(bars, i);

type Judgement = (bars: CandleBars, i: number) => boolean;

export const hasLongBody: Judgement = (bars, i) => body(bars, i) > yardstick(bars, i, candleSettings.bodyLong);
export const hasShortBody: Judgement = (bars, i) => body(bars, i) < yardstick(bars, i, candleSettings.bodyShort);
/** A body of exactly the average is neither long nor short. */
export const hasBodyOfAverageAtMost: Judgement = (bars, i) => body(bars, i) <= yardstick(bars, i, candleSettings.bodyShort);
export const hasBodyAboveShort: Judgement = (bars, i) => !hasBodyOfAverageAtMost(bars, i);
export const isDoji: Judgement = (bars, i) => isDojiFor(bars, i, i);
/** A doji by the yardstick of another candle. */
export const isDojiFor = (bars: CandleBars, i: number, judgedAt: number): boolean =>
  body(bars, i) <= yardstick(bars, judgedAt, candleSettings.bodyDoji);

export const hasLongUpperShadow: Judgement = (bars, i) => upperShadow(bars, i) > yardstick(bars, i, candleSettings.shadowLong);
export const hasLongLowerShadow: Judgement = (bars, i) => lowerShadow(bars, i) > yardstick(bars, i, candleSettings.shadowLong);
export const hasVeryLongUpperShadow: Judgement = (bars, i) => upperShadow(bars, i) > yardstick(bars, i, candleSettings.shadowVeryLong);
export const hasVeryLongLowerShadow: Judgement = (bars, i) => lowerShadow(bars, i) > yardstick(bars, i, candleSettings.shadowVeryLong);
export const hasShortUpperShadow: Judgement = (bars, i) => upperShadow(bars, i) < yardstick(bars, i, candleSettings.shadowShort);
export const hasShortLowerShadow: Judgement = (bars, i) => lowerShadow(bars, i) < yardstick(bars, i, candleSettings.shadowShort);
/** More than the other half of the usual shadows. */
export const hasUpperShadowAboveShort: Judgement = (bars, i) => upperShadow(bars, i) > yardstick(bars, i, candleSettings.shadowShort);
/** Hardly any shadow: the close (or open) is the high of a candle. */
export const hasNoUpperShadow: Judgement = (bars, i) => upperShadow(bars, i) < yardstick(bars, i, candleSettings.shadowVeryShort);
export const hasNoLowerShadow: Judgement = (bars, i) => lowerShadow(bars, i) < yardstick(bars, i, candleSettings.shadowVeryShort);
export const hasSomeUpperShadow: Judgement = (bars, i) => upperShadow(bars, i) > yardstick(bars, i, candleSettings.shadowVeryShort);
export const hasSomeLowerShadow: Judgement = (bars, i) => lowerShadow(bars, i) > yardstick(bars, i, candleSettings.shadowVeryShort);

/** A long body with hardly a shadow at either end. */
export const isMarubozu: Judgement = (bars, i) => hasLongBody(bars, i) && hasNoUpperShadow(bars, i) && hasNoLowerShadow(bars, i);

/** Distances in price that count as near, far and equal at a candle. */
export const near = (bars: CandleBars, i: number): number => yardstick(bars, i, candleSettings.near);
export const far = (bars: CandleBars, i: number): number => yardstick(bars, i, candleSettings.far);
export const equal = (bars: CandleBars, i: number): number => yardstick(bars, i, candleSettings.equal);
