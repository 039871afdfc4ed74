import type { AccountEvent, Fill, OrderRejection } from '#domain/events/account';
import type { OrderId, Side } from '#domain/orders/order';
import { type Cash, cash, notional } from '#domain/values/cash';
import type { Price } from '#domain/values/price';
import { type Quantity, quantity } from '#domain/values/quantity';

/** What the fee schedule of the day takes for one fill. It may remember the fills before it on that day. */
export type ChargeFees = (fill: { readonly side: Side; readonly shares: Quantity; readonly price: Price }) => Cash;

/** The account at the broker: its cash, and what it has to say since it was last asked. */
export class Account {
  #cash: Cash;
  #charge: ChargeFees = () => cash(0);
  #news: AccountEvent[] = [];
  #fills = 0;

  constructor(start: Cash) {
    this.#cash = start;
  }

  get cash(): Cash {
    return this.#cash;
  }

  /** How many fills there have been. */
  get fills(): number {
    return this.#fills;
  }

  beginDay(charge: ChargeFees): void {
    this.#charge = charge;
  }

  accepted(order: OrderId): void {
    this.#news.push({ kind: 'order_accepted', order });
  }

  rejected(order: OrderId, reason: OrderRejection): void {
    this.#news.push({ kind: 'order_rejected', order, reason });
  }

  filled(fill: Omit<Fill, 'fees'>): void {
    const { order, symbol, side, shares, price, bar, flags } = fill;
    const fees = this.#charge({ side, shares, price });
    const paid = notional(price, shares);
    this.#cash = cash(this.#cash + (side === 'buy' ? -paid : paid) - fees);
    this.#fills++;
    this.#news.push({ kind: 'order_filled', order, symbol, side, shares, price, fees, bar, flags });
  }

  cancelled(order: OrderId, unfilled: number): void {
    this.#news.push({ kind: 'order_cancelled', order, unfilled: quantity(unfilled) });
  }

  reported(worth: number): void {
    this.#news.push({ kind: 'account_reported', cash: this.#cash, equity: cash(this.#cash + worth) });
  }

  takeNews(): AccountEvent[] {
    const news = this.#news;
    if (news.length > 0) this.#news = [];
    return news;
  }
}
