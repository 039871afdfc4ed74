import type { CandleBars, Way } from '#domain/candlesticks/candle';

/** A shape of one to five candles to which traders have given a name. */
export type Candlestick = {
  /** TA-Lib's, in lower case and without its CDL. */
  readonly name: string;
  /** How many bars must stand before the first answer. */
  readonly lookback: number;
  /** TA-Lib's signed answer for the bar at index i, 0 when there is none; reads that bar and at most `lookback` before it. */
  at(bars: CandleBars, i: number): number;
};

type Judge = (bars: CandleBars, i: number) => number;

/** A pattern that has no opinion before there are enough bars, nor past their end. */
export const candlestick = (name: string, lookback: number, judge: Judge): Candlestick => ({
  name,
  lookback,
  at: (bars, i) => (i < lookback || i >= bars.close.length ? 0 : judge(bars, i)),
});

/** What a pattern says once it is there. */
export const speaks = (way: Way, isThere: boolean): number => (isThere ? 100 * way : 0);
export const bullish = (isThere: boolean): number => speaks(1, isThere);
export const bearish = (isThere: boolean): number => speaks(-1, isThere);

/** A weaker voice for a body that touches an end of the other: TA-Lib's 80 instead of 100. */
export const speaksSoftly = (way: Way, isThere: boolean): number => (isThere ? 80 * way : 0);
