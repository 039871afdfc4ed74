import { newYork } from '#domain/market/new-york';
import { accountFigures, worthOf } from '#simulation/broker/account-figures';
import { type ApiAnswer, forbidden, refuse, unprocessable } from '#simulation/broker/api-answer';
import { type Asset, type Floor, planSoon } from '#simulation/broker/floor';
import { tell } from '#simulation/broker/news';
import type { HeldOrder, PositionIntent } from '#simulation/broker/order';
import { type Checked, checked, type OrderDraft, refused } from '#simulation/broker/order-draft';
import { converted, isWorkable, legsOf, newOrder, roleOf, sharedOf, trailedFrom } from '#simulation/broker/order-making';
import { auctionFault, priceFault, shapeFault } from '#simulation/broker/order-rules';
import { availableOf, closingSide, costOf, heldForOrders } from '#simulation/broker/reservations';
import { amountText, bought, formatE9, SHARE } from '#simulation/broker/shares-e9';
import { washFault } from '#simulation/broker/wash';

/** A position above so many times the equity leaves only orders that close. Source: broker-alpaca §18. */
const EQUITY_TIMES = 6;

/** Takes an order, or refuses it. What comes of it later is told by news and lists alone. */
export function submit(floor: Floor, draft: OrderDraft): Checked<HeldOrder> {
  if (draft.clientId !== null && floor.orders.findByClient(draft.clientId) !== null && !floor.faults.standing('ids_not_unique'))
    return refused(refuse(422, 40010001, 'client_order_id must be unique'));
  const asset = floor.assets.get(draft.ticker);
  if (asset === undefined) return refused(unprocessable(`asset "${draft.ticker}" not found`));
  if (!asset.active || !asset.tradable) return refused(unprocessable(`asset "${draft.ticker}" is not tradable`));
  const intent = intentOf(floor, draft);
  const fault =
    shapeFault(draft, asset) ??
    accountFault(floor, intent) ??
    auctionFault(draft, newYork(floor.now).minute, floor.sessions.phase(floor.now)) ??
    directionFault(floor, draft, intent) ??
    groupFault(floor, draft, intent) ??
    priceFault(draft, floor.tape.price(draft.ticker)) ??
    sharesFault(floor, draft, intent, asset) ??
    washFault({ ...draft, ...converted(draft) }, floor.orders.liveIn(draft.ticker)) ??
    moneyFault(floor, draft, intent);
  return fault === null ? checked(take(floor, draft, intent)) : refused(fault);
}

function intentOf(floor: Floor, { side, ticker }: OrderDraft): PositionIntent {
  const closing = closingSide(floor.holdings.position(ticker).shares) === side;
  return `${side}_to_${closing ? 'close' : 'open'}`;
}

const opens = (intent: PositionIntent): boolean => intent.endsWith('open');

function accountFault(floor: Floor, intent: PositionIntent): ApiAnswer | null {
  const { status, tradingBlocked, accountBlocked, suspendTrade, closingOnly } = floor.restrictions;
  if (status !== 'ACTIVE' || accountBlocked) return forbidden('account is not allowed to trade');
  if (tradingBlocked) return forbidden('trading is blocked for this account');
  if (suspendTrade && (floor.options.habits.suspension === 'all_orders' || opens(intent)))
    return forbidden('new orders are rejected by user request');
  if (!opens(intent)) return null;
  return closingOnly || isOverweight(floor) ? forbidden('account is restricted to closing orders') : null;
}

function isOverweight(floor: Floor): boolean {
  const { equity } = accountFigures(floor);
  return floor.holdings.tickers.some((ticker) => Math.abs(worthOf(floor, ticker)) > EQUITY_TIMES * Math.max(0, equity));
}

/** Nobody opens in both directions at once. */
function directionFault(floor: Floor, { ticker, side }: OrderDraft, intent: PositionIntent): ApiAnswer | null {
  if (!opens(intent)) return null;
  const other = floor.orders.liveIn(ticker).some((order) => opens(order.intent) && order.side !== side);
  if (!other) return null;
  return forbidden(`cannot open a ${side === 'buy' ? 'long buy while a short sell' : 'short sell while a long buy'} order is open`);
}

function groupFault(floor: Floor, { shape, ticker }: OrderDraft, intent: PositionIntent): ApiAnswer | null {
  if (shape === '') return null;
  if (shape === 'oco') return opens(intent) ? unprocessable('oco orders must be exit orders') : null;
  const busy = floor.holdings.position(ticker).shares !== 0 || floor.orders.liveIn(ticker).length > 0;
  const refuses = !opens(intent) || (busy && floor.options.habits.bracketTopUp === 'refused');
  return refuses ? unprocessable(`${shape} orders must be entry orders`) : null;
}

function sharesFault(floor: Floor, draft: OrderDraft, intent: PositionIntent, asset: Asset): ApiAnswer | null {
  const { ticker, qty } = draft;
  if (intent === 'sell_to_open') return shortFault(floor, draft, asset);
  if (opens(intent)) return null;
  const want = qty ?? boughtAtMarket(floor, draft);
  const available = availableOf(floor, ticker);
  if (want <= available) return null;
  const { shares, orders } = heldForOrders(floor, ticker);
  return forbidden(`insufficient qty available for order (requested: ${formatE9(want)}, available: ${formatE9(available)})`, {
    available: formatE9(available),
    existing_qty: formatE9(Math.abs(floor.holdings.position(ticker).shares)),
    held_for_orders: formatE9(shares),
    related_orders: orders,
    symbol: ticker,
  });
}

/** What an order by money would sell at the price of now. */
function boughtAtMarket(floor: Floor, { ticker, notional }: OrderDraft): number {
  const price = floor.tape.price(ticker);
  return price === null ? 0 : bought(notional ?? 0, price);
}

function shortFault({ options, settings }: Floor, { qty, notional, ticker, tif }: OrderDraft, asset: Asset): ApiAnswer | null {
  if (options.multiplier === 1 || settings['no_shorting'] === true) return forbidden('account is not allowed to short');
  if (notional !== null || (qty ?? 0) % SHARE !== 0) return forbidden('fractional orders cannot be sold short');
  if (!asset.shortable) return forbidden(`asset "${ticker}" cannot be sold short`);
  if (asset.easyToBorrow) return null;
  return tif === 'day'
    ? forbidden(`asset "${ticker}" cannot be sold short`)
    : unprocessable('only day orders are allowed for hard-to-borrow asset');
}

function moneyFault(floor: Floor, draft: OrderDraft, intent: PositionIntent): ApiAnswer | null {
  if (!opens(intent)) return null;
  const { buyingPower } = accountFigures(floor);
  const cost = costOf(floor, { ...draft, ...converted(draft) });
  if (cost <= buyingPower) return null;
  return forbidden('insufficient buying power', { buying_power: amountText(buyingPower), cost_basis: amountText(cost) });
}

function take(floor: Floor, draft: OrderDraft, intent: PositionIntent): HeldOrder {
  const workable = isWorkable(floor, draft);
  const role = roleOf(draft, intent);
  const order = newOrder(floor, {
    ...sharedOf(floor, draft),
    ...converted(draft),
    ...trailedFrom(floor, draft),
    intent,
    role,
    clientId: floor.faults.order('client_id_lost', { ticker: draft.ticker, role }, draft.clientId ?? '') ? null : draft.clientId,
    shape: draft.shape,
    status: workable ? 'pending_new' : 'accepted',
    parent: null,
  });
  const legs = floor.faults.order('legs_ignored', order, order.id) ? [] : keptLegs(floor, draft, order);
  floor.orders.add({ ...order, legs: legs.map(({ id }) => id) });
  for (const leg of legs) floor.orders.add(leg);
  tell(floor, order.status, floor.orders.get(order.id));
  // The stop of a pair is told as held, and never as new. Source: broker-alpaca §9.2.
  if (order.shape === 'oco') for (const leg of legs) tell(floor, 'held', leg);
  if (floor.faults.order('rejected_later', order, order.id)) planSoon(floor, { kind: 'reject', order: order.id });
  else if (workable) planSoon(floor, { kind: 'activate', order: order.id });
  return floor.orders.get(order.id);
}

const keptLegs = (floor: Floor, draft: OrderDraft, order: HeldOrder): readonly HeldOrder[] =>
  legsOf(floor, draft, order).filter((leg) => !floor.faults.order('leg_ignored', leg, leg.id));
