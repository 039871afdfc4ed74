import { exactE4Of, priceOf, sharesOf } from '#adapters/alpaca/decimal-text';
import type { BrokerOrder, BrokerOrderId, BrokerOrderType, ClientOrderId, OrderShape, TimeInForce } from '#domain/brokerage/broker-order';
import { isOrderStatus } from '#domain/orders/life-cycle';
import type { Side } from '#domain/orders/order';
import { fieldIn, listIn, textIn } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';
import { parseRfc3339 } from '#domain/values/rfc3339';
import { ticker } from '#domain/values/symbol';

/** The first field that is missing or is not what it must be; its value is left out, since it may be anything. */
export type Unreadable = { readonly kind: 'unreadable'; readonly field: string };

/** Says which field it was. */
export const unreadable = (field: string) => fail({ kind: 'unreadable', field });

/**
 * A broker's id stands in the path of a request: "." or nothing there would be the list of all orders, which a DELETE
 * cancels. Alpaca's are UUIDs.
 */
const idShape = /^[A-Za-z0-9_-]{1,64}$/;

/** The broker's name of an order; null for what cannot be one. */
export const brokerOrderIdOf = (text: string | null): BrokerOrderId | null =>
  text !== null && idShape.test(text) ? (text as BrokerOrderId) : null;

/** Only these words are sides: "long" or "short" read as one by a default branch has sold what should have been bought (A12). */
const sideOf = (word: string | null): Side | null => (word === 'buy' || word === 'sell' ? word : null);

const shapes: ReadonlyMap<string, OrderShape> = new Map([
  ['', 'simple'],
  ['simple', 'simple'],
  ['bracket', 'bracket'],
  ['oco', 'oco'],
  ['oto', 'oto'],
]);

const types: ReadonlyMap<string, BrokerOrderType> = new Map([
  ['market', 'market'],
  ['limit', 'limit'],
  ['stop', 'stop'],
  ['stop_limit', 'stop_limit'],
  ['trailing_stop', 'trailing_stop'],
]);

/** Whatever is for an auction or for this instant does not outlast the session either. */
const timesInForce: ReadonlyMap<string, TimeInForce> = new Map([
  ['gtc', 'gtc'],
  ['day', 'day'],
  ['opg', 'day'],
  ['cls', 'day'],
  ['ioc', 'day'],
  ['fok', 'day'],
]);

/** An order of an answer or of a message. A word that is not known makes that field unknown; what safety needs must be there. */
export function orderOf(raw: unknown): Result<BrokerOrder, Unreadable> {
  const id = brokerOrderIdOf(textIn(raw, 'id'));
  if (id === null) return unreadable('id');
  const clientId = textIn(raw, 'client_order_id');
  if (clientId === null) return unreadable('client_order_id');
  const name = textIn(raw, 'symbol');
  if (name === null || name === '') return unreadable('symbol');
  const side = sideOf(textIn(raw, 'side'));
  if (side === null) return unreadable('side');
  const status = textIn(raw, 'status');
  if (status === null) return unreadable('status');
  const filled = sharesOf(textIn(raw, 'filled_qty'));
  if (filled === null || filled < 0) return unreadable('filled_qty');
  // An order for an amount of money is nobody's of this house: it says no number of shares, and nothing may be assumed of it.
  const isForMoney = fieldIn(raw, 'qty') === null && textIn(raw, 'notional') !== null;
  const shares = isForMoney ? filled : sharesOf(textIn(raw, 'qty'));
  if (shares === null || shares < 0 || filled > shares) return unreadable('qty');
  const prices = pricesOf(raw);
  if (!prices.ok) return prices;
  const createdAt = parseRfc3339(textIn(raw, 'created_at') ?? '');
  const updatedAt = parseRfc3339(textIn(raw, 'updated_at') ?? '');
  if (createdAt === null || updatedAt === null) return unreadable(createdAt === null ? 'created_at' : 'updated_at');
  const [replacedBy, replaces] = [textIn(raw, 'replaced_by'), textIn(raw, 'replaces')].map((text) => (text === '' ? null : text));
  if (replacedBy !== null && brokerOrderIdOf(replacedBy ?? null) === null) return unreadable('replaced_by');
  if (replaces !== null && brokerOrderIdOf(replaces ?? null) === null) return unreadable('replaces');
  const legs = legsOf(raw);
  if (!legs.ok) return legs;
  return ok({
    id,
    clientId: clientId as ClientOrderId,
    ticker: ticker(name),
    side,
    shape: isForMoney ? 'unknown' : (shapes.get(textIn(raw, 'order_class') ?? '?') ?? 'unknown'),
    type: typeOf(raw),
    timeInForce: timesInForce.get(textIn(raw, 'time_in_force') ?? '') ?? 'unknown',
    shares,
    filled,
    ...prices.value,
    status: isOrderStatus(status) ? status : 'unknown',
    replacedBy: brokerOrderIdOf(replacedBy ?? null),
    replaces: brokerOrderIdOf(replaces ?? null),
    createdAt,
    updatedAt,
    legs: legs.value,
  });
}

/** `order_type` is the older name of the same word; two words that differ are none. */
function typeOf(raw: unknown): BrokerOrderType {
  const older = textIn(raw, 'order_type');
  const word = textIn(raw, 'type') ?? older;
  return word === null || (older !== null && older !== word) ? 'unknown' : (types.get(word) ?? 'unknown');
}

type Prices = Pick<BrokerOrder, 'meanPrice' | 'limit' | 'stop'>;

/** A price that is there and is none must not become one that is not there. */
function pricesOf(raw: unknown): Result<Prices, Unreadable> {
  const [mean, limit, stop] = ['filled_avg_price', 'limit_price', 'stop_price'].map((name) => textIn(raw, name));
  const meanPrice = exactE4Of(mean ?? null);
  const limitPrice = priceOf(limit ?? null);
  const stopPrice = priceOf(stop ?? null);
  if (fieldIn(raw, 'filled_avg_price') !== null && (meanPrice === null || meanPrice < 0)) return unreadable('filled_avg_price');
  if (fieldIn(raw, 'limit_price') !== null && limitPrice === null) return unreadable('limit_price');
  if (fieldIn(raw, 'stop_price') !== null && stopPrice === null) return unreadable('stop_price');
  return ok({ meanPrice: meanPrice === 0 ? null : meanPrice, limit: limitPrice, stop: stopPrice });
}

/** A leg's own legs are always null; so this goes down one step, whatever is sent. */
function legsOf(raw: unknown): Result<readonly BrokerOrder[] | null, Unreadable> {
  if (fieldIn(raw, 'legs') === null) return ok(null);
  const list = listIn(raw, 'legs');
  if (list === null) return unreadable('legs');
  const legs: BrokerOrder[] = [];
  for (const item of list) {
    if (fieldIn(item, 'legs') !== null) return unreadable('legs.legs');
    const leg = orderOf(item);
    if (!leg.ok) return unreadable(`legs.${leg.problem.field}`);
    legs.push(leg.value);
  }
  return ok(legs);
}
