import {
  body,
  bodyBottom,
  bodyTop,
  type CandleBars,
  closeOf,
  gaps,
  highOf,
  isBetween,
  isBlack,
  isWhite,
  isWithin,
  leavesHole,
  lowOf,
  openOf,
  type Way,
  wayOf,
} from '#domain/candlesticks/candle';
import { equal, hasBodyOfAverageAtMost, hasLongBody, isDoji, isMarubozu } from '#domain/candlesticks/candle-size';
import { bearish, bullish, type Candlestick, candlestick, speaks, speaksSoftly } from '#domain/candlesticks/candlestick';

/** How far a piercing line or a dark cloud must go into the body before it. */
const PENETRATION = 0.5;

const opposite = (way: Way): Way => (way === 1 ? -1 : 1);
const areOpposite = (bars: CandleBars, i: number): boolean => wayOf(bars, i - 1) !== wayOf(bars, i);

const sharesAnEnd = (bars: CandleBars, i: number, j: number): boolean =>
  bodyTop(bars, i) === bodyTop(bars, j) || bodyBottom(bars, i) === bodyBottom(bars, j);

/** The body lies in the other body and is not the same: 100 strictly inside, 80 where they share an end. */
const heldInside = (way: Way, bars: CandleBars, i: number, of: number): number => {
  const isHeld = bodyTop(bars, i) <= bodyTop(bars, of) && bodyBottom(bars, i) >= bodyBottom(bars, of);
  return sharesAnEnd(bars, i, of) ? speaksSoftly(way, isHeld) : speaks(way, isHeld);
};

/** The new body swallows the one before it, of the other colour: the day turned against the old side. */
const engulfing = candlestick('engulfing', 2, (bars, i) => {
  const isLarger = body(bars, i) > body(bars, i - 1);
  return areOpposite(bars, i) && isLarger ? heldInside(wayOf(bars, i), bars, i - 1, i) : 0;
});

/** A long candle, then a body that stays inside it: the move has lost its breath. Against the colour of the first. */
const harami = candlestick('harami', 11, (bars, i) =>
  hasLongBody(bars, i - 1) && hasBodyOfAverageAtMost(bars, i) ? heldInside(opposite(wayOf(bars, i - 1)), bars, i, i - 1) : 0,
);

/** A harami whose second candle is a doji: out of breath entirely. Against the colour of the first. */
const haramiCross = candlestick('haramicross', 11, (bars, i) =>
  hasLongBody(bars, i - 1) && isDoji(bars, i) ? heldInside(opposite(wayOf(bars, i - 1)), bars, i, i - 1) : 0,
);

/** Two black candles, the small one inside the long one: the fall slows down, bullish. */
const homingPigeon = candlestick('homingpigeon', 11, (bars, i) => {
  const areBlack = isBlack(bars, i - 1) && isBlack(bars, i);
  const isHeld = openOf(bars, i) < openOf(bars, i - 1) && closeOf(bars, i) > closeOf(bars, i - 1);
  return bullish(areBlack && isHeld && hasLongBody(bars, i - 1) && hasBodyOfAverageAtMost(bars, i));
});

/** Opened below yesterday's low, closed in the upper half of its long black body: bullish. */
const piercing = candlestick('piercing', 11, (bars, i) => {
  const colours = isBlack(bars, i - 1) && isWhite(bars, i);
  const middle = closeOf(bars, i - 1) + body(bars, i - 1) * PENETRATION;
  const pierces = openOf(bars, i) < lowOf(bars, i - 1) && isBetween(closeOf(bars, i), middle, openOf(bars, i - 1));
  return bullish(colours && pierces && hasLongBody(bars, i - 1) && hasLongBody(bars, i));
});

/** Opened above yesterday's high, closed in the lower half of its long white body: bearish. */
const darkCloudCover = candlestick('darkcloudcover', 11, (bars, i) => {
  const colours = isWhite(bars, i - 1) && isBlack(bars, i);
  const middle = closeOf(bars, i - 1) - body(bars, i - 1) * PENETRATION;
  const covers = openOf(bars, i) > highOf(bars, i - 1) && isBetween(closeOf(bars, i), openOf(bars, i - 1), middle);
  return bearish(colours && covers && hasLongBody(bars, i - 1));
});

/** Two long candles of opposite colours that close at one price: all of the new gap was taken back, to the side of the second. */
const counterattack = candlestick('counterattack', 11, (bars, i) => {
  const meets = isWithin(closeOf(bars, i), closeOf(bars, i - 1), equal(bars, i - 1));
  return speaks(wayOf(bars, i), areOpposite(bars, i) && meets && hasLongBody(bars, i - 1) && hasLongBody(bars, i));
});

/** Two marubozus of opposite colours with a hole between them. */
const isKick = (bars: CandleBars, i: number): boolean =>
  areOpposite(bars, i) && leavesHole(wayOf(bars, i), bars, i, i - 1) && isMarubozu(bars, i - 1) && isMarubozu(bars, i);

/** The market is kicked to the other side overnight: to the side of the second. */
const kicking = candlestick('kicking', 11, (bars, i) => speaks(wayOf(bars, i), isKick(bars, i)));

/** The same two candles, but the longer one has the word. */
const kickingByLength = candlestick('kickingbylength', 11, (bars, i) => {
  const longer = body(bars, i) > body(bars, i - 1) ? i : i - 1;
  return speaks(wayOf(bars, longer), isKick(bars, i));
});

/** Two black candles that close at one price: the low holds, bullish. */
const matchingLow = candlestick('matchinglow', 6, (bars, i) => {
  const areBlack = isBlack(bars, i - 1) && isBlack(bars, i);
  return bullish(areBlack && isWithin(closeOf(bars, i), closeOf(bars, i - 1), equal(bars, i - 1)));
});

/** A long candle, then a doji beyond it: doubt at the end of the move. Against the colour of the first. */
const dojiStar = candlestick('dojistar', 11, (bars, i) => {
  const way = wayOf(bars, i - 1);
  return speaks(opposite(way), gaps(way, bars, i, i - 1) && hasLongBody(bars, i - 1) && isDoji(bars, i));
});

/** Two candles of which the second contradicts the first. */
export const twoCandleReversals: readonly Candlestick[] = [
  engulfing,
  harami,
  haramiCross,
  homingPigeon,
  piercing,
  darkCloudCover,
  counterattack,
  kicking,
  kickingByLength,
  matchingLow,
  dojiStar,
];
