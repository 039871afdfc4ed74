import { expect, test } from 'vitest';
import { OpeningRange } from '#domain/patterns/opening-range';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { frame, still } from '#tests/bar-columns';

/** Minute by minute from 09:30: a close each; the range of the first fifteen is 99 to 100 and the minutes after as told. */
function broken(after: readonly number[], askedAfter = after.length): number | null {
  const table = new SymbolColumns();
  const range = new OpeningRange(table);
  table.ensure(1);
  range.startSession(570);
  const closes = [...Array.from({ length: 15 }, (_, minute) => (minute % 2 === 0 ? 100 : 99)), ...after];
  for (const [minute, close] of closes.entries()) range.update(frame(570 + minute, [still(close * 100)]));
  return range.breakOf(0, 570 + 15 + askedAfter, (closes.at(-1) ?? 0) * 100)?.high ?? null;
}

test.each<readonly [what: string, after: readonly number[], isBroken: boolean]>([
  ['a close above the range', [101], true],
  ['a close at its high', [100], false],
  ['above, and back into it', [101, 99], false],
  ['fifteen minutes later it is still fresh', [101, ...Array<number>(15).fill(102)], true],
  ['sixteen minutes later it is a chase', [101, ...Array<number>(16).fill(102)], false],
])('%s', (_, after, isBroken) => {
  expect(broken(after)).toBe(isBroken ? 10_000 : null);
});

test('within the first fifteen minutes the range of the first five counts', () => {
  const table = new SymbolColumns();
  const range = new OpeningRange(table);
  table.ensure(1);
  range.startSession(570);
  for (const [minute, close] of [100, 99, 100, 99, 100, 101].entries()) range.update(frame(570 + minute, [still(close * 100)]));
  expect(range.breakOf(0, 576, 10_100)).toEqual({ high: 10_000, low: 9900 });
});
