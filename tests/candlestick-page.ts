import { readFileSync } from 'node:fs';

/** What `docs/reference/candlesticks.md` says of a pattern; `spy` and `madeUp` are answers other than 0. */
export type CandlestickLine = { readonly lookback: number; readonly spy: number; readonly madeUp: number };

/** The table of the page, by name. */
export function candlestickPage(): ReadonlyMap<string, CandlestickLine> {
  const page = readFileSync(new URL('../docs/reference/candlesticks.md', import.meta.url), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => /^\| `\w+` \|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(
    rows.map((row) => {
      const [lookback = Number.NaN, spy = Number.NaN, madeUp = Number.NaN] = row.slice(5, 8).map(Number);
      return [(row[1] ?? '').replaceAll('`', ''), { lookback, spy, madeUp }];
    }),
  );
}
