import type { Candlestick } from '#domain/candlesticks/candlestick';
import { gapContinuations } from '#domain/candlesticks/gap-continuations';
import { hammers } from '#domain/candlesticks/hammers';
import { hikkakes } from '#domain/candlesticks/hikkake';
import { longSequences } from '#domain/candlesticks/long-sequences';
import { singleCandles } from '#domain/candlesticks/single-candles';
import { stars } from '#domain/candlesticks/stars';
import { threeCandleMarches } from '#domain/candlesticks/three-candle-marches';
import { threeCandleTurns } from '#domain/candlesticks/three-candle-turns';
import { twoCandleContinuations } from '#domain/candlesticks/two-candle-continuations';
import { twoCandleReversals } from '#domain/candlesticks/two-candle-reversals';

export type { CandleBars } from '#domain/candlesticks/candle';
export type { Candlestick } from '#domain/candlesticks/candlestick';

const all: readonly Candlestick[] = [
  ...singleCandles,
  ...hammers,
  ...twoCandleReversals,
  ...twoCandleContinuations,
  ...stars,
  ...threeCandleMarches,
  ...threeCandleTurns,
  ...gapContinuations,
  ...longSequences,
  ...hikkakes,
];

/** All 61 patterns of TA-Lib by its names, with its answers. */
export const candlesticks: ReadonlyMap<string, Candlestick> = new Map(all.map((one) => [one.name, one]));
