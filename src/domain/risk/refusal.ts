import type { Cash } from '#domain/values/cash';
import type { Price } from '#domain/values/price';
import type { SymbolIndex } from '#domain/values/symbol';

/** Why an intent may not become an order: a value with its numbers, recorded, never a text. */
export type Refusal =
  | { readonly kind: 'halted' }
  | { readonly kind: 'daily_loss_passed'; readonly pnl: Cash; readonly limit: Cash }
  | { readonly kind: 'entries_closed'; readonly minute: number }
  | { readonly kind: 'phase_entries_used'; readonly used: number; readonly max: number }
  | { readonly kind: 'too_many_positions'; readonly held: number; readonly max: number }
  | { readonly kind: 'position_in_symbol'; readonly symbol: SymbolIndex }
  | { readonly kind: 'short_not_allowed' }
  | { readonly kind: 'stop_too_far'; readonly distance: number; readonly max: number }
  | { readonly kind: 'reward_too_small'; readonly ratio: number; readonly min: number }
  | { readonly kind: 'open_risk_used'; readonly open: Cash; readonly max: Cash }
  | { readonly kind: 'correlated'; readonly other: SymbolIndex; readonly correlation: number; readonly max: number }
  | { readonly kind: 'correlation_unknown'; readonly other: SymbolIndex; readonly points: number; readonly min: number }
  | { readonly kind: 'no_buying_power'; readonly available: Cash; readonly limit: Price }
  | { readonly kind: 'size_is_zero'; readonly limit: Price };

export type RefusalKind = Refusal['kind'];
