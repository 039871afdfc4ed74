import { exactE4Of, priceOf, sharesOf } from '#adapters/alpaca/decimal-text';
import { type Unreadable, unreadable } from '#adapters/alpaca/order-of';
import type { BrokerPosition } from '#domain/brokerage/broker-order';
import { textIn } from '#domain/values/json-field';
import { ok, type Result } from '#domain/values/result';
import { ticker } from '#domain/values/symbol';

/** A row of GET /v2/positions. The word of its side and the sign of its shares must say the same. */
export function positionOf(raw: unknown): Result<BrokerPosition, Unreadable> {
  const name = textIn(raw, 'symbol');
  if (name === null || name === '') return unreadable('symbol');
  const shares = sharesOf(textIn(raw, 'qty'));
  if (shares === null || shares === 0) return unreadable('qty');
  const side = textIn(raw, 'side');
  if (side !== (shares > 0 ? 'long' : 'short')) return unreadable('side');
  const available = sharesOf(textIn(raw, 'qty_available'));
  if (available === null) return unreadable('qty_available');
  const meanCost = exactE4Of(textIn(raw, 'avg_entry_price'));
  if (meanCost === null || meanCost < 0) return unreadable('avg_entry_price');
  return ok({ ticker: ticker(name), shares, available, meanCost, price: priceOf(textIn(raw, 'current_price')) });
}
