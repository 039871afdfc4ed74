import type { Mode } from '#domain/market/trading-day';
import type { Intent } from '#domain/orders/intent';
import type { Order, OrderId, OrderReason, Side } from '#domain/orders/order';
import type { Approved, SizedIntent } from '#domain/risk/approval';
import type { Refusal } from '#domain/risk/refusal';
import type { Cash } from '#domain/values/cash';
import type { Quantity } from '#domain/values/quantity';
import type { SymbolIndex } from '#domain/values/symbol';

/** What a person or a program asks of the house; made at the door, told on by orchestration. */
export type Request =
  | { readonly kind: 'stop_trading'; readonly by: string; readonly because: string }
  | { readonly kind: 'change_mode'; readonly mode: Mode; readonly by: string };

export type DecisionEvent =
  | { readonly kind: 'request_received'; readonly request: Request }
  | { readonly kind: 'stop_requested'; readonly by: string; readonly because: string }
  | { readonly kind: 'mode_changed'; readonly mode: Mode; readonly by: string }
  | { readonly kind: 'intent_formed'; readonly intent: Intent }
  /** `intent` is the sequence of the intent's entry in the journal. */
  | { readonly kind: 'intent_approved'; readonly intent: number; readonly order: Approved<SizedIntent> }
  | {
      readonly kind: 'intent_refused';
      readonly intent: number;
      readonly symbol: SymbolIndex;
      readonly side: Side;
      readonly refusals: readonly Refusal[];
    }
  | { readonly kind: 'loss_warned'; readonly pnl: Cash; readonly limit: Cash }
  | { readonly kind: 'halt_ordered'; readonly reason: 'daily_loss' | 'requested'; readonly pnl: Cash; readonly limit: Cash }
  | { readonly kind: 'order_requested'; readonly order: Approved<Order> }
  | { readonly kind: 'cancel_requested'; readonly order: OrderId; readonly reason: OrderReason | 'entry_stale' }
  | {
      readonly kind: 'position_closed';
      readonly symbol: SymbolIndex;
      readonly side: Side;
      readonly shares: Quantity;
      /** After fees. */
      readonly pnl: Cash;
      readonly fees: Cash;
      readonly reason: OrderReason;
      readonly noMarket: boolean;
      readonly intent: number;
      /** Profit over what the shares that were bought had at risk, from the entry's limit to its first stop. */
      readonly rMultiple: number;
    };
