import { expect, test } from 'vitest';
import type { EventOf } from '#domain/events/event';
import { type DropReason, dropBit } from '#domain/events/funnel';
import { scanner } from '#production/scanner/scanner';
import type { Bar } from '#tests/bar-columns';
import { Alone, closed, of, opened } from '#tests/one-service';

/** A bar of a name that is liquid: 200,000 shares at that price. */
const at = (dollars: number, volume = 200_000): Bar => [dollars * 10_000, dollars * 10_000, dollars * 10_000, dollars * 10_000, volume];
type Row = readonly Bar[];

/** Sessions of one bar each at 100, then a session in which the names open and trade as told; scanned at 09:31. */
function scanAfter(sessions: number, today: Row, usual: Row = today.map(() => at(100))): EventOf<'candidates_found'> {
  const alone = new Alone(scanner());
  for (let session = 0; session < sessions; session++) {
    alone.sees(opened(today.length, { history: true, listed: session === 0 }));
    alone.seesBars('09:31', usual);
    alone.sees(closed());
  }
  alone.sees(opened(today.length, { listed: sessions === 0 }));
  const [found] = of(alone.seesBars('09:31', today), 'candidates_found');
  if (found === undefined) throw new Error('no scan');
  return found;
}

const reasonsOf = ({ dropped }: EventOf<'candidates_found'>, symbol: number): number =>
  dropped.reasons[dropped.symbols.indexOf(symbol)] ?? 0;
const mask = (...reasons: readonly DropReason[]): number => reasons.reduce((bits, reason) => bits | dropBit(reason), 0);

test('nobody is a candidate before five earlier sessions', () => {
  expect(scanAfter(4, [at(102)]).kept).toEqual([]);
  expect(reasonsOf(scanAfter(4, [at(102)]), 0)).toBe(mask('no_history'));
  expect(scanAfter(5, [at(102)]).kept.map(({ symbol }) => symbol)).toEqual([0]);
});

test.each<readonly [what: string, today: Bar, usual: Bar, reasons: number]>([
  ['no bar today', null, at(100), mask('no_bar_today')],
  ['below five dollars', at(4.99), at(5, 5_000_000), mask('price_too_low')],
  ['five dollars are enough', at(5), at(5, 5_000_000), 0],
  ['less than ten million dollars a day', at(100), at(100, 99_999), mask('illiquid')],
  ['ten million are enough', at(100), at(100, 100_000), 0],
  ['both faults are told', at(4), at(4, 100), mask('price_too_low', 'illiquid')],
])('%s', (_, today, usual, reasons) => {
  expect(reasonsOf(scanAfter(5, [today], [usual]), 0)).toBe(reasons);
});

test('the largest move comes first; a fall scores nothing for its size; equal names go by their column', () => {
  const found = scanAfter(5, [at(101), at(105), at(90), at(100), at(103)]);
  expect(found.kept.map(({ symbol }) => symbol)).toEqual([1, 4, 0, 2, 3]);
  expect(found.kept[0]?.gap).toBeCloseTo(0.05, 12);
  expect(found.kept[0]?.change).toBeCloseTo(0.05, 12);
  expect(found.kept[3]?.score).toBe(found.kept[4]?.score);
});

test('volume counts up to ten times the usual, and what it really was is told', () => {
  const { kept } = scanAfter(5, [at(100, 3_000_000), at(100, 2_000_000), at(100, 1_800_000)]);
  expect(kept.map(({ relativeVolume }) => relativeVolume)).toEqual([15, 10, 9]);
  expect(kept[0]?.score).toBe(kept[1]?.score);
  expect(kept[2]?.score).toBeLessThan(kept[1]?.score ?? 0);
});

test('a hundred at most are kept, and those below are told so', () => {
  const found = scanAfter(
    5,
    Array.from({ length: 130 }, (_, s) => at(100 + s / 100)),
  );
  expect(found.kept).toHaveLength(100);
  expect(found.universe).toBe(130);
  expect(found.dropped.symbols).toHaveLength(30);
  expect(found.dropped.reasons.every((reasons) => reasons === mask('ranked_below'))).toBe(true);
});

test('a split wipes out the history: five sessions have to pass again', () => {
  const alone = new Alone(scanner());
  for (let session = 0; session < 6; session++) {
    alone.sees(opened(1, { history: true, listed: session === 0 }));
    alone.seesBars('09:31', [at(100)]);
    alone.sees(closed());
  }
  alone.sees(opened(1, { listed: false }));
  alone.sees({ kind: 'split_took_effect', symbol: 0 as never, ratio: 7 });
  const [found] = of(alone.seesBars('09:31', [at(100 / 7)]), 'candidates_found');
  expect(found?.kept).toEqual([]);
});

test('a session that only teaches is not scanned; another is, at the cadence of its phase', () => {
  const alone = new Alone(scanner());
  alone.sees(opened(1, { history: true }));
  expect(alone.seesBars('09:31', [at(100)])).toEqual([]);
  alone.sees(closed());
  alone.sees(opened(1, { listed: false }));
  const scans = ['09:31', '09:32', '09:45', '09:46', '09:50', '11:30', '11:35', '11:45', '15:29', '15:30', '15:45'].filter(
    (clock) => alone.seesBars(clock, [at(100)]).length > 0,
  );
  expect(scans).toEqual(['09:31', '09:32', '09:45', '09:50', '11:30', '11:45']);
});
