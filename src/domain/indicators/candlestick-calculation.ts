import type { BarField, Calculation, Running } from '#domain/indicators/calculation';
import type { SymbolColumns } from '#domain/values/symbol-columns';

/** What a candlestick pattern must be to be calculated by name; it sees the bar at `i` and at most `lookback` before it. */
export type CandlestickPattern = {
  readonly name: string;
  readonly lookback: number;
  at(bars: Candles, i: number): number;
};

type Candles = Readonly<Record<Exclude<BarField, 'volume'>, ArrayLike<number>>>;

const fields = ['open', 'high', 'low', 'close'] as const;

/** A candlestick pattern as a calculation: the signed answer of TA-Lib, 0 where the pattern is not there. */
export const candlestickCalculation = (pattern: CandlestickPattern): Calculation => ({
  name: `cdl:${pattern.name}`,
  about: 'candlestick: 0, or ±80, ±100 or ±200 where it is there, above 0 for a bullish one',
  parameters: [],
  variants: {},
  needs: fields,
  outputs: [{ suffix: '', unit: 'plain' }],
  warmUp: () => pattern.lookback + 1,
  convention: `first on bar ${pattern.lookback + 1}`,
  source: `TA-Lib CDL${pattern.name.toUpperCase()}`,
  make: (table) => running(pattern, table),
});

/** Keeps just the bars that the pattern may look at, twice over, so that they are moved together only now and then. */
function running(pattern: CandlestickPattern, table: SymbolColumns): Running {
  const kept = pattern.lookback + 1;
  const windows = new Map<number, { readonly candles: Record<(typeof fields)[number], Float64Array>; filled: number }>();
  const value = table.float64();
  const count = table.int32();
  return {
    update(frame) {
      for (let s = 0; s < frame.width; s++) {
        if ((frame.volume[s] as number) < 0) continue;
        const column = (): Float64Array => new Float64Array(2 * kept);
        const window = windows.get(s) ?? { candles: { open: column(), high: column(), low: column(), close: column() }, filled: 0 };
        windows.set(s, window);
        const { candles } = window;
        if (window.filled === 2 * kept) {
          for (const field of fields) candles[field].copyWithin(0, kept + 1);
          window.filled = kept - 1;
        }
        for (const field of fields) candles[field][window.filled] = frame[field][s] as number;
        const seen = (count.values[s] as number) + 1;
        count.values[s] = seen;
        value.values[s] = seen < kept ? 0 : pattern.at(seenOf(candles, window.filled + 1), window.filled);
        window.filled++;
      }
    },
    read: (s) => ((count.values[s] as number) >= kept ? (value.values[s] as number) : null),
  };
}

const seenOf = (candles: Record<(typeof fields)[number], Float64Array>, many: number): Candles => ({
  open: candles.open.subarray(0, many),
  high: candles.high.subarray(0, many),
  low: candles.low.subarray(0, many),
  close: candles.close.subarray(0, many),
});
