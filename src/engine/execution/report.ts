import type { BrokerOrderId } from '#domain/brokerage/broker-order';
import type { BrokerState } from '#domain/events/account';
import type { OrderStatus } from '#domain/orders/life-cycle';
import type { OrderId, OrderRole } from '#domain/orders/order';
import type { Instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import { coveredShares } from '#engine/execution/cover-watch';
import type { Desk } from '#engine/execution/desk';
import { liveLink, type Stage } from '#engine/execution/tracked';

/** What a view shows of the way to the broker. Shares are whole. */
export type ExecutionReport = {
  readonly state: BrokerState;
  /** Orders of the house that are not over. */
  readonly orders: readonly {
    readonly order: OrderId;
    readonly role: OrderRole;
    readonly symbol: SymbolIndex;
    readonly stage: Stage;
    readonly broker: BrokerOrderId | null;
    readonly status: OrderStatus | null;
    readonly shares: number;
    readonly filled: number;
  }[];
  readonly unknown: readonly OrderId[];
  readonly uncovered: readonly { readonly symbol: SymbolIndex; readonly shares: number; readonly since: Instant }[];
  readonly quarantined: readonly SymbolIndex[];
  /** Asks that have not been answered. */
  readonly underWay: number;
};

export function reportOf(desk: Desk): ExecutionReport {
  const { open } = desk.roll;
  return {
    state: desk.line.state,
    orders: open.map((tracked) => {
      const link = liveLink(tracked) ?? null;
      const { order, stage, filled } = tracked;
      const { id, role, symbol, shares } = order;
      return { order: id, role, symbol, stage, broker: link?.id ?? null, status: link?.status ?? null, shares, filled };
    }),
    unknown: open.filter(({ stage, links }) => stage === 'unknown' || links.some(({ unclear }) => unclear)).map(({ order }) => order.id),
    uncovered: desk.lanes.flatMap(({ symbol, bareSince }) =>
      bareSince === null ? [] : [{ symbol, shares: Math.abs(desk.holdings.of(symbol)) - coveredShares(desk, symbol), since: bareSince }],
    ),
    quarantined: [...desk.quarantined],
    underWay: desk.outbox.pending,
  };
}
