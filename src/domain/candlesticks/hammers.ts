import { bodyBottom, type CandleBars, gapsDown, gapsUp, highOf, lowOf } from '#domain/candlesticks/candle';
import {
  hasLongLowerShadow,
  hasLongUpperShadow,
  hasNoLowerShadow,
  hasNoUpperShadow,
  hasShortBody,
  near,
} from '#domain/candlesticks/candle-size';
import { bearish, bullish, type Candlestick, candlestick } from '#domain/candlesticks/candlestick';

const hasHandleBelow = (bars: CandleBars, i: number): boolean =>
  hasShortBody(bars, i) && hasLongLowerShadow(bars, i) && hasNoUpperShadow(bars, i);

const hasHandleAbove = (bars: CandleBars, i: number): boolean =>
  hasShortBody(bars, i) && hasLongUpperShadow(bars, i) && hasNoLowerShadow(bars, i);

/** At the bottom of the candle before it the sellers were refused: bullish. */
const hammer = candlestick('hammer', 11, (bars, i) =>
  bullish(hasHandleBelow(bars, i) && bodyBottom(bars, i) <= lowOf(bars, i - 1) + near(bars, i - 1)),
);

/** The same shape at the top of the candle before it: the first heavy selling of the rise, bearish. */
const hangingMan = candlestick('hangingman', 11, (bars, i) =>
  bearish(hasHandleBelow(bars, i) && bodyBottom(bars, i) >= highOf(bars, i - 1) - near(bars, i - 1)),
);

/** After a gap down the buyers tried for the first time: bullish. */
const invertedHammer = candlestick('invertedhammer', 11, (bars, i) => bullish(hasHandleAbove(bars, i) && gapsDown(bars, i, i - 1)));

/** After a gap up the buyers were refused: bearish. */
const shootingStar = candlestick('shootingstar', 11, (bars, i) => bearish(hasHandleAbove(bars, i) && gapsUp(bars, i, i - 1)));

/** A small body with a long shadow at one end only; where it stands decides what it says. */
export const hammers: readonly Candlestick[] = [hammer, hangingMan, invertedHammer, shootingStar];
