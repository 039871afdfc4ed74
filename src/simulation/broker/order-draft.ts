import type { Side } from '#domain/orders/order';
import { parseE4 } from '#domain/values/decimal';
import { fieldIn, textIn } from '#domain/values/json-field';
import { type ApiAnswer, invalid, refuse, unprocessable } from '#simulation/broker/api-answer';
import { readPrice } from '#simulation/broker/increments';
import { type OrderClass, type OrderType, orderTypes, type TimeInForce, timesInForce } from '#simulation/broker/order';
import { parseE9 } from '#simulation/broker/shares-e9';

/** What an order's body asks for, read and found well formed; units as in a held order. */
export type OrderDraft = {
  readonly clientId: string | null;
  readonly ticker: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly tif: TimeInForce;
  readonly extended: boolean;
  readonly shape: OrderClass;
  readonly qty: number | null;
  readonly notional: number | null;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly trailPrice: number | null;
  readonly trailPercent: number | null;
  readonly takeProfit: { readonly limit: number | null } | null;
  readonly stopLoss: { readonly stop: number | null; readonly limit: number | null } | null;
};

/** A value, or the answer that refuses it. */
export type Checked<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly answer: ApiAnswer };

export const checked = <Value>(value: Value): Checked<Value> => ({ ok: true, value });
export const refused = (answer: ApiAnswer): { readonly ok: false; readonly answer: ApiAnswer } => ({ ok: false, answer });

const parameter = (message: string): ApiAnswer => refuse(422, 40010001, message);

/** Numbers come as texts or as numbers of JSON; null is nothing. */
export function decimalIn(raw: unknown, name: string): string | null {
  const found = fieldIn(raw, name);
  return typeof found === 'number' ? String(found) : typeof found === 'string' ? found : null;
}

const oneOf = <Word extends string>(words: readonly Word[], text: string | null): Word | null =>
  words.find((word) => word === text) ?? null;

/** Reads the body of an order. What it cannot be is refused here; what this account may not do, later. */
export function readDraft(body: unknown): Checked<OrderDraft> {
  const ticker = textIn(body, 'symbol');
  if (ticker === null || ticker === '') return refused(parameter('symbol is required'));
  const side = oneOf(['buy', 'sell'] as const, textIn(body, 'side'));
  if (side === null) return refused(parameter('invalid side'));
  const type = oneOf(orderTypes, textIn(body, 'type') ?? textIn(body, 'order_type'));
  if (type === null) return refused(parameter('invalid type'));
  const tif = oneOf(timesInForce, textIn(body, 'time_in_force'));
  if (tif === null) return refused(parameter('invalid time_in_force'));
  const shape = oneOf(['', 'simple', 'bracket', 'oco', 'oto'] as const, textIn(body, 'order_class') ?? '');
  if (shape === null) return refused(parameter('invalid order_class'));
  const clientId = textIn(body, 'client_order_id');
  if (clientId !== null && clientId.length > 128) return refused(parameter('client_order_id must be no more than 128 characters'));
  const size = readSize(body);
  if (!size.ok) return size;
  const prices = readPrices(body);
  if (!prices.ok) return prices;
  return checked({
    clientId: clientId === '' ? null : clientId,
    ticker,
    side,
    type,
    tif,
    extended: fieldIn(body, 'extended_hours') === true,
    shape: shape === 'simple' ? '' : shape,
    ...size.value,
    ...prices.value,
    // The parent of a pair is its target.
    ...(shape === 'oco' ? { limit: prices.value.takeProfit?.limit ?? prices.value.limit } : {}),
  });
}

function readSize(body: unknown): Checked<Pick<OrderDraft, 'qty' | 'notional'>> {
  const qtyText = decimalIn(body, 'qty');
  const notionalText = decimalIn(body, 'notional');
  if (qtyText !== null && notionalText !== null) return refused(invalid('only one of qty or notional is accepted'));
  if (notionalText !== null) {
    const notional = parseE4(notionalText);
    if (notional === null || notional <= 0) return refused(parameter('invalid notional'));
    if (notional < 10_000) return refused(unprocessable('notional must be at least 1'));
    return checked({ qty: null, notional });
  }
  const qty = qtyText === null ? null : parseE9(qtyText);
  if (qtyText === null) return refused(parameter('qty or notional is required'));
  if (qty === null || qty <= 0) return refused(parameter('qty must be > 0'));
  return checked({ qty, notional: null });
}

type Prices = Pick<OrderDraft, 'limit' | 'stop' | 'trailPrice' | 'trailPercent' | 'takeProfit' | 'stopLoss'>;

function readPrices(body: unknown): Checked<Prices> {
  const takeProfit = fieldIn(body, 'take_profit');
  const stopLoss = fieldIn(body, 'stop_loss');
  const texts: Record<string, string | null> = {
    limit_price: decimalIn(body, 'limit_price'),
    stop_price: decimalIn(body, 'stop_price'),
    trail_price: decimalIn(body, 'trail_price'),
    'take_profit.limit_price': decimalIn(takeProfit, 'limit_price'),
    'stop_loss.stop_price': decimalIn(stopLoss, 'stop_price'),
    'stop_loss.limit_price': decimalIn(stopLoss, 'limit_price'),
  };
  const read: Record<string, number> = {};
  for (const [name, text] of Object.entries(texts)) {
    if (text === null) continue;
    const price = priceOf(name, text);
    if (!price.ok) return price;
    read[name] = price.value;
  }
  const trailPercent = decimalIn(body, 'trail_percent');
  const percent = trailPercent === null ? null : parseE4(trailPercent);
  return checked({
    limit: read['limit_price'] ?? null,
    stop: read['stop_price'] ?? null,
    trailPrice: read['trail_price'] ?? null,
    trailPercent: percent === null ? null : Math.floor(percent / 100),
    takeProfit: takeProfit === null ? null : { limit: read['take_profit.limit_price'] ?? null },
    stopLoss: stopLoss === null ? null : { stop: read['stop_loss.stop_price'] ?? null, limit: read['stop_loss.limit_price'] ?? null },
  });
}

/** A price in 1e-4 on its increment. */
export function priceOf(name: string, text: string): Checked<number> {
  const price = readPrice(text);
  if (price.ok) return checked(price.e4);
  if (price.why === 'not_a_price') return refused(parameter(`invalid ${name}`));
  return refused(unprocessable(`invalid ${name} ${text}. sub-penny increment does not fulfill minimum pricing criteria`));
}
