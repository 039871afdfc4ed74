import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatE4, parseE4 } from '#domain/values/decimal';

const rows: readonly [text: string, e4: number | null][] = [
  ['12.3456', 123_456],
  ['12', 120_000],
  ['-0.0001', -1],
  ['0', 0],
  ['-0', 0],
  ['1.00005', 10_000],
  ['1.00015', 10_002],
  ['1.000151', 10_002],
  ['1e3', null],
  ['', null],
  ['.5', null],
  ['NaN', null],
  ['99999999999999', null],
];
for (const [text, e4] of rows) test(`the decimal "${text}" is ${e4} ten-thousandths`, () => expect(parseE4(text)).toBe(e4));

test('every amount survives being written and read', () => {
  fc.assert(fc.property(fc.integer({ min: -9e14, max: 9e14 }), (e4) => parseE4(formatE4(e4)) === (e4 === 0 ? 0 : e4)));
});
