import { readFileSync } from 'node:fs';
import { fieldIn, numberIn, textIn } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';

export type Company = { readonly cik: number; readonly symbol: string | null };

type Problem = { readonly kind: 'no_company_list'; readonly what: string };

/** EDGAR is asked once for each company in every round; more than this would take minutes a round. */
const COMPANIES_MAX = 2000;
const CIK_MAX = 9_999_999_999;

/** "320193,JWN=72333": numbers, or a symbol and its number. */
export function companiesIn(text: string): Result<readonly Company[], Problem> {
  const companies: Company[] = [];
  for (const part of text.split(/[\s,;]+/).filter((each) => each !== '')) {
    const match = /^(?:([A-Z0-9][A-Z0-9.-]{0,9})[=:])?(\d{1,10})$/.exec(part);
    if (match === null) return fail({ kind: 'no_company_list', what: `${part} is no number such as 320193 or AAPL=320193` });
    companies.push({ cik: Number(match[2]), symbol: match[1] ?? null });
  }
  return bounded(companies);
}

/** A file such as the SEC's company_tickers.json; of it those with the symbols, or all where none are named. */
export function companiesFrom(file: string, symbols: readonly string[]): Result<readonly Company[], Problem> {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is no JSON' : 'cannot be read';
    return fail({ kind: 'no_company_list', what: `${file} ${why}` });
  }
  const wanted = new Set(symbols);
  const companies: Company[] = [];
  for (const key of typeof raw === 'object' && raw !== null ? Object.keys(raw) : []) {
    const row = fieldIn(raw, key);
    const cik = numberIn(row, 'cik_str');
    // The SEC writes BRK-B for what the exchange calls BRK.B.
    const symbol = textIn(row, 'ticker')?.toUpperCase().replace('-', '.') ?? null;
    if (cik === null || symbol === null || !Number.isInteger(cik) || cik <= 0 || cik > CIK_MAX) continue;
    if (wanted.size === 0 || wanted.has(symbol)) companies.push({ cik, symbol });
  }
  return companies.length === 0
    ? fail({ kind: 'no_company_list', what: `${file} names none of the companies wanted` })
    : bounded(companies);
}

function bounded(companies: readonly Company[]): Result<readonly Company[], Problem> {
  return companies.length <= COMPANIES_MAX
    ? ok([...new Map(companies.map((company) => [company.cik, company])).values()])
    : fail({ kind: 'no_company_list', what: `${companies.length} companies are more than ${COMPANIES_MAX}; choose some with --symbols` });
}
