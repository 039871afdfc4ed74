import { InvalidArgumentError } from 'commander';
import { type Month, parseMonth } from '#domain/costs/month';
import { type Cash, cash } from '#domain/values/cash';
import { parseE4 } from '#domain/values/decimal';
import { parseSessionDate, type SessionDate } from '#domain/values/session-date';
import { type VendorName, vendorNames } from '#main/news/vendor-names';

/** Parsers of option values for commander; each says what it expected. */
export function dateOption(text: string): SessionDate {
  const date = parseSessionDate(text);
  if (date === null) throw new InvalidArgumentError('Expected a date such as 2018-03-12.');
  return date;
}

export function monthOption(text: string): Month {
  const month = parseMonth(text);
  if (month === null) throw new InvalidArgumentError('Expected a month such as 2026-11.');
  return month;
}

export function moneyOption(text: string): Cash {
  const e4 = parseE4(text);
  if (e4 === null || e4 <= 0) throw new InvalidArgumentError('Expected an amount such as 100000 or 25000.50.');
  return cash(e4);
}

export function countOption(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

export function historyOption(text: string): 'auto' | number {
  if (text === 'auto') return 'auto';
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('Expected auto or a number of sessions, such as 20 or 0.');
  return Number(text);
}

export function speedOption(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY;
  const speed = Number(text);
  if (!(speed > 0)) throw new InvalidArgumentError('Expected how many seconds of the market pass in one, such as 600, or max.');
  return speed;
}

export function rateOption(text: string): number {
  const rate = Number(text);
  if (!/^-?\d?(\.\d{1,12})?$/.test(text) || !/\d/.test(text) || Math.abs(rate) >= 1)
    throw new InvalidArgumentError('Expected a rate a year between -1 and 1, such as 0.04 for 4 %.');
  return rate;
}

export function periodsOption(text: string): number {
  const periods = Number(text);
  if (!/^\d{1,7}(\.\d{1,6})?$/.test(text) || periods <= 0)
    throw new InvalidArgumentError('Expected how many returns make a year, such as 252.');
  return periods;
}

/** Symbols, separated by commas. */
export function symbolsOption(text: string): readonly string[] {
  const symbols = text.split(/[\s,]+/).filter((each) => each !== '');
  const odd = symbols.find((symbol) => !/^[A-Z0-9][A-Z0-9.-]{0,9}$/.test(symbol));
  if (odd !== undefined || symbols.length === 0) throw new InvalidArgumentError('Expected symbols such as AAPL,BRK.B.');
  return symbols;
}

export function newsSourcesOption(text: string): readonly VendorName[] {
  const names = text.split(/[\s,]+/).filter((each) => each !== '');
  const known = vendorNames.filter((name) => names.includes(name));
  if (known.length !== new Set(names).size || known.length === 0)
    throw new InvalidArgumentError(`Expected some of ${vendorNames.join(',')}.`);
  return known;
}

/** Collects an option that may be given several times. */
export const several = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
