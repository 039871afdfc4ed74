import { parseE4 } from '#domain/values/decimal';
import type { Instant } from '#domain/values/instant';
import { fieldIn, numberIn, textIn } from '#domain/values/json-field';
import { type Price, price } from '#domain/values/price';
import { parseRfc3339 } from '#domain/values/rfc3339';
import { type Ticker, ticker } from '#domain/values/symbol';

/** Values in the body of an admin request; what is missing or of another shape is null. */
export function priceIn(said: unknown, name: string): Price | null {
  const found = fieldIn(said, name);
  // A number is read by its shortest decimal text, as everybody else would write it.
  const text = typeof found === 'number' ? String(found) : typeof found === 'string' ? found : '';
  const e4 = parseE4(text);
  return e4 === null || e4 <= 0 ? null : price(e4);
}

/** The `ticker`. */
export function tickerIn(said: unknown): Ticker | null {
  const text = textIn(said, 'ticker') ?? '';
  return /^[A-Z0-9][A-Z0-9.]{0,9}$/.test(text) ? ticker(text) : null;
}

/** A whole number above zero; the usual one where it is not said. */
export function sharesIn(said: unknown, name: string, usual: number | null = null): number | null {
  const found = fieldIn(said, name);
  if (found === null) return usual;
  return typeof found === 'number' && Number.isSafeInteger(found) && found > 0 ? found : null;
}

/** RFC 3339 text. */
export function momentIn(said: unknown, name: string): Instant | null {
  const text = textIn(said, name);
  return text === null ? null : parseRfc3339(text);
}

/** A whole number. */
export function wholeIn(said: unknown, name: string): number | null {
  const found = numberIn(said, name);
  return found !== null && Number.isSafeInteger(found) ? found : null;
}
