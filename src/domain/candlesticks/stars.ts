import {
  body,
  bodyBottom,
  bodyTop,
  type CandleBars,
  closeOf,
  gaps,
  gapsDown,
  gapsUp,
  isBeyond,
  leavesHole,
  type Way,
  wayOf,
} from '#domain/candlesticks/candle';
import { hasBodyAboveShort, hasBodyOfAverageAtMost, hasLongBody, isDoji, isDojiFor } from '#domain/candlesticks/candle-size';
import { bearish, bullish, type Candlestick, candlestick, speaks } from '#domain/candlesticks/candlestick';

/** How far the third candle must come back into the body of the first. */
const PENETRATION = 0.3;

/** A long candle against `way`, and at the end a sizeable one along it that comes well back into the first. */
function comesBack(way: Way, bars: CandleBars, i: number): boolean {
  const first = i - 2;
  if (wayOf(bars, first) === way || wayOf(bars, i) !== way) return false;
  const depth = closeOf(bars, first) + way * body(bars, first) * PENETRATION;
  return isBeyond(way, closeOf(bars, i), depth) && hasLongBody(bars, first) && hasBodyAboveShort(bars, i);
}

/** A long black candle, a small body below it, a white one back up: the fall has turned, bullish. */
const morningStar = candlestick('morningstar', 12, (bars, i) =>
  bullish(comesBack(1, bars, i) && gapsDown(bars, i - 1, i - 2) && hasBodyOfAverageAtMost(bars, i - 1)),
);

/** A long white candle, a small body above it, a black one back down: the rise has turned, bearish. */
const eveningStar = candlestick('eveningstar', 12, (bars, i) =>
  bearish(comesBack(-1, bars, i) && gapsUp(bars, i - 1, i - 2) && hasBodyOfAverageAtMost(bars, i - 1)),
);

/** A morning star whose middle is a doji: bullish. */
const morningDojiStar = candlestick('morningdojistar', 12, (bars, i) =>
  bullish(comesBack(1, bars, i) && gapsDown(bars, i - 1, i - 2) && isDoji(bars, i - 1)),
);

/** An evening star whose middle is a doji: bearish. */
const eveningDojiStar = candlestick('eveningdojistar', 12, (bars, i) =>
  bearish(comesBack(-1, bars, i) && gapsUp(bars, i - 1, i - 2) && isDoji(bars, i - 1)),
);

/** A doji left alone between two holes in the chart: the turn of a star, and rarer. To the side of the third candle. */
const abandonedBaby = candlestick('abandonedbaby', 12, (bars, i) => {
  const way = wayOf(bars, i);
  const away = way === 1 ? -1 : 1;
  const isAlone = leavesHole(away, bars, i - 1, i - 2) && leavesHole(way, bars, i, i - 1);
  return speaks(way, isAlone && comesBack(way, bars, i) && isDoji(bars, i - 1));
});

/** Three dojis, all by the yardstick of the first, the middle one beyond the others: nobody believes in the move any more. */
const triStar = candlestick('tristar', 12, (bars, i) => {
  const [first, second] = [i - 2, i - 1];
  if (!isDojiFor(bars, first, first) || !isDojiFor(bars, second, first) || !isDojiFor(bars, i, first)) return 0;
  if (gaps(1, bars, second, first) && bodyTop(bars, i) < bodyTop(bars, second)) return bearish(true);
  return bullish(gaps(-1, bars, second, first) && bodyBottom(bars, i) > bodyBottom(bars, second));
});

/** Three candles with a small one at the turn. */
export const stars: readonly Candlestick[] = [morningStar, eveningStar, morningDojiStar, eveningDojiStar, abandonedBaby, triStar];
