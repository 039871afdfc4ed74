/** What of a candle is averaged: its body, its whole range, or both of its shadows. */
type Measured = 'body' | 'range' | 'shadows';

/** `period` candles before the one that is judged; 0 compares the candle with itself. */
export type CandleSetting = { readonly measured: Measured; readonly period: number; readonly factor: number };

/** TA-Lib's defaults: `TA_CandleDefaultSettings` in its `src/ta_common/ta_global.c`. No pattern reads its eleventh, BodyVeryLong. */
export const candleSettings = {
  bodyLong: { measured: 'body', period: 10, factor: 1 },
  bodyShort: { measured: 'body', period: 10, factor: 1 },
  bodyDoji: { measured: 'range', period: 10, factor: 0.1 },
  shadowLong: { measured: 'body', period: 0, factor: 1 },
  shadowVeryLong: { measured: 'body', period: 0, factor: 2 },
  shadowShort: { measured: 'shadows', period: 10, factor: 1 },
  shadowVeryShort: { measured: 'range', period: 10, factor: 0.1 },
  near: { measured: 'range', period: 5, factor: 0.2 },
  far: { measured: 'range', period: 5, factor: 0.6 },
  equal: { measured: 'range', period: 5, factor: 0.05 },
} as const satisfies Readonly<Record<string, CandleSetting>>;
