import type { TickRule } from '#domain/market/us/tick-rules';
import type { Intent } from '#domain/orders/intent';
import { type Order, type OrderId, type OrderReason, opposite } from '#domain/orders/order';
import type { Position } from '#domain/portfolio/book';
import { kellyShare } from '#domain/risk/kelly';
import type { Refusal } from '#domain/risk/refusal';
import type { RiskView } from '#domain/risk/risk-view';
import { rules } from '#domain/risk/rules';
import { type SizeQuestion, sharesFor } from '#domain/risk/sizing';
import { stopPriceOfLong } from '#domain/risk/stop-price';
import { assert } from '#domain/values/assert';
import { type Cash, cash } from '#domain/values/cash';
import type { Price } from '#domain/values/price';
import { type Quantity, quantity } from '#domain/values/quantity';

declare const approval: unique symbol;

/** Proof that risk looked at it. Only this file can make one, so nothing unapproved can be sent. */
export type Approved<Item> = Item & { readonly [approval]: true };

/** An intent with its size and its stop; `risk` is what is lost if the stop fills at its price. */
export type SizedIntent = Intent & { readonly stop: Price; readonly shares: Quantity; readonly risk: Cash };

export type Verdict =
  | { readonly kind: 'approved'; readonly order: Approved<SizedIntent> }
  | {
      readonly kind: 'refused';
      readonly refusals: readonly [Refusal, ...Refusal[]];
      /** What it would have become; the shares may be none. */
      readonly stop: Price;
      readonly shares: Quantity;
    };

/** Sizes an intent, asks every rule, and either approves it or gives all reasons against. */
export function review(intent: Intent, view: RiskView, ticks: TickRule): Verdict {
  const stop = stopPriceOfLong({ entry: intent.limit, atr: intent.atr, support: intent.support, ticks }, view.limits);
  const shares = sizeNow(intent, stop, view);
  return judged({ ...intent, stop, shares, risk: riskOf(intent, stop, shares) }, shares, view);
}

/**
 * Looks once more at an order that waited for a person: the same rules as the account and the price are now, the same
 * shares, limit, stop and target. It is never cut to what would fit, since nobody has agreed to that.
 */
export function reviewAgain(sized: SizedIntent, view: RiskView): Verdict {
  return judged(sized, sizeNow(sized, sized.stop, view), view);
}

function judged(order: SizedIntent, sized: number, view: RiskView): Verdict {
  const { stop, shares } = order;
  const [first, ...others] = rules.map((rule) => rule({ intent: order, stop, shares, sized }, view)).filter((refusal) => refusal !== null);
  if (first !== undefined) return { kind: 'refused', refusals: [first, ...others], stop, shares };
  return { kind: 'approved', order: order as Approved<SizedIntent> };
}

const riskOf = ({ limit }: Intent, stop: number, shares: number): Cash => cash(Math.max(0, limit - stop) * shares);

function sizeNow(intent: Intent, stop: number, view: RiskView): Quantity {
  const { equity, exposure, limits } = view;
  const netLeft = equity * limits.netExposureMax - (intent.side === 'buy' ? exposure.net : -exposure.net);
  // A stop at the limit makes this no number, and sizes nothing whatever it is.
  const ratio = (intent.target - intent.limit) / (intent.limit - stop);
  const question: SizeQuestion = {
    equity,
    riskShare: view.phase.riskShare,
    kellyShare: kellyShare(intent.record, ratio, view.sizing),
    entry: intent.limit,
    stop,
    openRisk: view.openRisk,
    cashFree: view.cashFree,
    exposureLeft: Math.min(equity * limits.grossExposureMax - exposure.gross, netLeft),
    liquidShares: intent.liquidShares,
    dayShares: view.quote.dayShares,
    lossesInARow: view.lossesInARow,
  };
  return sharesFor(question, limits);
}

export type BracketIds = { readonly entry: OrderId; readonly stop: OrderId; readonly target: OrderId };

/** The bracket of an approved intent: no entry leaves without its stop and its target. */
export function bracketOf(approved: Approved<SizedIntent>, intent: number, ids: BracketIds): readonly Approved<Order>[] {
  const { symbol, side, shares, limit, stop, target, pattern } = approved;
  const leg = { symbol, side: opposite(side), shares, parent: ids.entry, intent } as const;
  const orders: readonly Order[] = [
    { id: ids.entry, role: 'entry', type: 'limit', symbol, side, shares, limit, stop: null, parent: null, intent, reason: pattern },
    { ...leg, id: ids.stop, role: 'stop', type: 'stop', limit: null, stop, reason: 'protective_stop' },
    { ...leg, id: ids.target, role: 'target', type: 'limit', limit: target, stop: null, reason: 'profit_target' },
  ];
  return orders as readonly Approved<Order>[];
}

export type ExitTerms = {
  readonly id: OrderId;
  readonly role: 'exit' | 'stop';
  readonly limit: Price | null;
  readonly stop: Price | null;
  readonly parent: OrderId | null;
  readonly intent: number;
  readonly reason: OrderReason;
};

/** An order that gives risk back needs no review, but only the whole of what is held, the other way, is such an order. */
export function exitOf(position: Position, terms: ExitTerms): Approved<Order> {
  assert(position.shares !== 0, 'an exit needs a position');
  const order: Order = {
    ...terms,
    type: terms.stop !== null ? 'stop' : terms.limit !== null ? 'limit' : 'market',
    symbol: position.symbol,
    side: position.shares > 0 ? 'sell' : 'buy',
    shares: quantity(Math.abs(position.shares)),
  };
  return order as Approved<Order>;
}
