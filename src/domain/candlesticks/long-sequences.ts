import {
  body,
  bodyBottom,
  bodyTop,
  type CandleBars,
  closeOf,
  gaps,
  gapsDown,
  gapsUp,
  highOf,
  isBetween,
  isBeyond,
  isBlack,
  isWhite,
  lowOf,
  openOf,
  type Way,
  wayOf,
} from '#domain/candlesticks/candle';
import { hasLongBody, hasNoLowerShadow, hasNoUpperShadow, hasShortBody, hasSomeUpperShadow, near } from '#domain/candlesticks/candle-size';
import { bullish, type Candlestick, candlestick, speaks } from '#domain/candlesticks/candlestick';

/** How deep the reaction of a mat hold may go into its first body. */
const PENETRATION = 0.5;

/** Opens within the body before it, or little outside. */
const opensInOrNear = (bars: CandleBars, i: number): boolean =>
  openOf(bars, i) >= bodyBottom(bars, i - 1) - near(bars, i - 1) && openOf(bars, i) <= bodyTop(bars, i - 1) + near(bars, i - 1);

/** Three candles of a trend, all taken back by one: TA-Lib takes it for a rest, in the direction of the three. */
const threeLineStrike = candlestick('3linestrike', 8, (bars, i) => {
  const [first, second, third, way] = [i - 3, i - 2, i - 1, wayOf(bars, i - 1)];
  if (wayOf(bars, first) !== way || wayOf(bars, second) !== way || wayOf(bars, i) === way) return 0;
  const marches = isBeyond(way, closeOf(bars, third), closeOf(bars, second)) && isBeyond(way, closeOf(bars, second), closeOf(bars, first));
  const strikes = isBeyond(way, openOf(bars, i), closeOf(bars, third)) && isBeyond(way, openOf(bars, first), closeOf(bars, i));
  return speaks(way, marches && strikes && opensInOrNear(bars, second) && opensInOrNear(bars, third));
});

/** Both extremes lie further on than those of the candle before. */
const stepsOn = (way: Way, bars: CandleBars, i: number): boolean =>
  isBeyond(way, highOf(bars, i), highOf(bars, i - 1)) && isBeyond(way, lowOf(bars, i), lowOf(bars, i - 1));

/** A gap, a few candles further on, then one that comes back into the gap: the move has overdone it. To the side of the fifth. */
const breakaway = candlestick('breakaway', 14, (bars, i) => {
  const [first, second, third, fourth, way] = [i - 4, i - 3, i - 2, i - 1, wayOf(bars, i - 4)];
  if (wayOf(bars, second) !== way || wayOf(bars, fourth) !== way || wayOf(bars, i) === way) return 0;
  const runsOn = gaps(way, bars, second, first) && stepsOn(way, bars, third) && stepsOn(way, bars, fourth);
  const closesInGap = isBeyond(way, openOf(bars, second), closeOf(bars, i)) && isBeyond(way, closeOf(bars, i), closeOf(bars, first));
  return speaks(wayOf(bars, i), runsOn && closesInGap && hasLongBody(bars, first));
});

/** Four black candles down a ladder, the last with an upper shadow, then a white one above it: bullish. */
const ladderBottom = candlestick('ladderbottom', 14, (bars, i) => {
  const [first, second, third, fourth] = [i - 4, i - 3, i - 2, i - 1];
  const areBlack = isBlack(bars, first) && isBlack(bars, second) && isBlack(bars, third) && isBlack(bars, fourth);
  const opensFall = openOf(bars, first) > openOf(bars, second) && openOf(bars, second) > openOf(bars, third);
  const closesFall = closeOf(bars, first) > closeOf(bars, second) && closeOf(bars, second) > closeOf(bars, third);
  const jumps = isWhite(bars, i) && openOf(bars, i) > openOf(bars, fourth) && closeOf(bars, i) > highOf(bars, fourth);
  return bullish(areBlack && opensFall && closesFall && jumps && hasSomeUpperShadow(bars, fourth));
});

/** Part of the body, but not too much of it, comes back into the first. */
function restsOn(bars: CandleBars, i: number, first: number): boolean {
  const close = closeOf(bars, first);
  return isBetween(bodyBottom(bars, i), close - body(bars, first) * PENETRATION, close);
}

/** A long white candle, three small ones that hold most of it, then a new high: the rise goes on, bullish. */
const matHold = candlestick('mathold', 14, (bars, i) => {
  const [first, second, third, fourth] = [i - 4, i - 3, i - 2, i - 1];
  if (!isWhite(bars, first) || !isBlack(bars, second) || !isWhite(bars, i) || !gapsUp(bars, second, first)) return 0;
  const falls = bodyTop(bars, third) < openOf(bars, second) && bodyTop(bars, fourth) < bodyTop(bars, third);
  const highest = Math.max(highOf(bars, second), highOf(bars, third), highOf(bars, fourth));
  const breaksOut = openOf(bars, i) > closeOf(bars, fourth) && closeOf(bars, i) > highest;
  const areSmall = hasShortBody(bars, second) && hasShortBody(bars, third) && hasShortBody(bars, fourth);
  const rests = restsOn(bars, third, first) && restsOn(bars, fourth, first);
  return bullish(falls && rests && breaksOut && hasLongBody(bars, first) && areSmall);
});

/** A part of the body lies within the range of the first candle. */
const holdsWithin = (bars: CandleBars, i: number, first: number): boolean =>
  bodyBottom(bars, i) < highOf(bars, first) && bodyTop(bars, i) > lowOf(bars, first);

/** A long candle, three small ones against it that hold within, then a long one further on: the trend goes on, in its direction. */
const riseFallThreeMethods = candlestick('risefall3methods', 14, (bars, i) => {
  const [first, second, third, fourth, way] = [i - 4, i - 3, i - 2, i - 1, wayOf(bars, i - 4)];
  const isReaction = (at: number): boolean => wayOf(bars, at) !== way && holdsWithin(bars, at, first) && hasShortBody(bars, at);
  if (wayOf(bars, i) !== way || !isReaction(second) || !isReaction(third) || !isReaction(fourth)) return 0;
  const drifts = isBeyond(way, closeOf(bars, second), closeOf(bars, third)) && isBeyond(way, closeOf(bars, third), closeOf(bars, fourth));
  const goesOn = isBeyond(way, openOf(bars, i), closeOf(bars, fourth)) && isBeyond(way, closeOf(bars, i), closeOf(bars, first));
  return speaks(way, drifts && goesOn && hasLongBody(bars, first) && hasLongBody(bars, i));
});

const hasNoShadows = (bars: CandleBars, i: number): boolean => hasNoLowerShadow(bars, i) && hasNoUpperShadow(bars, i);

/** Four black candles, the last swallowing the third with its attempt to rise: sold out, bullish. */
const concealingBabySwallow = candlestick('concealbabyswall', 13, (bars, i) => {
  const [first, second, third] = [i - 3, i - 2, i - 1];
  const areBlack = isBlack(bars, first) && isBlack(bars, second) && isBlack(bars, third) && isBlack(bars, i);
  const reachesBack = gapsDown(bars, third, second) && highOf(bars, third) > closeOf(bars, second);
  const swallows = highOf(bars, i) > highOf(bars, third) && lowOf(bars, i) < lowOf(bars, third);
  if (!areBlack || !reachesBack || !swallows) return 0;
  return bullish(hasNoShadows(bars, first) && hasNoShadows(bars, second) && hasSomeUpperShadow(bars, third));
});

/** Four or five candles that tell a story. */
export const longSequences: readonly Candlestick[] = [
  threeLineStrike,
  breakaway,
  ladderBottom,
  matHold,
  riseFallThreeMethods,
  concealingBabySwallow,
];
