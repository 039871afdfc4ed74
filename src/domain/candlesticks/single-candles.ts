import { body, bodyBottom, bodyTop, isWhite, lowerShadow, lowOf, range, upperShadow, wayOf } from '#domain/candlesticks/candle';
import {
  hasLongBody,
  hasLongLowerShadow,
  hasLongUpperShadow,
  hasNoLowerShadow,
  hasNoUpperShadow,
  hasShortBody,
  hasShortLowerShadow,
  hasShortUpperShadow,
  hasSomeLowerShadow,
  hasSomeUpperShadow,
  hasVeryLongLowerShadow,
  hasVeryLongUpperShadow,
  isDoji,
  isMarubozu,
  near,
} from '#domain/candlesticks/candle-size';
import { bullish, type Candlestick, candlestick, speaks } from '#domain/candlesticks/candlestick';

/** Neither side won the day. Its sign is always positive and says nothing. */
const doji = candlestick('doji', 10, (bars, i) => bullish(isDoji(bars, i)));

/** Sold off and bought back to the open, without a visit above: bullish after a fall. */
const dragonflyDoji = candlestick('dragonflydoji', 10, (bars, i) =>
  bullish(isDoji(bars, i) && hasNoUpperShadow(bars, i) && hasSomeLowerShadow(bars, i)),
);

/** Bought up and sold back to the open, without a visit below: bearish after a rise, though its sign is positive. */
const gravestoneDoji = candlestick('gravestonedoji', 10, (bars, i) =>
  bullish(isDoji(bars, i) && hasNoLowerShadow(bars, i) && hasSomeUpperShadow(bars, i)),
);

/** A wide swing that ended where it began: no decision. Its sign says nothing. */
const longLeggedDoji = candlestick('longleggeddoji', 10, (bars, i) =>
  bullish(isDoji(bars, i) && (hasLongLowerShadow(bars, i) || hasLongUpperShadow(bars, i))),
);

/** A long-legged doji with its body in the middle of the swing: no decision. Its sign says nothing. */
const rickshawMan = candlestick('rickshawman', 10, (bars, i) => {
  if (!isDoji(bars, i) || !hasLongLowerShadow(bars, i) || !hasLongUpperShadow(bars, i)) return 0;
  const middle = lowOf(bars, i) + range(bars, i) / 2;
  return bullish(bodyBottom(bars, i) <= middle + near(bars, i) && bodyTop(bars, i) >= middle - near(bars, i));
});

/** A dragonfly doji with a very long lower shadow: the low was probed and refused, bullish. */
const takuri = candlestick('takuri', 10, (bars, i) =>
  bullish(isDoji(bars, i) && hasNoUpperShadow(bars, i) && hasVeryLongLowerShadow(bars, i)),
);

/** A small body between very long shadows: both sides tried hard. The sign is the colour. */
const highWave = candlestick('highwave', 10, (bars, i) =>
  speaks(wayOf(bars, i), hasShortBody(bars, i) && hasVeryLongUpperShadow(bars, i) && hasVeryLongLowerShadow(bars, i)),
);

/** A small body between two longer shadows: a pause. The sign is the colour. */
const spinningTop = candlestick('spinningtop', 10, (bars, i) =>
  speaks(wayOf(bars, i), hasShortBody(bars, i) && upperShadow(bars, i) > body(bars, i) && lowerShadow(bars, i) > body(bars, i)),
);

/** Little happened. The sign is the colour. */
const shortLine = candlestick('shortline', 10, (bars, i) =>
  speaks(wayOf(bars, i), hasShortBody(bars, i) && hasShortUpperShadow(bars, i) && hasShortLowerShadow(bars, i)),
);

/** One side ruled: a long body between short shadows, in the direction of its colour. */
const longLine = candlestick('longline', 10, (bars, i) =>
  speaks(wayOf(bars, i), hasLongBody(bars, i) && hasShortUpperShadow(bars, i) && hasShortLowerShadow(bars, i)),
);

/** One side ruled from the open to the close: a long body without shadows, in the direction of its colour. */
const marubozu = candlestick('marubozu', 10, (bars, i) => speaks(wayOf(bars, i), isMarubozu(bars, i)));

/** The winner held the extreme into the close, in the direction of its colour. */
const closingMarubozu = candlestick('closingmarubozu', 10, (bars, i) => {
  const hasNoShadowAtClose = isWhite(bars, i) ? hasNoUpperShadow : hasNoLowerShadow;
  return speaks(wayOf(bars, i), hasLongBody(bars, i) && hasNoShadowAtClose(bars, i));
});

/** Opened at its extreme and never looked back, in the direction of its colour. */
const beltHold = candlestick('belthold', 10, (bars, i) => {
  const hasNoShadowAtOpen = isWhite(bars, i) ? hasNoLowerShadow : hasNoUpperShadow;
  return speaks(wayOf(bars, i), hasLongBody(bars, i) && hasNoShadowAtOpen(bars, i));
});

/** What one candle says alone. */
export const singleCandles: readonly Candlestick[] = [
  doji,
  dragonflyDoji,
  gravestoneDoji,
  longLeggedDoji,
  rickshawMan,
  takuri,
  highWave,
  spinningTop,
  shortLine,
  longLine,
  marubozu,
  closingMarubozu,
  beltHold,
];
