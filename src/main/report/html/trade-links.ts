import type { Trade } from '#domain/performance/trade';
import { pageAnchor, rowAnchor, safe, TRADES } from '#main/report/html/markup';

/** Trades with a page of their own; of more, the best and the worst by R and the last. */
const PAGES = 200;
export const [BEST, WORST] = [60, 60] as const;

/** Trades behind a number that are links of their own; a link to each of thousands would make the file many times as large. */
const LINKS = 100;

/** Which trades get a page with a picture. */
export function picturedTrades(trades: readonly Trade[]): readonly Trade[] {
  if (trades.length <= PAGES) return trades;
  const ranked = trades.toSorted((one, other) => (other.rMultiple ?? 0) - (one.rMultiple ?? 0));
  const chosen = new Set([...ranked.slice(0, BEST), ...ranked.slice(-WORST)]);
  for (let place = trades.length - 1; chosen.size < PAGES; place--) chosen.add(trades[place] as Trade);
  return trades.filter((trade) => chosen.has(trade));
}

/** Leads from numbers to the trades behind them: to a trade's page where it has one, else to its row. */
export class TradeLinks {
  readonly #count: number;
  readonly #pictured: ReadonlySet<string>;

  constructor(trades: readonly Trade[]) {
    this.#count = trades.length;
    this.#pictured = new Set(picturedTrades(trades).map(({ id }) => id));
  }

  hasPage(id: string): boolean {
    return this.#pictured.has(id);
  }

  /** A number that opens to its trades, to each of them; of all trades that are too many to name, to their table. */
  behind(ids: readonly string[], label: string): string {
    if (ids.length === 0) return label;
    if (ids.length > LINKS && ids.length === this.#count) return `<a href="#${TRADES}">${label}</a>`;
    const links = ids.slice(0, LINKS).map((id) => `<a href="#${this.hasPage(id) ? pageAnchor(id) : rowAnchor(id)}">${safe(id)}</a>`);
    const rest = ids.length > LINKS ? `<span>${safe(ids.slice(LINKS).join(' '))}</span>` : '';
    return `<details><summary>${label}</summary><div class="list">${links.join('')}${rest}</div></details>`;
  }
}
