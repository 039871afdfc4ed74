import type { BrokerState } from '#domain/events/account';
import type { AssetStatus } from '#domain/events/market';
import type { HaltReason, StopLevel } from '#domain/risk/stop-level';
import type { Cash } from '#domain/values/cash';
import type { Price } from '#domain/values/price';
import type { SymbolIndex } from '#domain/values/symbol';

/** Why an intent may not become an order: a value with its numbers, recorded, never a text. */
export type Refusal =
  | { readonly kind: 'halted'; readonly level: StopLevel; readonly reason: HaltReason }
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
  | { readonly kind: 'size_is_zero'; readonly limit: Price }
  | { readonly kind: 'weekly_loss_passed'; readonly pnl: Cash; readonly limit: Cash }
  | { readonly kind: 'drawdown_passed'; readonly equity: Cash; readonly peak: Cash; readonly max: number }
  | { readonly kind: 'account_disagrees'; readonly broker: Cash; readonly book: Cash; readonly max: number }
  | { readonly kind: 'protection_missing'; readonly symbol: SymbolIndex; readonly seconds: number }
  | { readonly kind: 'too_many_messages'; readonly used: number; readonly max: number }
  | { readonly kind: 'stop_on_wrong_side'; readonly stop: number; readonly limit: Price }
  | { readonly kind: 'risk_too_high'; readonly risk: Cash; readonly max: Cash }
  | { readonly kind: 'position_too_large'; readonly value: Cash; readonly max: Cash }
  | { readonly kind: 'order_too_valuable'; readonly value: Cash; readonly max: Cash }
  | { readonly kind: 'too_many_shares'; readonly shares: number; readonly max: number }
  | { readonly kind: 'minute_share_passed'; readonly shares: number; readonly max: number }
  | { readonly kind: 'day_share_passed'; readonly shares: number; readonly max: number }
  | { readonly kind: 'gross_exposure_passed'; readonly exposure: Cash; readonly max: Cash }
  | { readonly kind: 'net_exposure_passed'; readonly exposure: Cash; readonly max: Cash }
  | { readonly kind: 'quote_stale'; readonly minutes: number | null; readonly max: number }
  | { readonly kind: 'jump_unconfirmed'; readonly last: number; readonly before: number; readonly max: number }
  | { readonly kind: 'far_from_last'; readonly limit: Price; readonly last: number | null; readonly max: number }
  | { readonly kind: 'far_from_close'; readonly limit: Price; readonly close: number | null; readonly max: number }
  | { readonly kind: 'limits_drifted'; readonly from: number; readonly limit: Price; readonly max: number }
  | { readonly kind: 'duplicate_entry'; readonly seconds: number; readonly min: number }
  | { readonly kind: 'repeated_execution'; readonly count: number; readonly max: number }
  | { readonly kind: 'name_restricted'; readonly symbol: SymbolIndex }
  | { readonly kind: 'name_not_permitted'; readonly symbol: SymbolIndex }
  | { readonly kind: 'not_tradable'; readonly symbol: SymbolIndex; readonly status: AssetStatus }
  | { readonly kind: 'sector_full'; readonly sector: string; readonly held: number; readonly max: number }
  | { readonly kind: 'approval_outgrown'; readonly shares: number; readonly now: number }
  | { readonly kind: 'broker_not_ready'; readonly state: BrokerState }
  | { readonly kind: 'name_quarantined'; readonly symbol: SymbolIndex }
  | { readonly kind: 'clock_skewed'; readonly ms: number; readonly max: number };

export type RefusalKind = Refusal['kind'];
