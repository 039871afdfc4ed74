import type { Instant } from '#domain/values/instant';

/** Integers of 32 bits, which everything is traded on; whole numbers in floats only where files may say anything. */
export type PriceArray = Int32Array | Float64Array;

/**
 * Columns over all symbols for one span of time. `volume` −1 marks a symbol without a bar, whose prices are then 0.
 * Prices are integers of 1e-4; volume is in shares. The arrays are views. Those of a minute stand as they are until its
 * session has closed (docs/decisions/0014); those that a service makes, only within the step: copy what you keep longer.
 */
export type BarColumns<Values extends PriceArray = Int32Array> = {
  readonly width: number;
  readonly open: Values;
  readonly high: Values;
  readonly low: Values;
  readonly close: Values;
  readonly volume: Values;
};

/** A minute of the whole market. `minute` is the local minute of the day at its start: 570 is 09:30 in New York. */
export type Frame<Values extends PriceArray = Int32Array> = BarColumns<Values> & {
  readonly minute: number;
  readonly start: Instant;
  /** How many symbols have a bar. */
  readonly present: number;
  /** Whether the minute lies in the regular session; the others feed only what is said to know of them. */
  readonly regular: boolean;
};
