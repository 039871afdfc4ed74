import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VwapLevel } from '#domain/indicators/vwap-level';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { type Bar, columns, walk } from '#tests/bar-columns';

const bar = (low: number, high: number, close: number): Bar => [close, high, low, close, 1];

/** Feeds bars with the VWAP after each; an ATR of 400 makes zones of 100 to either side. */
function fed(steps: readonly (readonly [vwap: number, bar: Bar])[], range = 400) {
  const table = new SymbolColumns(1);
  table.ensure(1);
  const level = new VwapLevel(table);
  const atr = table.float64();
  atr.values.fill(range);
  for (const [vwap, one] of steps) level.update(columns([one]), { value: () => vwap }, atr);
  return [level.price, level.touches, level.bounces, level.breaks].map(({ values }) => values[0]);
}

const above = [10_000, bar(10_400, 10_600, 10_500)] as const;
/** Down into the zone of 10,000, as it was when the bar before had closed. */
const touch = [10_050, bar(10_080, 10_500, 10_150)] as const;

test.each<readonly [what: string, steps: readonly (readonly [number, Bar])[], then: readonly number[]]>([
  ['it begins when a bar has closed, with nothing to tell', [above], [10_000, 0, 0, 0]],
  ['it moves with each bar that leaves it alone', [above, [10_010.6, bar(10_300, 10_600, 10_500)]], [10_011, 0, 0, 0]],
  ['it stands still while it is being tested', [above, touch, [10_090, bar(9_900, 10_200, 10_100)]], [10_000, 1, 0, 0]],
  [
    'a close farther away than the zone is wide is a bounce, and it moves on',
    [above, touch, [10_060, bar(10_100, 10_300, 10_201)]],
    [10_060, 1, 1, 0],
  ],
  ['a close on the other side is a break', [above, touch, [10_060, bar(9_700, 10_100, 9_799)]], [10_060, 1, 0, 1]],
  ['a gap over the zone meets nobody', [above, [9_990, bar(9_500, 9_800, 9_600)]], [9_990, 0, 0, 0]],
  // The VWAP of the bar itself, 10,450, lies in its range; the one it met, 10,000, does not.
  ['no bar meets where the VWAP went with it', [above, [10_450, bar(10_400, 10_600, 10_500)]], [10_450, 0, 0, 0]],
  ['a minute without a bar changes nothing', [above, [10_300, null]], [10_000, 0, 0, 0]],
  ['before anything has traded there is none', [[0, bar(1, 2, 1)]], [0, 0, 0, 0]],
])('%s', (_, steps, then) => expect(fed(steps)).toEqual(then));

test('without an ATR there is no zone and no level', () => expect(fed([above], 0)).toEqual([0, 0, 0, 0]));

test('a day begins with nothing of the one before', () => {
  const table = new SymbolColumns(1);
  table.ensure(1);
  const level = new VwapLevel(table);
  const atr = table.float64();
  atr.values.fill(400);
  for (const [vwap, one] of [above, touch]) level.update(columns([one]), { value: () => vwap }, atr);
  level.startSession();
  level.update(columns([bar(9_900, 10_200, 10_100)]), { value: () => 10_700 }, atr);
  expect([level.price, level.touches].map(({ values }) => values[0])).toEqual([10_700, 0]);
});

/** The same in words, one bar after the other. */
function told(steps: readonly (readonly [number, Bar])[]): number[] {
  let level: { price: number; from: 'above' | 'below' | 'inside'; tested: boolean } | null = null;
  const tally = { touches: 0, bounces: 0, breaks: 0 };
  for (const [vwap, one] of steps) {
    if (one === null) continue;
    const [, high, low, close] = one;
    if (level !== null) {
      const [bottom, top] = [level.price - 100, level.price + 100];
      if (level.tested) {
        if (Math.abs(close - level.price) <= 200) continue;
        if (close > level.price === (level.from === 'above')) tally.bounces++;
        else tally.breaks++;
      } else if ((level.from === 'above' && low <= top && high >= bottom) || (level.from === 'below' && high >= bottom && low <= top)) {
        tally.touches++;
        level.tested = true;
        continue;
      }
    }
    const price = Math.round(vwap);
    level = { price, from: close > price + 100 ? 'above' : close < price - 100 ? 'below' : 'inside', tested: false };
  }
  return [level?.price ?? 0, tally.touches, tally.bounces, tally.breaks];
}

test('over random days it is what the words say', () => {
  let met = 0;
  fc.assert(
    fc.property(fc.nat(1_000_000), (seed) => {
      let [weighted, shares] = [0, 0];
      const steps = walk(seed, 300, 0.1, 500_000).map((one): readonly [number, Bar] => {
        // Narrow bars, so that they come, go and leap.
        const [open, high, low, close, volume] = (one ?? []).map((value, i) => (i === 4 ? value : Math.round(value / 20))) as [
          number,
          number,
          number,
          number,
          number,
        ];
        if (one === null) return [shares === 0 ? 0 : weighted / shares, null];
        weighted += close * (volume + 1);
        shares += volume + 1;
        return [weighted / shares, [open, high, low, close, volume]];
      });
      const got = fed(steps);
      met += got[1] as number;
      expect(got).toEqual(told(steps));
    }),
    { numRuns: 40 },
  );
  expect(met).toBeGreaterThan(100);
});
