import { assert } from '#domain/values/assert';
import type { Branded } from '#domain/values/branded';

/**
 * Dollars in 1e-12, without a bound: a token for a dollar a million costs a million of them, so that prices down to a
 * millionth of a dollar a million tokens are exact, and so is every sum.
 */
export type PicoDollars = Branded<bigint, 'usd_e12'>;

export const pico = (units: bigint): PicoDollars => units as PicoDollars;

const DIGITS = 12;
/** In one ten-thousandth of a dollar. */
const IN_E4 = 100_000_000n;

/** A plain decimal of dollars, not negative; null for anything else, and for what is finer than 1e-12. */
export function parseDollars(text: string): PicoDollars | null {
  const match = /^(\d{1,9})(?:\.(\d{1,12}))?$/.exec(text);
  return match === null ? null : pico(BigInt(`${match[1]}${(match[2] ?? '').padEnd(DIGITS, '0')}`));
}

/** The nearest ten-thousandth, half to even. */
export function roundedE4(amount: PicoDollars): number {
  const whole = amount / IN_E4;
  const twice = (amount - whole * IN_E4) * 2n;
  const up = twice > IN_E4 || (twice === IN_E4 && whole % 2n === 1n) ? 1n : 0n;
  const e4 = Number(whole + up);
  assert(Number.isSafeInteger(e4), 'nobody spends a billion dollars a month on this');
  return e4;
}

export const sumOf = (amounts: readonly PicoDollars[]): PicoDollars => pico(amounts.reduce<bigint>((sum, amount) => sum + amount, 0n));

/** That part of an amount, rounded down to 1e-12. */
export const partOf = (amount: PicoDollars, part: number, whole: number): PicoDollars => pico((amount * BigInt(part)) / BigInt(whole));
