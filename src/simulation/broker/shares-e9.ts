import { assert } from '#domain/values/assert';
import { formatE4 } from '#domain/values/decimal';

/** The broker counts shares in nine decimals: one share is so many of its units. Source: broker-alpaca §7. */
export const SHARE = 1_000_000_000;

const digits = /^(\d{1,12})(?:\.(\d{1,9}))?$/;

/** A plain decimal text as billionths of a share; null for anything else, and for more than can be counted exactly. */
export function parseE9(text: string): number | null {
  const match = digits.exec(text);
  if (match === null) return null;
  const e9 = Number(match[1]) * SHARE + Number((match[2] ?? '').padEnd(9, '0'));
  return Number.isSafeInteger(e9) ? e9 : null;
}

/** "12", "0.5", "-3": without zeros that say nothing. */
export function formatE9(e9: number): string {
  const size = Math.abs(e9);
  const whole = Math.floor(size / SHARE);
  const rest = String(size - whole * SHARE).padStart(9, '0');
  return trimmed(`${e9 < 0 ? '-' : ''}${whole}.${rest}`);
}

/** Money or a price of 1e-4 without zeros that say nothing. */
export const amountText = (e4: number): string => trimmed(formatE4(e4));

const trimmed = (text: string): string => text.replace(/\.?0+$/, '');

/** What so many units cost, in 1e-4, rounded half up in size. Both may be negative. */
export function worth(e9: number, priceE4: number): number {
  return quotient(BigInt(e9) * BigInt(priceE4), BigInt(SHARE));
}

/** `value · part / whole`, rounded half up in size: a cost that goes with a part of its shares. */
export const share = (value: number, part: number, whole: number): number => quotient(BigInt(value) * BigInt(part), BigInt(whole));

function quotient(dividend: bigint, divisor: bigint): number {
  const negative = dividend < 0n !== divisor < 0n;
  const size = dividend < 0n ? -dividend : dividend;
  const by = divisor < 0n ? -divisor : divisor;
  const rounded = Number((2n * size + by) / (2n * by));
  assert(Number.isSafeInteger(rounded), 'an amount is countable');
  return negative && rounded !== 0 ? -rounded : rounded;
}

/** How many units so much money buys at a price, rounded down. */
export const bought = (moneyE4: number, priceE4: number): number => Number((BigInt(moneyE4) * BigInt(SHARE)) / BigInt(priceE4));

/** The mean price of a cost over shares with up to six decimals, as the broker writes it. */
export function meanText(costE4: number, e9: number): string {
  const e6 = quotient(BigInt(costE4) * 100n * BigInt(SHARE), BigInt(e9));
  const size = Math.abs(e6);
  const whole = Math.floor(size / 1_000_000);
  return trimmed(`${e6 < 0 ? '-' : ''}${whole}.${String(size - whole * 1_000_000).padStart(6, '0')}`);
}
