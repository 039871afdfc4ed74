import { expect, test } from 'vitest';
import { gapAndGo } from '#domain/patterns/gap-and-go';
import { openingRange } from '#domain/patterns/opening-range';
import { redToGreen } from '#domain/patterns/red-to-green';
import type { Pattern } from '#domain/patterns/sighting';
import type { SymbolView } from '#domain/patterns/symbol-view';
import { vwapBreakout } from '#domain/patterns/vwap-breakout';
import { e4, minutesOf, OPEN, viewAt } from '#tests/charts/chart-view';

/** The close of each minute since the open, in dollars; the ATR is one dollar unless told. */
type Row = readonly [what: string, closes: readonly number[], isThere: boolean, known?: Partial<SymbolView>];

const look = (pattern: Pattern, closes: readonly number[], known: Partial<SymbolView> = {}, open?: number) =>
  pattern.find(viewAt(minutesOf(closes, open), OPEN + closes.length, { atr: e4(1), ...known }));

function table(pattern: Pattern, rows: readonly Row[]): void {
  for (const [what, closes, isThere, known] of rows)
    test(`${pattern.kind}: ${what}`, () => expect(look(pattern, closes, known) !== null).toBe(isThere));
}

const times = (count: number, close: number): readonly number[] => Array<number>(count).fill(close);
/** Fifteen minutes between 99 and 100. */
const range: readonly number[] = Array.from({ length: 15 }, (_, minute) => (minute % 2 === 0 ? 100 : 99));

table(openingRange, [
  ['a close above the range', [...range, 100.5], true],
  ['a close at its high', [...range, 100], false],
  ['above, and back into it', [...range, 100.5, 99.5], false],
  ['one ATR above', [...range, 101], true],
  ['more', [...range, 101.01], false],
  ['fifteen minutes later it is still fresh', [...range, 100.5, ...times(15, 100.6)], true],
  ['sixteen minutes later it is a chase', [...range, 100.5, ...times(16, 100.6)], false],
  ['a range without a width', [...times(15, 100), 100.5], false],
  ['until 09:45 the range of the first five minutes counts', [...range.slice(0, 5), ...times(9, 99.5), 100.5], true],
  ['then that of the first fifteen', [...range.slice(0, 5), ...times(9, 99.5), 100.5, 100.5], false],
  ['a range of four minutes is none yet', [100, 99, 100, 99, 100.5], false],
]);

test('opening_range_breakout: trigger, invalidation and confidence', () => {
  const expected = { trigger: e4(100), invalidation: e4(99), confidence: 0.5 + 0.25 * (1.5 / 3) + 0.25 * 0.7 };
  expect(look(openingRange, [...range, 100.3])).toMatchObject(expected);
});

/** Opened at 100, range 99 to 100.20; the close of the day before was 97. */
const gapped = [100.2, 99.5, 99, 99.5, 99.6, 99.6, 99.7];
const before = { previousClose: e4(97) };

table(gapAndGo, [
  ['a close above the first five minutes', [100, ...gapped.slice(0, 4), 99.6, 99.6, 100.4], true, before],
  ['a close at their high', [100, ...gapped.slice(0, 4), 99.6, 99.6, 100.2], false, before],
  ['in the minute after the first five', [100, 100.2, 99.8, 99.5, 99.6, 100.4], true, before],
  ['within them', [100, 100.2, 99.8, 99.5, 100.4], false, before],
  ['a gap of 2 %', [100, 100.2, 99.8, 99.5, 99.4, 99.5, 100.4], true, { previousClose: e4(98) }],
  ['a smaller one', [100, 100.2, 99.8, 99.5, 99.4, 99.5, 100.4], false, { previousClose: e4(98.01) }],
  ['no close of the day before', [100, ...gapped.slice(0, 4), 99.6, 99.6, 100.4], false],
  ['half of the gap filled', [100, 100.2, 98.5, 99, 99, 99.6, 100.4], true, before],
  ['more than half', [100, 100.2, 98.49, 99, 99, 99.6, 100.4], false, before],
  ['below the high before the open', [100, ...gapped.slice(0, 4), 99.6, 100.4], false, { ...before, premarketHigh: e4(100.5) }],
  ['above it', [100, ...gapped.slice(0, 4), 99.6, 100.6], true, { ...before, premarketHigh: e4(100.5) }],
  ['sixteen minutes after the break', [100, ...gapped, ...times(17, 100.4)], false, before],
  ['within the hour', [100, ...gapped, ...times(51, 99.8), 100.4], true, before],
  ['after it', [100, ...gapped, ...times(52, 99.8), 100.4], false, before],
]);

test('gap_and_go: half of the quality is the size of the gap, in full from 8 %', () => {
  const closes = [100, ...gapped.slice(0, 4), 99.6, 99.6, 100.4];
  const sureOf = (previousClose: number): number => look(gapAndGo, closes, { previousClose: e4(previousClose) })?.confidence ?? 0;
  // 0.5 for the shape, 0.125 for the volume; the close is 0.20 of one ATR above the trigger.
  expect([96, 92, 90].map(sureOf)).toEqual([0.5, 1, 1].map((gap) => expect.closeTo(0.625 + (0.25 * (gap + 0.8)) / 2, 9)));
});

const red = { previousClose: e4(100) };
const dip: readonly number[] = [99.5, 99, ...times(8, 99.2)];

table(redToGreen, [
  ['a close above that of the day before', [...dip, 100.3], true, red],
  ['at it', [...dip, 100], false, red],
  ['more than an ATR above', [...dip, 101.01], false, red],
  ['nine red minutes', [...dip.slice(0, 9), 100.3], false, red],
  ['not an ATR deep', [99.5, 99.01, ...times(8, 99.2), 100.3], false, red],
  ['it opened green', [100.1, ...dip, 100.3], false, red],
  ['no close of the day before', [...dip, 100.3], false],
  ['sixteen minutes after', [...dip, ...times(17, 100.3)], false, red],
  ['within two hours', [...dip, ...times(109, 99.5), 100.3], true, red],
  ['after them', [...dip, ...times(110, 99.5), 100.3], false, red],
]);

/** Held about two dollars below a VWAP of 101 for so many minutes; then above it. */
const held = (minutes: number, low: number, after: readonly number[]): readonly number[] => [
  ...times(20, 101),
  ...times(minutes, low),
  ...after,
];
/** The first minutes weigh so much that VWAP stays at 101. */
const heavy = (closes: readonly number[], known: Partial<SymbolView> = {}) => {
  const bars = minutesOf(closes).map((bar, i) => ({ ...bar, volume: i < 20 ? 1_000_000 : 1 }));
  return vwapBreakout.find(viewAt(bars, OPEN + closes.length, { atr: e4(1), ...known }));
};

test.each<readonly [what: string, closes: readonly number[], isThere: boolean]>([
  ['back above after 45 minutes below', held(45, 98.9, [101.4]), true],
  ['after 40 minutes', held(40, 98.9, [101.4]), false],
  ['not back yet', held(45, 98.9, [100.9]), false],
  ['more than an ATR above', held(45, 98.9, [102.01]), false],
  ['five minutes after it is fresh', held(45, 98.9, times(5, 101.4)), true],
  ['six minutes after it is not', held(45, 98.9, times(6, 101.4)), false],
  ['two ATRs below once', held(45, 98.99, [101.4]), true],
  ['never so far below', held(45, 99.02, [101.4]), false],
  ['four minutes above on the way', [...held(45, 98.9, []).slice(0, 40), ...times(4, 101.1), ...times(21, 98.9), 101.4], true],
  ['five minutes above on the way', [...held(45, 98.9, []).slice(0, 40), ...times(5, 101.1), ...times(20, 98.9), 101.4], false],
])('vwap_breakout: %s', (_, closes, isThere) => expect(heavy(closes) !== null).toBe(isThere));

test('vwap_breakout: without a VWAP nothing', () => expect(heavy(held(45, 98.9, [101.4]), { vwap: 0 })).toBeNull());
