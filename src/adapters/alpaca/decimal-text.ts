import { assert } from '#domain/values/assert';
import { formatE4, parseE4 } from '#domain/values/decimal';
import { type Price, price } from '#domain/values/price';

const plain = /^-?\d{1,12}(?:\.(\d{1,9}))?$/;

/** Shares as the trading API writes them: a decimal text with at most nine decimals; `null` for anything else. */
export function sharesOf(text: string | null): number | null {
  return text !== null && plain.test(text) ? Number(text) : null;
}

/** Money or a mean price in 1e-4 with what is finer as a fraction: "86.878125" is 868781.25. The whole part never passes a float. */
export function exactE4Of(text: string | null): number | null {
  const match = /^(-?\d{1,12}(?:\.\d{1,4})?)(?:(?<=\.\d{4})(\d+))?$/.exec(text ?? '');
  const e4 = match === null ? null : parseE4(match[1] ?? '');
  if (match === null || e4 === null) return null;
  const rest = Number(`0.${match[2] ?? '0'}`);
  return text?.startsWith('-') === true ? e4 - rest : e4 + rest;
}

/** A price of the trading API in 1e-4, finer digits rounded half to even; `null` for what is no price above zero. */
export function priceOf(text: string | null): Price | null {
  const e4 = text === null ? null : parseE4(text);
  return e4 === null || e4 <= 0 ? null : price(e4);
}

/**
 * A price of the market data, which come as JSON numbers: the shortest text that names the float is the one that was
 * sent, and it is read as a decimal. `null` for zero, less, NaN, and what is too fine or too large for a price.
 */
export const priceOfNumber = (raw: unknown): Price | null => (typeof raw === 'number' ? priceOf(String(raw)) : null);

/** SEC Rule 612 and broker-alpaca §7: whole cents from one dollar on, 1e-4 below. */
const CENT = 100;
const DOLLAR = 10_000;

/** A price as it is sent. The last check before the wire: one that is off the grid was never rounded, which is a bug of ours. */
export function priceText(at: Price): string {
  assert(Number.isSafeInteger(at) && at > 0 && (at < DOLLAR || at % CENT === 0), `a price on the wire lies on the grid, was ${at} of 1e-4`);
  const text = formatE4(at);
  return text.endsWith('00') ? text.slice(0, -2) : text;
}
