import { exitType } from '#adapters/alpaca/request-of';
import type { BrokerOrder } from '#domain/brokerage/broker-order';
import { opposite } from '#domain/orders/order';
import type { Mutation } from '#engine/ports/brokerage';

type Submit = Extract<Mutation, { kind: 'submit_bracket' | 'submit_exit' }>;

/**
 * The first field in which the order of an answer is not the one that was asked for; null when it is. An answer counts
 * only when it tells of our order: a wrong side or a missing class is found here and not in the account (A3, A12).
 */
export function differsFrom(ask: Submit, order: BrokerOrder): string | null {
  const { limit, stop } = ask;
  const isBracket = ask.kind === 'submit_bracket';
  if (order.clientId !== ask.clientId) return 'client_order_id';
  if (order.ticker !== ask.ticker) return 'symbol';
  if (order.side !== ask.side) return 'side';
  if (order.shares !== ask.shares) return 'qty';
  if (order.shape !== (isBracket ? 'bracket' : 'simple')) return 'order_class';
  if (order.type !== (isBracket ? 'limit' : exitType(limit, stop))) return 'type';
  if (order.limit !== limit) return 'limit_price';
  if (!isBracket) return order.stop !== stop ? 'stop_price' : order.legs !== null && order.legs.length > 0 ? 'legs' : null;
  return order.legs === null ? null : legsDiffer(ask, order.legs);
}

/** One leg takes the profit, one stops the loss, both on the other side and for all shares. */
function legsDiffer(ask: Extract<Mutation, { kind: 'submit_bracket' }>, legs: readonly BrokerOrder[]): string | null {
  if (legs.length !== 2) return 'legs';
  const side = opposite(ask.side);
  if (legs.some((leg) => leg.side !== side || leg.ticker !== ask.ticker || leg.shares !== ask.shares)) return 'legs';
  const isTarget = legs.some(({ type, limit }) => type === 'limit' && limit === ask.target);
  const isStop = legs.some(({ type, stop }) => type === 'stop' && stop === ask.stop);
  return isTarget && isStop ? null : 'legs';
}
