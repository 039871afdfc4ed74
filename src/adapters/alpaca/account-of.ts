import { type Unreadable, unreadable } from '#adapters/alpaca/order-of';
import type { BrokerAccount, BrokerClock } from '#domain/brokerage/broker-order';
import { cash } from '#domain/values/cash';
import { parseE4 } from '#domain/values/decimal';
import { fieldIn, textIn } from '#domain/values/json-field';
import { ok, type Result } from '#domain/values/result';
import { parseRfc3339 } from '#domain/values/rfc3339';

/**
 * GET /v2/account. Only what this house needs is read, so the fields of the pattern-day-trader rule may be there (before
 * July 2026) or not. `blocked` is what the broker did; `suspended` is what we or the owner told it.
 */
export function accountOf(raw: unknown): Result<BrokerAccount, Unreadable> {
  const id = textIn(raw, 'id');
  if (id === null || id === '') return unreadable('id');
  const cashE4 = parseE4(textIn(raw, 'cash') ?? '');
  if (cashE4 === null) return unreadable('cash');
  const equityE4 = parseE4(textIn(raw, 'equity') ?? '');
  if (equityE4 === null) return unreadable('equity');
  const status = textIn(raw, 'status');
  if (status === null) return unreadable('status');
  const flags = ['trading_blocked', 'account_blocked', 'trade_suspended_by_user'] as const;
  const missing = flags.find((name) => typeof fieldIn(raw, name) !== 'boolean');
  if (missing !== undefined) return unreadable(missing);
  const currency = textIn(raw, 'currency') ?? 'USD';
  const reasons = [
    ...(status === 'ACTIVE' ? [] : [`status ${status}`]),
    ...flags.slice(0, 2).filter((name) => fieldIn(raw, name) === true),
    ...(currency === 'USD' ? [] : [`currency ${currency}`]),
  ];
  const bySettings = fieldIn(fieldIn(raw, 'user_configurations'), 'suspend_trade') === true;
  return ok({
    id,
    cash: cash(cashE4),
    equity: cash(equityE4),
    blocked: reasons.length === 0 ? null : reasons.join(', ').slice(0, 200),
    suspended: fieldIn(raw, 'trade_suspended_by_user') === true || bySettings,
  });
}

/** GET /v2/clock. While the market is open, `next_open` is the one of a later day, so `is_open` alone says whether it is. */
export function clockOf(raw: unknown): Result<BrokerClock, Unreadable> {
  const now = parseRfc3339(textIn(raw, 'timestamp') ?? '');
  if (now === null) return unreadable('timestamp');
  const isOpen = fieldIn(raw, 'is_open');
  if (typeof isOpen !== 'boolean') return unreadable('is_open');
  const nextOpen = parseRfc3339(textIn(raw, 'next_open') ?? '');
  if (nextOpen === null) return unreadable('next_open');
  const nextClose = parseRfc3339(textIn(raw, 'next_close') ?? '');
  if (nextClose === null) return unreadable('next_close');
  return ok({ now, isOpen, nextOpen, nextClose });
}
