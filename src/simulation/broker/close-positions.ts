import { parseE4 } from '#domain/values/decimal';
import { type ApiAnswer, answer, invalid, notFound, refuse } from '#simulation/broker/api-answer';
import { cancelNow } from '#simulation/broker/cancel';
import type { Floor } from '#simulation/broker/floor';
import type { Json } from '#simulation/broker/json';
import type { OrderDraft } from '#simulation/broker/order-draft';
import { orderWithLegs } from '#simulation/broker/orders-text';
import { closingSide } from '#simulation/broker/reservations';
import { parseE9, share } from '#simulation/broker/shares-e9';
import { submit } from '#simulation/broker/submit';

type Query = Readonly<Record<string, string>>;

/** A market order that gives back so many shares; a position is not closed by its answer. Source: broker-alpaca §12. */
export function closePosition(floor: Floor, ticker: string, query: Query): ApiAnswer {
  const held = floor.holdings.position(ticker).shares;
  if (held === 0) return notFound('position');
  const qty = partAsked(Math.abs(held), query);
  if (qty === 'both') return invalid('only one of qty or percentage is accepted');
  if (qty === null || qty === 0) return refuse(422, 40010001, 'invalid qty or percentage');
  const sent = submit(floor, marketOrder(ticker, closingSide(held) ?? 'sell', qty));
  return sent.ok ? answer(orderWithLegs(floor, sent.value, false)) : sent.answer;
}

function partAsked(size: number, { qty, percentage }: Query): number | null | 'both' {
  if (qty !== undefined && percentage !== undefined) return 'both';
  if (qty !== undefined) return parseE9(qty);
  if (percentage === undefined) return size;
  const percentE4 = parseE4(percentage);
  return percentE4 === null || percentE4 <= 0 || percentE4 > 1_000_000 ? null : share(size, percentE4, 1_000_000);
}

/** All positions, each with a status of its own. */
export function closeAll(floor: Floor, query: Query): ApiAnswer {
  if (query['cancel_orders'] === 'true') cancelNow(floor, floor.orders.live());
  const held = floor.holdings.tickers.filter((ticker) => floor.holdings.position(ticker).shares !== 0);
  const items = held.map((symbol): Json => {
    const { status, body } = closePosition(floor, symbol, {});
    return { symbol, status, body };
  });
  return answer(items, 207);
}

const marketOrder = (ticker: string, side: 'buy' | 'sell', qty: number): OrderDraft => ({
  clientId: null,
  ticker,
  side,
  type: 'market',
  tif: 'day',
  extended: false,
  shape: '',
  qty,
  notional: null,
  limit: null,
  stop: null,
  trailPrice: null,
  trailPercent: null,
  takeProfit: null,
  stopLoss: null,
});
