import {
  body,
  type CandleBars,
  closeOf,
  highOf,
  isBetween,
  isBlack,
  isInsideBar,
  isWhite,
  isWithin,
  lowOf,
  openOf,
} from '#domain/candlesticks/candle';
import {
  equal,
  far,
  hasBodyAboveShort,
  hasLongBody,
  hasLongLowerShadow,
  hasLongUpperShadow,
  hasNoLowerShadow,
  hasNoUpperShadow,
  hasShortBody,
  hasShortUpperShadow,
  hasSomeLowerShadow,
  hasUpperShadowAboveShort,
  near,
} from '#domain/candlesticks/candle-size';
import { bearish, bullish, type Candlestick, candlestick } from '#domain/candlesticks/candlestick';

const areWhite = (bars: CandleBars, i: number): boolean => isWhite(bars, i - 2) && isWhite(bars, i - 1) && isWhite(bars, i);
const areBlack = (bars: CandleBars, i: number): boolean => isBlack(bars, i - 2) && isBlack(bars, i - 1) && isBlack(bars, i);
const closeHigher = (bars: CandleBars, i: number): boolean =>
  closeOf(bars, i) > closeOf(bars, i - 1) && closeOf(bars, i - 1) > closeOf(bars, i - 2);
const closeLower = (bars: CandleBars, i: number): boolean =>
  closeOf(bars, i) < closeOf(bars, i - 1) && closeOf(bars, i - 1) < closeOf(bars, i - 2);
const closeAtTheirLows = (bars: CandleBars, i: number): boolean =>
  hasNoLowerShadow(bars, i - 2) && hasNoLowerShadow(bars, i - 1) && hasNoLowerShadow(bars, i);

/** Opens within the white body before it, or little above. */
const opensInOrNear = (bars: CandleBars, i: number): boolean =>
  openOf(bars, i) > openOf(bars, i - 1) && openOf(bars, i) <= closeOf(bars, i - 1) + near(bars, i - 1);

const opensInBlackBody = (bars: CandleBars, i: number): boolean => isBetween(openOf(bars, i), closeOf(bars, i - 1), openOf(bars, i - 1));

const opensAtPriorClose = (bars: CandleBars, i: number): boolean => isWithin(openOf(bars, i), closeOf(bars, i - 1), equal(bars, i - 1));

const isFarSmaller = (bars: CandleBars, i: number): boolean => body(bars, i) < body(bars, i - 1) - far(bars, i - 1);
const isNotFarSmaller = (bars: CandleBars, i: number): boolean => body(bars, i) > body(bars, i - 1) - far(bars, i - 1);
const isSmaller = (bars: CandleBars, i: number): boolean => body(bars, i) < body(bars, i - 1);

/** Three strong white candles, each closing near its high: bullish. */
const threeWhiteSoldiers = candlestick('3whitesoldiers', 12, (bars, i) => {
  if (!areWhite(bars, i) || !closeHigher(bars, i) || !opensInOrNear(bars, i - 1) || !opensInOrNear(bars, i)) return 0;
  const closeAtTheirHighs = hasNoUpperShadow(bars, i - 2) && hasNoUpperShadow(bars, i - 1) && hasNoUpperShadow(bars, i);
  const keepStrength = isNotFarSmaller(bars, i - 1) && isNotFarSmaller(bars, i) && hasBodyAboveShort(bars, i);
  return bullish(closeAtTheirHighs && keepStrength);
});

/** Signs that a march of white candles tires: smaller bodies or longer upper shadows. */
function tires(bars: CandleBars, i: number): boolean {
  const secondShrinks = isFarSmaller(bars, i - 1) && body(bars, i) < body(bars, i - 1) + near(bars, i - 1);
  if (secondShrinks || isFarSmaller(bars, i)) return true;
  if (!isSmaller(bars, i)) return false;
  const hasShadows = hasUpperShadowAboveShort(bars, i) || hasUpperShadowAboveShort(bars, i - 1);
  return (isSmaller(bars, i - 1) && hasShadows) || hasLongUpperShadow(bars, i);
}

/** Three white candles that get weaker: the advance is blocked, bearish. */
const advanceBlock = candlestick('advanceblock', 12, (bars, i) => {
  if (!areWhite(bars, i) || !closeHigher(bars, i) || !opensInOrNear(bars, i - 1) || !opensInOrNear(bars, i)) return 0;
  return bearish(hasLongBody(bars, i - 2) && hasShortUpperShadow(bars, i - 2) && tires(bars, i));
});

/** Two long white candles and a small one on the shoulder of the second: the advance stalls, bearish. */
const stalledPattern = candlestick('stalledpattern', 12, (bars, i) => {
  if (!areWhite(bars, i) || !closeHigher(bars, i) || !opensInOrNear(bars, i - 1)) return 0;
  const areLong = hasLongBody(bars, i - 2) && hasLongBody(bars, i - 1) && hasNoUpperShadow(bars, i - 1);
  const ridesOnShoulder = openOf(bars, i) >= closeOf(bars, i - 1) - body(bars, i) - near(bars, i - 1);
  return bearish(areLong && ridesOnShoulder && hasShortBody(bars, i));
});

/** After a white candle three black ones, each closing near its low: bearish. */
const threeBlackCrows = candlestick('3blackcrows', 13, (bars, i) => {
  if (!isWhite(bars, i - 3) || !areBlack(bars, i) || !closeLower(bars, i)) return 0;
  const stepDown = opensInBlackBody(bars, i - 1) && opensInBlackBody(bars, i) && closeOf(bars, i - 2) < highOf(bars, i - 3);
  return bearish(stepDown && closeAtTheirLows(bars, i));
});

/** Three black crows that each open where the last one closed: bearish without a pause. */
const identicalThreeCrows = candlestick('identical3crows', 12, (bars, i) => {
  const areIdentical = areBlack(bars, i) && closeLower(bars, i) && opensAtPriorClose(bars, i - 1) && opensAtPriorClose(bars, i);
  return bearish(areIdentical && closeAtTheirLows(bars, i));
});

/** Three black candles, each smaller and holding the low of the one before: the fall runs dry, bullish. */
const threeStarsInSouth = candlestick('3starsinsouth', 12, (bars, i) => {
  const [first, second] = [i - 2, i - 1];
  if (!areBlack(bars, i) || !hasLongBody(bars, first) || !hasLongLowerShadow(bars, first) || !isSmaller(bars, second)) return 0;
  const opensHigher = openOf(bars, second) > closeOf(bars, first) && openOf(bars, second) <= highOf(bars, first);
  const holdsLow = lowOf(bars, second) < closeOf(bars, first) && lowOf(bars, second) >= lowOf(bars, first);
  const hasNoShadows = hasNoLowerShadow(bars, i) && hasNoUpperShadow(bars, i);
  const isSmallInside = hasShortBody(bars, i) && hasNoShadows && isInsideBar(bars, i, second);
  return bullish(opensHigher && holdsLow && hasSomeLowerShadow(bars, second) && isSmallInside);
});

/** Three candles of one colour in a row: strong, or getting tired. */
export const threeCandleMarches: readonly Candlestick[] = [
  threeWhiteSoldiers,
  advanceBlock,
  stalledPattern,
  threeBlackCrows,
  identicalThreeCrows,
  threeStarsInSouth,
];
