import type { Answer, Asker, Request, RequestFault } from '#domain/events/request';
import type { Intent } from '#domain/orders/intent';
import type { Order, OrderId, OrderReason, Side } from '#domain/orders/order';
import type { Approved, SizedIntent } from '#domain/risk/approval';
import type { Refusal } from '#domain/risk/refusal';
import type { HaltReason, StopLevel } from '#domain/risk/stop-level';
import type { Choice, Question, QuestionSubject, ReasonCode, Settlement } from '#domain/session/question';
import type { Settings } from '#domain/settings';
import type { Cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import type { Quantity } from '#domain/values/quantity';
import type { SymbolIndex } from '#domain/values/symbol';

/** Which settings a decision was made under: how often they had changed, from 1, and the SHA-256 of their canonical JSON. */
export type SettingsStamp = { readonly version: number; readonly hash: string };

export type DecisionEvent =
  | { readonly kind: 'request_received'; readonly request: Request }
  /** `request` is the sequence of the request, `subject` that of the question or the change it is about, 0 for none. */
  | {
      readonly kind: 'request_refused';
      readonly request: number;
      readonly by: string;
      readonly fault: RequestFault;
      readonly subject: number;
      readonly detail: string;
    }
  | ({ readonly kind: 'stop_requested'; readonly level: StopLevel; readonly because: string } & Asker)
  | ({ readonly kind: 'clear_requested'; readonly because: string } & Asker)
  | ({ readonly kind: 'parameter_requested'; readonly name: string; readonly value: string; readonly because: string } & Asker)
  | ({ readonly kind: 'parameter_confirmed'; readonly change: number; readonly because: string } & Asker)
  | ({ readonly kind: 'answer_given' } & Answer)
  | ({ readonly kind: 'close_requested'; readonly symbol: SymbolIndex; readonly because: string; readonly code: ReasonCode | null } & Asker)
  | { readonly kind: 'stop_cleared'; readonly by: string; readonly because: string }
  /** A looser value waits for a person; its name is the sequence of this entry. */
  | ({
      readonly kind: 'parameter_pending';
      readonly name: string;
      readonly before: string;
      readonly after: string;
      readonly because: string;
    } & Asker)
  /** From now on these settings hold. `name` and `because` of the change that made them. */
  | ({
      readonly kind: 'parameters_changed';
      readonly stamp: SettingsStamp;
      readonly settings: Settings;
      readonly name: string;
      readonly before: string;
      readonly after: string;
      readonly because: string;
    } & Asker)
  | { readonly kind: 'intent_formed'; readonly intent: Intent }
  /** `intent` is the sequence of the intent's entry in the journal. */
  | { readonly kind: 'intent_approved'; readonly intent: number; readonly order: Approved<SizedIntent>; readonly stamp: SettingsStamp }
  /** Every rule has passed it, and a person is to decide: reserved, but nothing that could be sent. */
  | { readonly kind: 'approval_wanted'; readonly intent: number; readonly order: SizedIntent; readonly stamp: SettingsStamp }
  | {
      readonly kind: 'intent_refused';
      readonly intent: number;
      readonly symbol: SymbolIndex;
      readonly side: Side;
      readonly refusals: readonly Refusal[];
      /** What it would have become: the stop, and the shares that the caps leave, perhaps none. */
      readonly stop: Price;
      readonly shares: number;
      readonly stamp: SettingsStamp;
    }
  /** `share` is what part of the day's limit is lost: 0.75, then 0.9. */
  | { readonly kind: 'loss_warned'; readonly pnl: Cash; readonly limit: Cash; readonly share: number }
  | { readonly kind: 'halt_ordered'; readonly reason: HaltReason; readonly level: StopLevel; readonly pnl: Cash; readonly limit: Cash }
  | { readonly kind: 'question_asked'; readonly question: Question; readonly stamp: SettingsStamp }
  /** `question` is the sequence of its entry. `choice` is what is done; an override when it is not what the rules recommended. */
  | {
      readonly kind: 'question_settled';
      readonly question: number;
      readonly subject: QuestionSubject;
      readonly intent: number;
      readonly settlement: Settlement;
      readonly choice: Choice;
      readonly override: boolean;
      readonly by: string;
      readonly because: string;
      readonly code: ReasonCode | null;
    }
  /** A position comes to its time stop at `due`, unless it has gained enough by then: told while a person can still say otherwise. */
  | {
      readonly kind: 'time_stop_near';
      readonly intent: number;
      readonly symbol: SymbolIndex;
      readonly due: Instant;
      readonly shares: Quantity;
      readonly mark: Price;
      readonly stop: Price;
      readonly target: Price;
    }
  | { readonly kind: 'order_requested'; readonly order: Approved<Order> }
  | { readonly kind: 'cancel_requested'; readonly order: OrderId; readonly reason: OrderReason | 'entry_stale' }
  /** The broker is to take no order that opens anything, until it is told otherwise. */
  | { readonly kind: 'suspend_requested' }
  | { readonly kind: 'resume_requested' }
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
