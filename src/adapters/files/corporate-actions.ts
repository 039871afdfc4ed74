import type { FileProblem } from '#adapters/files/file-problem';
import { readHeadedLines } from '#adapters/files/headed-lines';
import { fail, ok, type Result } from '#domain/values/result';
import { dateOfDay, dayOf, parseSessionDate, type SessionDate } from '#domain/values/session-date';
import { ticker } from '#domain/values/symbol';

/** From this date on, if it is no session then from the next one, each old share is so many new ones. */
export type Split = { readonly symbol: string; readonly date: SessionDate; readonly ratio: number };

export type ActionsProblem =
  | FileProblem
  | { readonly kind: 'bad_action'; readonly path: string; readonly line: number; readonly found: string };

const dated = 'symbol,date,kind,ratio';
export const leanHeader = 'permtick,date,price_factor,split_factor,reference_price';
const expected = `${dated} (kind is split), or the factor file ${leanHeader}`;

/** Reads the splits of a file of corporate actions, or those that a LEAN factor file implies. */
export async function readSplits(path: string): Promise<Result<readonly Split[], ActionsProblem>> {
  const read = await readHeadedLines(path, expected);
  if (!read.ok) return read;
  const { header, lines } = read.value;
  if (header === dated) return datedSplits(path, lines);
  if (header === leanHeader) return leanSplits(path, lines);
  return fail({ kind: 'other_shape', path, expected, found: `"${header.slice(0, 80)}"` });
}

function datedSplits(path: string, lines: readonly string[]): Result<readonly Split[], ActionsProblem> {
  const splits: Split[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const [name = '', day = '', kind, ratioText = '', ...more] = line.split(',');
    const symbol = ticker(name);
    const date = parseSessionDate(day);
    const ratio = positive(ratioText);
    if (symbol === '' || date === null || kind !== 'split' || ratio === null || more.length > 0) return bad(path, index, line);
    splits.push({ symbol, date, ratio });
  }
  return ok(splits);
}

/** A row of factors holds up to and including its date, so a new split factor takes effect on the day after. */
function leanSplits(path: string, lines: readonly string[]): Result<readonly Split[], ActionsProblem> {
  const splits: Split[] = [];
  let before: { symbol: string; date: SessionDate; factor: number } | null = null;
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const [name = '', day = '', , factorText = ''] = line.split(',');
    const symbol = ticker(name);
    const date = parseSessionDate(day);
    const factor = positive(factorText);
    if (symbol === '' || date === null || factor === null) return bad(path, index, line);
    if (before !== null && before.symbol === symbol && before.factor !== factor) {
      splits.push({ symbol, date: dateOfDay(dayOf(before.date) + 1), ratio: smallFraction(factor / before.factor) });
    }
    before = { symbol, date, factor };
  }
  return ok(splits);
}

/** Factors are written with few digits: 0.25 / 0.0357143 means 7. The nearest p/q with q up to 20 within 1 in 10,000, else as it is. */
function smallFraction(ratio: number): number {
  for (let q = 1; q <= 20; q++) {
    const p = Math.round(ratio * q);
    if (p > 0 && Math.abs(p / q - ratio) < ratio * 1e-4) return p / q;
  }
  return ratio;
}

function positive(text: string): number | null {
  const value = /^\d{1,9}(\.\d{1,12})?$/.test(text) ? Number(text) : 0;
  return value > 0 ? value : null;
}

const bad = (path: string, index: number, line: string) => fail({ kind: 'bad_action', path, line: index + 2, found: line.slice(0, 80) });
