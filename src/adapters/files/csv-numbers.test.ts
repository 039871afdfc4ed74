import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLANK, NEGATIVE, scan, scanPrice, scanVolume, TOO_LARGE, UNREADABLE } from '#adapters/files/csv-numbers';
import { formatE4, parseE4 } from '#domain/values/decimal';

const bytes = (text: string): Buffer => Buffer.from(`${text},\n`);

const prices: readonly [text: string, e4: number][] = [
  ['12.3456', 123_456],
  ['77', 770_000],
  ['0.1', 1000],
  ['1.25', 12_500],
  ['1.125', 11_250],
  ['1.00005', 10_000],
  ['1.00015', 10_002],
  ['1.000150000001', 10_002],
  ['45.080002', 450_800],
  ['1.0000999', 10_001],
  ['0', 0],
  ['0.00001', 0],
  ['100000', 1_000_000_000],
  ['214748.3647', 2_147_483_647],
  ['214748.3648', TOO_LARGE],
  ['214748.36475', TOO_LARGE],
  ['99999999999999999999', TOO_LARGE],
  ['', BLANK],
  ['-1', NEGATIVE],
  ['-', UNREADABLE],
  ['.5', UNREADABLE],
  ['1.', UNREADABLE],
  ['NaN', UNREADABLE],
  ['inf', UNREADABLE],
  ['+1', UNREADABLE],
];
for (const [text, e4] of prices) test(`the price "${text}" is ${e4}`, () => expect(scanPrice(bytes(text), 0)).toBe(e4));

for (const text of ['1e5', '12abc', '1 2', '1.2.3', '1,000']) {
  test(`the price "${text}" is not read to its end`, () => {
    scanPrice(bytes(text), 0);
    expect(scan.end).toBeLessThan(text.length);
  });
}

test('a price reads as the decimals of the house do, at any number of digits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_147_000_000 }), fc.stringMatching(/^\d{0,6}$/), (e4, finer) => {
      const text = `${formatE4(e4)}${finer}`;
      const before = scan.rounded;
      const read = scanPrice(bytes(text), 0);
      expect(scan.end).toBe(text.length);
      expect(scan.rounded > before).toBe(/[1-9]/.test(finer));
      return read === parseE4(text);
    }),
  );
});

const volumes: readonly [text: string, shares: number][] = [
  ['0', 0],
  ['24844', 24_844],
  ['1200.0', 1200],
  ['2147483647', 2_147_483_647],
  ['2147483648', TOO_LARGE],
  ['-5', NEGATIVE],
  ['', BLANK],
  ['x', UNREADABLE],
];
for (const [text, shares] of volumes) test(`the volume "${text}" is ${shares}`, () => expect(scanVolume(bytes(text), 0)).toBe(shares));

test('half a share is not read to its end', () => {
  scanVolume(bytes('1.5'), 0);
  expect(scan.end).toBeLessThan(3);
});
