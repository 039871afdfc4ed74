import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactE4Of, priceOf, priceOfNumber, priceText, sharesOf } from '#adapters/alpaca/decimal-text';
import { parseE4 } from '#domain/values/decimal';
import { price } from '#domain/values/price';

test('a mean price keeps what is finer than 1e-4 as a fraction', () => {
  expect(exactE4Of('86.878125')).toBe(868_781.25);
  expect(exactE4Of('86.8781')).toBe(868_781);
  expect(exactE4Of('86')).toBe(860_000);
  expect(exactE4Of('-3.00005')).toBe(-30_000.5);
  for (const text of ['', '.', '1.', '1e5', '0x10', ' 1', '1.2.3', '1.23456x', 'NaN', '+1', null, '1234567890123'])
    expect(exactE4Of(text), String(text)).toBeNull();
});

test('shares are plain decimals with at most nine places', () => {
  expect(sharesOf('100')).toBe(100);
  expect(sharesOf('-5')).toBe(-5);
  expect(sharesOf('0.123456789')).toBe(0.123456789);
  for (const text of ['1e-7', '', ' 5', '5 ', '0.1234567891', 'Infinity', 'null', null]) expect(sharesOf(text), String(text)).toBeNull();
});

test('a price is above zero, or none', () => {
  expect(priceOf('12.34')).toBe(123_400);
  for (const text of ['0', '-1', '0.00001', 'NaN', '', null]) expect(priceOf(text), String(text)).toBeNull();
});

test('F2: a number of the market data is read by its decimals, and no zero, NaN or exponent is a price', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2_000_000_000 }), (e4) => priceOfNumber(e4 / 10_000) === e4));
  for (const raw of [0, -0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e-7, 1e21, '12', null, undefined, true])
    expect(priceOfNumber(raw)).toBeNull();
});

test('A11: what is on the grid is written in plain decimals and reads back the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000_000 }), (e4) => {
      const onGrid = e4 < 10_000 ? e4 : e4 - (e4 % 100);
      return parseE4(priceText(price(onGrid))) === onGrid;
    }),
  );
  expect(priceText(price(123_400))).toBe('12.34');
  expect(priceText(price(1_000_000))).toBe('100.00');
  expect(priceText(price(9_999))).toBe('0.9999');
  expect(priceText(price(5_000))).toBe('0.50');
});

test('A11: a price off the grid is never written', () => {
  for (const e4 of [10_001, 123_450, 2_901_230]) expect(() => priceText(price(e4))).toThrow('lies on the grid');
});
