import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BarColumns, Frame, PriceArray } from '#domain/events/frame';
import type { Requested } from '#domain/indicators/requested';
import { calculateSeries, type SeriesBar } from '#domain/indicators/series';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { type Bar, frame, walk } from '#tests/bar-columns';
import { allPatterns, everything, seriesBars } from '#tests/indicators/series-bars';

const SESSION = 30;
const SYMBOLS = 3;

type Answers = readonly (readonly (number | null)[])[];

function widened(narrow: Frame): Frame<PriceArray> {
  const wide = ({ open, high, low, close, volume }: BarColumns) => ({
    open: Float64Array.from(open),
    high: Float64Array.from(high),
    low: Float64Array.from(low),
    close: Float64Array.from(close),
    volume: Float64Array.from(volume),
  });
  return { ...narrow, ...wide(narrow) };
}

/** Minute after minute over all symbols, as a market is streamed; the answers of each symbol on its own bars. */
function streamed(one: Requested, walks: readonly (readonly Bar[])[], wide: boolean): readonly Answers[] {
  const table = new SymbolColumns(0, wide);
  table.ensure(SYMBOLS);
  const running = one.make(table);
  const answers: (readonly (number | null)[])[][] = walks.map(() => []);
  for (let minute = 0; minute < (walks[0]?.length ?? 0); minute++) {
    if (minute % SESSION === 0) running.startSession?.();
    const bars = walks.map((walked) => walked[minute] ?? null);
    const narrow = frame(570 + (minute % SESSION), bars, minute % 11 !== 10);
    running.update(wide ? widened(narrow) : narrow);
    bars.forEach((bar, s) => {
      if (bar !== null) answers[s]?.push(one.columns.map((_, output) => running.read(s, output)));
    });
  }
  return answers;
}

for (const one of [...everything, ...allPatterns()]) {
  test(`${one.text} over a market of 32-bit prices, of wide ones, and over one series alone is the same to the last bit`, () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.constantFrom(20_000, 500_000, 900_000_000), (seed, start) => {
        const walks = [0, 0.2, 0.4].map((absent, s) => walk(seed + s, 120, absent, start));
        const alone = walks.map((walked) => calculateSeries([one], seriesBars(walked, SESSION)));
        expect(streamed(one, walks, false)).toStrictEqual(alone);
        expect(streamed(one, walks, true)).toStrictEqual(alone);
      }),
      { numRuns: 5 },
    );
  });

  test(`${one.text} has its first answer on bar ${one.warmUp}, as it says`, () => {
    const bars: readonly SeriesBar[] = seriesBars(
      walk(7, 60).map((bar) => bar && ([...bar.slice(0, 4), 100] as unknown as Bar)),
      60,
    ).map((bar) => ({
      ...bar,
      regular: true,
    }));
    const first = calculateSeries([one], bars).findIndex((answers) => answers[0] !== null);
    expect(first + 1).toBe(one.warmUp);
  });

  test(`${one.text} gives finite numbers for prices that stand, that are zero and that no share traded at`, () => {
    const still = (price: number, volume: number): SeriesBar => ({
      open: price,
      high: price,
      low: price,
      close: price,
      volume,
      session: 0,
      regular: true,
    });
    const tapes = [still(0, 0), still(500, 0), still(500, 7), still(0, 7)].map((bar) => Array.from({ length: 60 }, () => bar));
    const mixed = tapes.flatMap((tape) => tape.slice(0, 15));
    for (const tape of [...tapes, mixed])
      for (const answers of calculateSeries([one], tape))
        for (const answer of answers) expect(answer === null || Number.isFinite(answer)).toBe(true);
  });
}
