import { body, type CandleBars, closeOf, isBlack, isWhite, isWithin, lowOf, openOf, wayOf } from '#domain/candlesticks/candle';
import { equal, hasLongBody, hasNoLowerShadow, hasNoUpperShadow } from '#domain/candlesticks/candle-size';
import { bearish, type Candlestick, candlestick, speaks } from '#domain/candlesticks/candlestick';

/** Above the middle of the black body it would be a piercing line. */
const PENETRATION = 0.5;

/** A long black candle, then a white one that opens below its low. */
const isRallyFromBelow = (bars: CandleBars, i: number): boolean =>
  isBlack(bars, i - 1) && isWhite(bars, i) && openOf(bars, i) < lowOf(bars, i - 1) && hasLongBody(bars, i - 1);

/** The rally ends at the low of the black candle: too weak, bearish. */
const onNeck = candlestick('onneck', 11, (bars, i) =>
  bearish(isRallyFromBelow(bars, i) && isWithin(closeOf(bars, i), lowOf(bars, i - 1), equal(bars, i - 1))),
);

/** The rally ends at the close of the black candle or a little above: too weak, bearish. */
const inNeck = candlestick('inneck', 11, (bars, i) => {
  const neck = closeOf(bars, i - 1);
  return bearish(isRallyFromBelow(bars, i) && closeOf(bars, i) >= neck && closeOf(bars, i) <= neck + equal(bars, i - 1));
});

/** The rally goes into the black body but not past its middle: still too weak, bearish. */
const thrusting = candlestick('thrusting', 11, (bars, i) => {
  const neck = closeOf(bars, i - 1);
  const thrusts = closeOf(bars, i) > neck + equal(bars, i - 1) && closeOf(bars, i) <= neck + body(bars, i - 1) * PENETRATION;
  return bearish(isRallyFromBelow(bars, i) && thrusts);
});

/** After a candle against the trend, a long one from the same open the other way: the trend goes on, in the direction of its colour. */
const separatingLines = candlestick('separatinglines', 11, (bars, i) => {
  const separates = wayOf(bars, i) !== wayOf(bars, i - 1) && isWithin(openOf(bars, i), openOf(bars, i - 1), equal(bars, i - 1));
  const hasNoShadowAtOpen = isWhite(bars, i) ? hasNoLowerShadow : hasNoUpperShadow;
  return speaks(wayOf(bars, i), separates && hasLongBody(bars, i) && hasNoShadowAtOpen(bars, i));
});

/** Two candles of which the second fails to turn the trend, or takes it up again. */
export const twoCandleContinuations: readonly Candlestick[] = [onNeck, inNeck, thrusting, separatingLines];
