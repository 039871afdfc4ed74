import {
  bodyBottom,
  bodyTop,
  closeOf,
  gapsUp,
  isBetween,
  isBeyond,
  isBlack,
  isWhite,
  isWithin,
  lowOf,
  openOf,
  wayOf,
} from '#domain/candlesticks/candle';
import { equal, hasBodyOfAverageAtMost, hasLongBody, hasShortBody } from '#domain/candlesticks/candle-size';
import { bearish, bullish, type Candlestick, candlestick, speaks } from '#domain/candlesticks/candlestick';

/** A harami, confirmed by a close beyond its first candle: to the side of the third. */
const threeInside = candlestick('3inside', 12, (bars, i) => {
  const [first, second, way] = [i - 2, i - 1, wayOf(bars, i)];
  const isHeld = bodyTop(bars, second) < bodyTop(bars, first) && bodyBottom(bars, second) > bodyBottom(bars, first);
  const confirms = wayOf(bars, first) !== way && isBeyond(way, closeOf(bars, i), openOf(bars, first));
  return speaks(way, isHeld && confirms && hasLongBody(bars, first) && hasBodyOfAverageAtMost(bars, second));
});

/** An engulfing candle, confirmed by a close further on: to the side of the second. */
const threeOutside = candlestick('3outside', 3, (bars, i) => {
  const [first, second, way] = [i - 2, i - 1, wayOf(bars, i - 1)];
  const engulfs =
    wayOf(bars, first) !== way &&
    isBeyond(way, closeOf(bars, second), openOf(bars, first)) &&
    isBeyond(way, closeOf(bars, first), openOf(bars, second));
  return speaks(way, engulfs && isBeyond(way, closeOf(bars, i), closeOf(bars, second)));
});

/** Two black candles that close at one price around a white one above it: the low holds, bullish. */
const stickSandwich = candlestick('sticksandwich', 7, (bars, i) => {
  const first = i - 2;
  const colours = isBlack(bars, first) && isWhite(bars, i - 1) && isBlack(bars, i);
  const holdsLow = isWithin(closeOf(bars, i), closeOf(bars, first), equal(bars, first));
  return bullish(colours && holdsLow && lowOf(bars, i - 1) > closeOf(bars, first));
});

/** A long black candle, a black one inside it that dips below its low, a small white one that holds that low: bullish. */
const uniqueThreeRiver = candlestick('unique3river', 12, (bars, i) => {
  const [first, second] = [i - 2, i - 1];
  const colours = isBlack(bars, first) && isBlack(bars, second) && isWhite(bars, i);
  const isHeld = closeOf(bars, second) > closeOf(bars, first) && openOf(bars, second) <= openOf(bars, first);
  const dips = lowOf(bars, second) < lowOf(bars, first) && openOf(bars, i) > lowOf(bars, second);
  return bullish(colours && isHeld && dips && hasLongBody(bars, first) && hasShortBody(bars, i));
});

/** A long white candle, a black one above it, and a second black one that falls back into the white body: bearish. */
const twoCrows = candlestick('2crows', 12, (bars, i) => {
  const [first, second] = [i - 2, i - 1];
  const colours = isWhite(bars, first) && isBlack(bars, second) && isBlack(bars, i);
  const opensInSecond = isBetween(openOf(bars, i), closeOf(bars, second), openOf(bars, second));
  const closesInFirst = isBetween(closeOf(bars, i), openOf(bars, first), closeOf(bars, first));
  return bearish(colours && opensInSecond && closesInFirst && gapsUp(bars, second, first) && hasLongBody(bars, first));
});

/** Two black candles above a long white one, the second swallowing the first: the gap will not hold, bearish. */
const upsideGapTwoCrows = candlestick('upsidegap2crows', 12, (bars, i) => {
  const [first, second] = [i - 2, i - 1];
  const colours = isWhite(bars, first) && isBlack(bars, second) && isBlack(bars, i);
  const swallows = openOf(bars, i) > openOf(bars, second) && closeOf(bars, i) < closeOf(bars, second);
  const staysAbove = gapsUp(bars, second, first) && closeOf(bars, i) > closeOf(bars, first);
  return bearish(colours && swallows && staysAbove && hasLongBody(bars, first) && hasBodyOfAverageAtMost(bars, second));
});

/** Three candles that turn a move around without a star. */
export const threeCandleTurns: readonly Candlestick[] = [
  threeInside,
  threeOutside,
  stickSandwich,
  uniqueThreeRiver,
  twoCrows,
  upsideGapTwoCrows,
];
