import { type Unreadable, unreadable } from '#adapters/alpaca/order-of';
import type { CashActivity } from '#domain/brokerage/broker-order';
import type { CashCause } from '#domain/events/account';
import { cash } from '#domain/values/cash';
import { parseE4 } from '#domain/values/decimal';
import { DAY_MS, instant } from '#domain/values/instant';
import { fieldIn, textIn } from '#domain/values/json-field';
import { ok, type Result } from '#domain/values/result';
import { parseRfc3339 } from '#domain/values/rfc3339';
import { ticker } from '#domain/values/symbol';

/** A row of GET /v2/account/activities; what moved no money, or not for certain, is null. */
type Activity = { readonly id: string; readonly moved: CashActivity | null };

/** Alpaca's words for what moves money, by their beginnings; the first that fits. Source: documentation of account activities. */
const causes: readonly (readonly [beginning: string, cause: CashCause])[] = [
  ['FEE', 'fee'],
  ['CFEE', 'fee'],
  ['PTC', 'fee'],
  ['DIV', 'dividend'],
  ['INT', 'interest'],
  ['JNL', 'transfer'],
  ['CSD', 'transfer'],
  ['CSW', 'transfer'],
  ['ACATC', 'transfer'],
  ['TRANS', 'transfer'],
];

/** A trade is told by the list of executions, and a row that amends another (broker-alpaca §13) does not say which money is left. */
export function activityOf(raw: unknown): Result<Activity, Unreadable> {
  const id = textIn(raw, 'id');
  if (id === null || id === '') return unreadable('id');
  const said = textIn(raw, 'activity_type');
  if (said === null || said === '') return unreadable('activity_type');
  if (said === 'FILL' || fieldIn(raw, 'net_amount') === null) return ok({ id, moved: null });
  const amount = parseE4(textIn(raw, 'net_amount') ?? '');
  if (amount === null) return unreadable('net_amount');
  const status = textIn(raw, 'status');
  if (amount === 0 || (status !== null && status !== 'executed')) return ok({ id, moved: null });
  const booked = parseRfc3339(textIn(raw, 'created_at') ?? '');
  const day = parseRfc3339(`${textIn(raw, 'date') ?? ''}T00:00:00Z`);
  if (booked === null && day === null) return unreadable('date');
  const name = textIn(raw, 'symbol');
  const moved = {
    id,
    cause: causes.find(([beginning]) => said.startsWith(beginning))?.[1] ?? 'other',
    ticker: name === null || name === '' ? null : ticker(name),
    amount: cash(amount),
    at: booked ?? instant((day ?? 0) + DAY_MS - 1),
    said: said.slice(0, 40),
  };
  return ok({ id, moved });
}
