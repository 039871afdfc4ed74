import { type ActionsProblem, leanHeader, readSplits } from '#adapters/files/corporate-actions';
import { readHeadedLines } from '#adapters/files/headed-lines';
import { fail, ok, type Result } from '#domain/values/result';
import { dayOf, parseSessionDate } from '#domain/values/session-date';

/** Up to and including a day, a price is so many times itself and a volume a part of itself in the scale of today. */
export type Factor = { readonly throughDay: number; readonly price: number; readonly shares: number };

/** By symbol, oldest first; after the last of them a price is what it is. */
export type PriceFactors = ReadonlyMap<string, readonly Factor[]>;

/** Reads what `readSplits` reads as factors; of a LEAN factor file the dividends too. */
export async function readPriceFactors(path: string): Promise<Result<PriceFactors, ActionsProblem>> {
  const splits = await readSplits(path);
  if (!splits.ok) return splits;
  const read = await readHeadedLines(path, 'a file of factors');
  if (!read.ok) return read;
  const { header, lines } = read.value;
  if (header === leanHeader) return leanFactors(path, lines);
  const bySymbol = new Map<string, Factor[]>();
  for (const { symbol, date, ratio } of [...splits.value].sort((a, b) => (a.date < b.date ? 1 : -1))) {
    const known = bySymbol.get(symbol) ?? [];
    const later = known[0]?.shares ?? 1;
    bySymbol.set(symbol, [{ throughDay: dayOf(date) - 1, price: 1 / (later * ratio), shares: later * ratio }, ...known]);
  }
  return ok(bySymbol);
}

function leanFactors(path: string, lines: readonly string[]): Result<PriceFactors, ActionsProblem> {
  const bySymbol = new Map<string, Factor[]>();
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const [symbol = '', day = '', price = '', split = ''] = line.split(',');
    const date = parseSessionDate(day);
    const known = bySymbol.get(symbol) ?? [];
    const ofPrice = Number(price);
    const ofSplit = Number(split);
    const isReal = date !== null && ofPrice > 0 && ofSplit > 0 && Number.isFinite(ofPrice * ofSplit);
    if (!isReal || (known.at(-1)?.throughDay ?? Number.NEGATIVE_INFINITY) >= dayOf(date)) {
      return fail({ kind: 'bad_action', path, line: index + 2, found: line.slice(0, 80) });
    }
    known.push({ throughDay: dayOf(date), price: ofPrice * ofSplit, shares: 1 / ofSplit });
    bySymbol.set(symbol, known);
  }
  return ok(bySymbol);
}

const unchanged: Factor = { throughDay: Number.POSITIVE_INFINITY, price: 1, shares: 1 };

/** The factor of a day: of the first row whose day is on or after it. */
export function factorOn(factors: readonly Factor[], day: number): Factor {
  let low = 0;
  let high = factors.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((factors[middle]?.throughDay ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return factors[low] ?? unchanged;
}
