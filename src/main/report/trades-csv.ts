import type { Trade } from '#domain/performance/trade';
import { formatE4 } from '#domain/values/decimal';
import { formatInstant, MINUTE_MS } from '#domain/values/instant';
import { printable } from '#main/commands/printable';
import type { Report } from '#main/report/report-of';
import { realityText } from '#main/report/report-words';

type Cell = string | number | boolean | null;
type Column = readonly [name: string, of: (trade: Trade, name: string) => Cell];

const money = (e4: number | null | undefined): string | null => (e4 == null ? null : formatE4(Math.round(e4)));

const columns: readonly Column[] = [
  ['trade', ({ id }) => id],
  ['session', ({ session }) => session],
  ['symbol', (_, name) => name],
  ['side', ({ side }) => side],
  ['pattern', ({ plan }) => plan?.pattern ?? null],
  ['catalyst', ({ plan }) => plan?.catalyst ?? null],
  ['phase', ({ phase }) => phase],
  ['decided', ({ decided }) => formatInstant(decided)],
  ['opened', ({ opened }) => formatInstant(opened)],
  ['closed', ({ closed }) => formatInstant(closed)],
  ['minutes', ({ opened, closed }) => (closed - opened) / MINUTE_MS],
  ['shares', ({ shares }) => shares],
  ['entry', ({ entry }) => money(entry)],
  ['exit', ({ exit }) => money(exit)],
  ['decision_price', ({ plan }) => money(plan?.price)],
  ['limit', ({ plan }) => money(plan?.limit)],
  ['stop', ({ plan }) => money(plan?.stop)],
  ['target', ({ plan }) => money(plan?.target)],
  ['risk', ({ risk }) => money(risk)],
  ['pnl', ({ pnl }) => money(pnl)],
  ['fees', ({ fees }) => money(fees)],
  ['r', ({ rMultiple }) => rMultiple],
  ['reason', ({ reason }) => reason],
  ['no_market', ({ noMarket }) => noMarket],
  ['mfe', ({ favourable }) => money(favourable.money)],
  ['mfe_r', ({ favourable }) => favourable.r],
  ['mae', ({ adverse }) => money(adverse.money)],
  ['mae_r', ({ adverse }) => adverse.r],
  ['slippage_entry', ({ slippage }) => money(slippage.entry)],
  ['slippage_exit', ({ slippage }) => money(slippage.exit)],
  ['confidence', ({ plan }) => plan?.confidence ?? null],
  ['headline', ({ plan }) => plan?.headline?.text ?? null],
  ['headline_source', ({ plan }) => plan?.headline?.source ?? null],
  ['notes', ({ notes }) => notes.map(({ by, choice, because }) => `${by}: ${choice} ${because}`.trim()).join('; ')],
  ['real', () => null],
];

/** The trades as a table (RFC 4180): money as decimal text, instants in UTC. Each row says how real it is. */
export function tradesCsv({ trades, record }: Report): string {
  const real = realityText(record.source) ?? 'live';
  const rows = trades.map((trade) => columns.map(([name, of]) => (name === 'real' ? real : of(trade, record.nameOf(trade.symbol)))));
  return [columns.map(([name]) => name), ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

/** What a spreadsheet would take for a formula begins with an apostrophe: a headline must not calculate. */
export function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = printable(cell);
  const harmless = /^[=+@\t]/.test(text) || /^-(?![\d.]+$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
