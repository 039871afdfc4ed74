import {
  body,
  bodyBottom,
  bodyTop,
  closeOf,
  gaps,
  gapsUp,
  isBetween,
  isBeyond,
  isWhite,
  isWithin,
  openOf,
  wayOf,
} from '#domain/candlesticks/candle';
import { equal, near } from '#domain/candlesticks/candle-size';
import { type Candlestick, candlestick, speaks } from '#domain/candlesticks/candlestick';

/** After a gap, a candle of like size the other way that leaves part of the gap open: the move goes on, in the direction of the gap. */
const tasukiGap = candlestick('tasukigap', 7, (bars, i) => {
  const [first, second, way] = [i - 2, i - 1, wayOf(bars, i - 1)];
  if (wayOf(bars, i) === way || !gaps(way, bars, second, first)) return 0;
  const opensInSecond = isBetween(openOf(bars, i), bodyBottom(bars, second), bodyTop(bars, second));
  const gapEdge = way === 1 ? bodyTop(bars, first) : bodyBottom(bars, first);
  const leavesGapOpen = isBeyond(way, openOf(bars, second), closeOf(bars, i)) && isBeyond(way, closeOf(bars, i), gapEdge);
  const isOfLikeSize = Math.abs(body(bars, second) - body(bars, i)) < near(bars, second);
  return speaks(way, opensInSecond && leavesGapOpen && isOfLikeSize);
});

/** After a gap, two white candles of like size side by side: the gap is defended, in its direction. */
const gapSideBySideWhite = candlestick('gapsidesidewhite', 7, (bars, i) => {
  const [first, second] = [i - 2, i - 1];
  const way = gapsUp(bars, second, first) ? 1 : -1;
  const bothGap = gaps(way, bars, second, first) && gaps(way, bars, i, first);
  if (!bothGap || !isWhite(bars, second) || !isWhite(bars, i)) return 0;
  const areSideBySide =
    isWithin(body(bars, i), body(bars, second), near(bars, second)) && isWithin(openOf(bars, i), openOf(bars, second), equal(bars, second));
  return speaks(way, areSideBySide);
});

/** After a gap between two candles of one colour, one the other way that closes it: a rest, the move goes on. */
const sideGapThreeMethods = candlestick('xsidegap3methods', 2, (bars, i) => {
  const [first, second, way] = [i - 2, i - 1, wayOf(bars, i - 2)];
  const colours = wayOf(bars, second) === way && wayOf(bars, i) !== way;
  const opensInSecond = isBetween(openOf(bars, i), bodyBottom(bars, second), bodyTop(bars, second));
  const closesInFirst = isBetween(closeOf(bars, i), bodyBottom(bars, first), bodyTop(bars, first));
  return speaks(way, colours && opensInSecond && closesInFirst && gaps(way, bars, second, first));
});

/** A gap in the direction of the move, tested by the third candle. */
export const gapContinuations: readonly Candlestick[] = [tasukiGap, gapSideBySideWhite, sideGapThreeMethods];
