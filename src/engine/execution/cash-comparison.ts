import type { BrokerAccount, CashActivity } from '#domain/brokerage/broker-order';
import { type Cash, cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import { isCorrecting } from '#engine/execution/corrections';
import type { Cycle } from '#engine/execution/cycle';
import type { Desk } from '#engine/execution/desk';
import { hasGap } from '#engine/execution/tracked';
import type { Answer } from '#engine/ports/brokerage';

/** Cash may differ by a dollar, or by a thousandth of what the account is worth: fees are booked late. */
const SLACK_E4 = 10_000;
const SLACK_SHARE = 0.001;
/** Less than a cent is how the broker writes it. */
const CENT_E4 = 100;

type Open = { readonly account: BrokerAccount; readonly touched: string };

/**
 * Our cash against the broker's: what its activities explain is taken over row by row, and only the rest is a difference (D9). What the
 * account is worth is told after that: money that was taken out would be a loss until its row is read.
 */
export class CashComparison {
  readonly #desk: Desk;
  /** What is being explained. */
  #open: Open | null = null;
  /** The newest reading in which the two were the same: rows of before have been in both. */
  #agreedAt = 0;
  /** The difference that was told last. */
  #told = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** While a list is on its way nothing newer is looked at: it would be explained by what the list could not show yet. */
  compare(cycle: Cycle, account: BrokerAccount): void {
    if (this.#open !== null) return;
    const desk = this.#desk;
    const { cash: theirs } = account;
    const ours = desk.holdings.cash;
    const isStill =
      desk.lanes.every(({ symbol, touched }) => touched === (cycle.touched.get(symbol) ?? 0)) && !desk.roll.links.some(hasGap);
    if (ours === null || !isStill || isCorrecting(desk, null)) return desk.report(account, { hasMoved: false });
    if (Math.abs(theirs - ours) < CENT_E4) {
      this.#agreedAt = cycle.began;
      desk.report(account, { hasMoved: false });
      return this.#judge(account);
    }
    this.#open = { account, touched: this.#touched() };
    desk.outbox.ask({ kind: 'list_cash_activities', after: instant(desk.now - desk.patience.activitiesMs) }, 'reconcile', { kind: 'cash' });
  }

  /** A list that cannot be had explains nothing. */
  listed(answer: Answer): void {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    const { account, touched } = open;
    const isStill = touched === this.#touched();
    const hasMoved = isStill && answer.kind === 'cash_activities' && this.#explain(account.cash, answer.activities);
    this.#desk.report(account, { hasMoved });
    if (isStill) this.#judge(account);
  }

  /**
   * A row explains what it brings nearer; what the book has charged itself, or has begun with, it does not count twice. Whether any did.
   */
  #explain(theirs: Cash, activities: readonly CashActivity[]): boolean {
    const desk = this.#desk;
    const before = desk.moved.size;
    const since = Math.max(desk.begunAt, this.#agreedAt - desk.patience.marginMs);
    const rows = new Set(activities.filter(({ id, at }) => at > since && !desk.moved.has(id)));
    const fits = ({ amount }: CashActivity): boolean => {
      const gap = theirs - (desk.holdings.cash ?? theirs);
      return Math.abs(gap - amount) < Math.abs(gap);
    };
    for (let next = [...rows].find(fits); next !== undefined; next = [...rows].find(fits)) {
      rows.delete(next);
      const { id: activity, cause, ticker, amount, said } = next;
      const symbol = ticker === null ? null : desk.names.indexOf(ticker);
      desk.moveCash({ activity, cause, symbol, amount, detail: said });
    }
    return desk.moved.size > before;
  }

  #judge({ cash: theirs, equity }: BrokerAccount): void {
    const ours = this.#desk.holdings.cash;
    if (ours === null) return;
    const slack = Math.max(SLACK_E4, Math.abs(equity) * SLACK_SHARE);
    const gap = Math.abs(theirs - ours) > slack ? theirs - ours : 0;
    if (Math.abs(gap - this.#told) <= slack) return;
    this.#told = gap;
    if (gap !== 0) this.#desk.tell({ kind: 'difference_found', difference: 'cash', symbol: null, ours: cash(ours), theirs, detail: '' });
  }

  #touched(): string {
    return this.#desk.lanes.map(({ symbol, touched }) => `${symbol} ${touched}`).join();
  }
}
