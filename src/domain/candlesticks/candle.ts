/** Prices of one symbol, oldest first; of any scale, since they are only compared and averaged. */
export type CandleBars = {
  readonly open: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly close: ArrayLike<number>;
};

/** Up or down: the colour of a candle, or the side that a pattern speaks for. */
export type Way = 1 | -1;

export const openOf = (bars: CandleBars, i: number): number => bars.open[i] as number;
export const highOf = (bars: CandleBars, i: number): number => bars.high[i] as number;
export const lowOf = (bars: CandleBars, i: number): number => bars.low[i] as number;
export const closeOf = (bars: CandleBars, i: number): number => bars.close[i] as number;

/** A candle that closes where it opened counts as white, as in TA-Lib. */
export const isWhite = (bars: CandleBars, i: number): boolean => closeOf(bars, i) >= openOf(bars, i);
export const isBlack = (bars: CandleBars, i: number): boolean => !isWhite(bars, i);
export const wayOf = (bars: CandleBars, i: number): Way => (isWhite(bars, i) ? 1 : -1);

export const body = (bars: CandleBars, i: number): number => Math.abs(closeOf(bars, i) - openOf(bars, i));
export const bodyTop = (bars: CandleBars, i: number): number => (isWhite(bars, i) ? closeOf(bars, i) : openOf(bars, i));
export const bodyBottom = (bars: CandleBars, i: number): number => (isWhite(bars, i) ? openOf(bars, i) : closeOf(bars, i));
export const upperShadow = (bars: CandleBars, i: number): number => highOf(bars, i) - bodyTop(bars, i);
export const lowerShadow = (bars: CandleBars, i: number): number => bodyBottom(bars, i) - lowOf(bars, i);
export const range = (bars: CandleBars, i: number): number => highOf(bars, i) - lowOf(bars, i);

/** Further in that direction: higher on the way up, lower on the way down. */
export const isBeyond = (way: Way, price: number, other: number): boolean => (way === 1 ? price > other : price < other);

/** Between two prices, and at neither. */
export const isBetween = (price: number, low: number, high: number): boolean => price > low && price < high;

/** No further apart than that; written as a band around the second, because sums of fractions round differently than gaps. */
export const isWithin = (price: number, other: number, distance: number): boolean => price <= other + distance && price >= other - distance;

/** The whole body lies above the body of the other candle. */
export const gapsUp = (bars: CandleBars, i: number, from: number): boolean => bodyBottom(bars, i) > bodyTop(bars, from);
/** The whole body lies below the body of the other candle. */
export const gapsDown = (bars: CandleBars, i: number, from: number): boolean => bodyTop(bars, i) < bodyBottom(bars, from);
export const gaps = (way: Way, bars: CandleBars, i: number, from: number): boolean =>
  way === 1 ? gapsUp(bars, i, from) : gapsDown(bars, i, from);

/** Not even the shadows of the two touch: a trader sees a hole in the chart. */
export const leavesHole = (way: Way, bars: CandleBars, i: number, from: number): boolean =>
  way === 1 ? lowOf(bars, i) > highOf(bars, from) : highOf(bars, i) < lowOf(bars, from);

/** Inside the other candle, shadows included. */
export const isInsideBar = (bars: CandleBars, i: number, of: number): boolean =>
  highOf(bars, i) < highOf(bars, of) && lowOf(bars, i) > lowOf(bars, of);
