import type { CandlestickPattern } from '#domain/indicators/candlestick-calculation';

/** The candlestick patterns that `cdl:` can name. */
export const candlestickPatterns: ReadonlyMap<string, CandlestickPattern> = new Map();
