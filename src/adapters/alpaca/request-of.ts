import { priceText } from '#adapters/alpaca/decimal-text';
import { brokerOrderIdOf } from '#adapters/alpaca/order-of';
import type { BrokerOrderId } from '#domain/brokerage/broker-order';
import { assert, unreachable } from '#domain/values/assert';
import { formatInstant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import type { Quantity } from '#domain/values/quantity';
import type { Ask } from '#engine/ports/brokerage';
import type { WireRequest } from '#engine/ports/wire';

/** Orders on one page: the most that Alpaca gives. */
const ORDERS_A_PAGE = 500;
/**
 * A page with so many rows, each leg counted, may not be the last. It is not documented whether legs count in the 500, and
 * a group that does not fit any more may be left for the next page.
 */
export const ORDERS_OF_A_FULL_PAGE = 400;
/** Executions, or other activities, on one page: the most that Alpaca gives. */
export const EXECUTIONS_A_PAGE = 100;
/** What the API takes; older clients knew 48. Source: OpenAPI. */
const CLIENT_ID_LENGTH_MAX = 128;

type Submit = Extract<Ask, { kind: 'submit_bracket' | 'submit_exit' }>;

/** The one request of an ask; `page` is the mark that the answer before has given, null for the first page. */
export function requestOf(ask: Ask, page: string | null): WireRequest {
  switch (ask.kind) {
    case 'submit_bracket':
      return post(bracketBody(ask));
    case 'submit_exit':
      return post(exitBody(ask));
    case 'replace_order': {
      const { clientId, shares, limit, stop } = ask;
      return change(pathOf(ask.order), {
        ...(shares === null ? {} : { qty: sharesText(shares) }),
        ...(limit === null ? {} : { limit_price: priceText(limit) }),
        ...(stop === null ? {} : { stop_price: priceText(stop) }),
        client_order_id: checkedId(clientId),
      });
    }
    case 'cancel_order':
      return { method: 'DELETE', path: pathOf(ask.order), query: {}, body: '' };
    case 'suspend_account':
      return change('/v2/account/configurations', { suspend_trade: ask.on });
    case 'find_order':
      return get('/v2/orders:by_client_order_id', { client_order_id: ask.clientId });
    case 'read_order':
      return get(pathOf(ask.order), { nested: 'true' });
    case 'list_open_orders':
      return orders('open', {}, page);
    case 'list_orders':
      return orders('all', { after: formatInstant(ask.after) }, page);
    case 'list_positions':
      return get('/v2/positions', {});
    case 'list_executions':
      return get('/v2/account/activities/FILL', {
        after: formatInstant(ask.after),
        direction: 'asc',
        page_size: String(EXECUTIONS_A_PAGE),
        ...(page === null ? {} : { page_token: page }),
      });
    case 'list_cash_activities':
      return get('/v2/account/activities', {
        category: 'non_trade_activity',
        after: formatInstant(ask.after),
        direction: 'asc',
        page_size: String(EXECUTIONS_A_PAGE),
        ...(page === null ? {} : { page_token: page }),
      });
    case 'read_account':
      return get('/v2/account', {});
    case 'read_clock':
      return get('/v2/clock', {});
    default:
      return unreachable(ask);
  }
}

/** A group without `order_class` is taken as a plain order and stands without protection (broker-alpaca §9.1); DAY would die at the close. */
function bracketBody(ask: Extract<Ask, { kind: 'submit_bracket' }>): object {
  const [below, above] = ask.side === 'buy' ? [ask.stop, ask.target] : [ask.target, ask.stop];
  assert(below < ask.limit && ask.limit < above, `a bracket's limit lies between its stop and its target: ${ask.side} ${ask.clientId}`);
  return {
    ...common(ask),
    type: 'limit',
    limit_price: priceText(ask.limit),
    order_class: 'bracket',
    take_profit: { limit_price: priceText(ask.target) },
    stop_loss: { stop_price: priceText(ask.stop) },
  };
}

function exitBody(ask: Extract<Ask, { kind: 'submit_exit' }>): object {
  const { limit, stop } = ask;
  return {
    ...common(ask),
    type: exitType(limit, stop),
    ...(limit === null ? {} : { limit_price: priceText(limit) }),
    ...(stop === null ? {} : { stop_price: priceText(stop) }),
    order_class: 'simple',
  };
}

/** The type of an exit by the prices that it has. */
export function exitType(limit: Price | null, stop: Price | null): 'market' | 'limit' | 'stop' | 'stop_limit' {
  if (limit === null) return stop === null ? 'market' : 'stop';
  return stop === null ? 'limit' : 'stop_limit';
}

/** `extended_hours` would make an order live overnight as well (broker-alpaca §7). */
function common({ clientId, ticker, side, shares }: Submit): object {
  assert(ticker !== '', `an order names its ticker: ${clientId}`);
  return {
    symbol: ticker,
    qty: sharesText(shares),
    side,
    time_in_force: 'gtc',
    client_order_id: checkedId(clientId),
    extended_hours: false,
  };
}

/** An empty id, or "..", would lead to another address: DELETE there cancels all orders. */
function pathOf(order: BrokerOrderId): string {
  assert(brokerOrderIdOf(order) !== null, 'an order is named by an id of the broker');
  return `/v2/orders/${order}`;
}

function sharesText(shares: Quantity): string {
  assert(Number.isSafeInteger(shares) && shares > 0, `an order is for whole shares, was ${shares}`);
  return String(shares);
}

/** Without an id of ours a lost answer could never be looked up. */
function checkedId(id: string): string {
  assert(id !== '' && id.length <= CLIENT_ID_LENGTH_MAX, `a client id has 1 to ${CLIENT_ID_LENGTH_MAX} characters`);
  return id;
}

/** Alpaca takes `after_order_id` only without `after`: the page before was already behind that instant. */
const orders = (status: 'open' | 'all', from: Readonly<Record<string, string>>, page: string | null): WireRequest =>
  get('/v2/orders', {
    status,
    limit: String(ORDERS_A_PAGE),
    direction: 'asc',
    nested: 'true',
    ...(page === null ? from : { after_order_id: page }),
  });

const get = (path: string, query: Readonly<Record<string, string>>): WireRequest => ({ method: 'GET', path, query, body: '' });
const post = (body: object): WireRequest => ({ method: 'POST', path: '/v2/orders', query: {}, body: JSON.stringify(body) });
const change = (path: string, body: object): WireRequest => ({ method: 'PATCH', path, query: {}, body: JSON.stringify(body) });
