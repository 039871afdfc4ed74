import type { OrderStatus } from '#domain/orders/life-cycle';
import type { Side } from '#domain/orders/order';
import type { Instant } from '#domain/values/instant';

/** One row of the broker's ledger as it tells it. Shares in 1e-9, money in 1e-4. */
export type Activity = { readonly id: string; readonly at: Instant; readonly visibleAt: Instant } & (
  | {
      readonly kind: 'fill';
      readonly order: string;
      readonly orderStatus: OrderStatus;
      readonly ticker: string;
      readonly side: Side;
      readonly whole: boolean;
      readonly shares: number;
      readonly cumulative: number;
      readonly leaves: number;
      readonly price: number;
      /** The row that this one takes back. */
      readonly busts: string | null;
      /** The row in whose place this one stands. */
      readonly corrects: string | null;
    }
  | { readonly kind: 'split'; readonly ticker: string; readonly shares: number; readonly money: number }
  /** Money without a trade: `type` is the broker's word, as DIV or FEE. */
  | { readonly kind: 'cash'; readonly type: string; readonly ticker: string | null; readonly money: number }
);

/** All activities in the order of their instants. */
export class ActivityLog {
  readonly #rows: Activity[] = [];

  add(row: Activity): void {
    this.#rows.push(row);
  }

  get rows(): readonly Activity[] {
    return this.#rows;
  }

  seen(at: Instant): readonly Activity[] {
    return this.#rows.filter(({ visibleAt }) => visibleAt <= at);
  }
}
