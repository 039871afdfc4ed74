import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calculateSeries, type SeriesBar } from '#domain/indicators/series';
import { allPatterns, everything, walkedBars } from '#tests/indicators/series-bars';
import { expectNoLookAhead } from '#tests/look-ahead/expect-no-look-ahead';

for (const one of [...everything, ...allPatterns()]) {
  test(`${one.text} knows nothing of later bars`, () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 }), (seed, cuts) => {
        expectNoLookAhead(one.text, walkedBars(seed, 100), (bars) => calculateSeries([one], bars), cuts);
      }),
      { numRuns: 5 },
    );
  });
}

test('a calculation that peeks at the next bar is caught', () => {
  const peeks = (bars: readonly SeriesBar[]): readonly (number | null)[] => bars.map((_, i) => bars[i + 1]?.close ?? null);
  expect(() => expectNoLookAhead('a peek', walkedBars(1, 50), peeks, [20])).toThrow('step 19 is another one');
});

test('a calculation that is scaled by the highest price of all is caught', () => {
  const scales = (bars: readonly SeriesBar[]): readonly number[] => {
    const top = Math.max(...bars.map(({ high }) => high));
    return bars.map(({ close }) => close / top);
  };
  expect(() => expectNoLookAhead('a scale', walkedBars(1, 50), scales)).toThrow('another one');
});
