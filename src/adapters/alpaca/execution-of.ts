import { priceOf, sharesOf } from '#adapters/alpaca/decimal-text';
import { brokerOrderIdOf, type Unreadable, unreadable } from '#adapters/alpaca/order-of';
import type { Execution } from '#domain/brokerage/broker-order';
import type { Side } from '#domain/orders/order';
import { textIn } from '#domain/values/json-field';
import { ok, type Result } from '#domain/values/result';
import { parseRfc3339 } from '#domain/values/rfc3339';
import { ticker } from '#domain/values/symbol';

/** Activities name a short sale by a word of its own, which orders do not. */
const sides: ReadonlyMap<string, Side> = new Map([
  ['buy', 'buy'],
  ['sell', 'sell'],
  ['sell_short', 'sell'],
]);

/** A row of GET /v2/account/activities/FILL. Its id begins with the time of New York and is never read as a time. */
export function executionOf(raw: unknown): Result<Execution, Unreadable> {
  const id = textIn(raw, 'id');
  if (id === null || id === '') return unreadable('id');
  if (textIn(raw, 'activity_type') !== 'FILL') return unreadable('activity_type');
  const order = brokerOrderIdOf(textIn(raw, 'order_id'));
  if (order === null) return unreadable('order_id');
  const name = textIn(raw, 'symbol');
  if (name === null || name === '') return unreadable('symbol');
  const side = sides.get(textIn(raw, 'side') ?? '');
  if (side === undefined) return unreadable('side');
  const shares = sharesOf(textIn(raw, 'qty'));
  if (shares === null || shares <= 0) return unreadable('qty');
  const cumulative = sharesOf(textIn(raw, 'cum_qty'));
  if (cumulative === null || cumulative < shares) return unreadable('cum_qty');
  const price = priceOf(textIn(raw, 'price'));
  if (price === null) return unreadable('price');
  const at = parseRfc3339(textIn(raw, 'transaction_time') ?? '');
  if (at === null) return unreadable('transaction_time');
  // A row that amends an earlier one takes it back, or stands in its place (broker-alpaca §13).
  const status = textIn(raw, 'status');
  const amends = status === 'canceled' || status === 'correct';
  const previous = amends ? textIn(raw, 'previous_id') : null;
  if (amends && (previous === null || previous === '')) return unreadable('previous_id');
  const [busts, corrects] = status === 'correct' ? [null, previous] : [previous, null];
  return ok({ id, order, ticker: ticker(name), side, shares, cumulative, price, at, busts, corrects });
}
