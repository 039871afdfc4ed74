import type { Execution } from '#domain/brokerage/broker-order';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import { type Price, price } from '#domain/values/price';
import type { Ticker } from '#domain/values/symbol';
import type { Desk } from '#engine/execution/desk';
import { applyExecution } from '#engine/execution/fills';
import type { Answer } from '#engine/ports/brokerage';

/**
 * A row that stands in the place of an earlier one, which is null until it is found; used once its shares have explained a difference,
 * and counted once its order counts them too.
 */
export type Correction = { readonly row: Execution; original: Execution | null; isSought: boolean; isUsed: boolean; isCounted: boolean };

/**
 * A trade that was corrected is one that was taken back and another in its place (D10). What it was before is in the broker's own
 * list, so nothing of it has to be remembered across a restart but that its money is in the book.
 */
export function noteCorrection(desk: Desk, row: Execution): void {
  const known = row.id === null ? undefined : desk.corrections.get(row.id);
  if (known !== undefined) return count(desk, known);
  // What was corrected before the book began is in the cash and the shares that it began with.
  if (row.id === null || row.at < desk.begunAt || desk.corrections.size >= desk.patience.keptMax) return;
  const symbol = desk.names.indexOf(row.ticker);
  const isUsed = symbol !== null && row.at <= (desk.corrected.get(symbol) ?? 0);
  desk.corrections.set(row.id, { row, original: null, isSought: true, isUsed, isCounted: false });
  askForOriginal(desk, row.id, row);
}

function askForOriginal(desk: Desk, id: string, { at }: Execution): void {
  const after = instant(at - desk.patience.activitiesMs);
  desk.outbox.ask({ kind: 'list_executions', after }, 'reconcile', { kind: 'corrected', row: id });
}

/** The list in which the corrected trade stands. When it cannot be had the row is forgotten, and the next list shows it again. */
export function originalsListed(desk: Desk, id: string, answer: Answer): void {
  const correction = desk.corrections.get(id);
  if (correction === undefined) return;
  if (answer.kind !== 'executions') {
    desk.corrections.delete(id);
    return;
  }
  correction.isSought = false;
  const { row } = correction;
  const original = answer.executions.find((execution) => execution.id === row.corrects) ?? null;
  const link = desk.roll.link(row.order);
  if (original === null) {
    // Only the corrected trade is left in the list: then it is the trade.
    if (link !== undefined) applyExecution(desk, link, { ...row, corrects: null }, 'list');
    return;
  }
  correction.original = original;
  count(desk, correction);
  desk.compareSoon = true;
  const symbol = desk.names.indexOf(row.ticker);
  const amount = cash(-signed(original) * (row.price - original.price));
  if (symbol === null || amount === 0 || desk.moved.has(id)) return;
  const detail = `${row.side} ${original.shares} at ${original.price / 10_000} was at ${row.price / 10_000}`;
  desk.moveCash({ activity: id, cause: 'correction', symbol, amount, detail });
  if (desk.reported !== null) desk.report(desk.reported, { hasMoved: true });
}

/**
 * An order may count the corrected shares itself, at once or later: then they are a fill, or are known already, and no execution of it is
 * missing. Until then nothing could be judged or sold in the name.
 */
function count(desk: Desk, correction: Correction): void {
  const { row, original, isCounted, isUsed } = correction;
  const link = desk.roll.link(row.order);
  const more = original === null ? 0 : row.shares - original.shares;
  if (isCounted || link === undefined || more <= 0 || link.view.filled < link.applied + more) return;
  correction.isCounted = true;
  correction.isUsed = true;
  const cumulative = link.applied + more;
  if (isUsed) link.applied = cumulative;
  else applyExecution(desk, link, { ...row, corrects: null, shares: more, cumulative }, 'list');
}

/** The price of so many shares more, or fewer, when all corrections of the name that have explained nothing yet come to them. */
export function correctedAt({ corrections }: Desk, name: Ticker, shares: number): Price | null {
  const open = [...corrections.values()].filter(({ row, original, isUsed }) => row.ticker === name && original !== null && !isUsed);
  const moved = open.reduce((sum, correction) => sum + change(correction), 0);
  if (moved !== shares || moved === 0) return null;
  const money = open.reduce((sum, correction) => sum + change(correction) * correction.row.price, 0);
  return price(Math.max(1, Math.round(money / moved)));
}

/** They have explained what they can. */
export function useCorrections({ corrections }: Desk, name: Ticker): void {
  for (const correction of corrections.values())
    if (correction.row.ticker === name && correction.original !== null) correction.isUsed = true;
}

/** Whether what a trade of the name was before is being looked for: until then nothing can be told from a difference. */
export const isCorrecting = ({ corrections }: Desk, name: Ticker | null): boolean =>
  [...corrections.values()].some(({ row, isSought }) => isSought && (name === null || row.ticker === name));

const signed = ({ side, shares }: Execution): number => (side === 'buy' ? shares : -shares);
const change = ({ row, original }: Correction): number => (original === null ? 0 : signed(row) - signed(original));
