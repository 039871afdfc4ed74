import type { Side } from '#domain/orders/order';
import { assert } from '#domain/values/assert';
import { type Instant, instant } from '#domain/values/instant';
import { type Floor, openedAccount, type Restrictions } from '#simulation/broker/floor';
import type { LedgerCause } from '#simulation/broker/ledger';
import { tell } from '#simulation/broker/news';
import { readDraft } from '#simulation/broker/order-draft';
import { newOrder } from '#simulation/broker/order-making';
import { closingSide } from '#simulation/broker/reservations';
import { fill } from '#simulation/broker/settle';
import { SHARE } from '#simulation/broker/shares-e9';
import { submit } from '#simulation/broker/submit';
import { activityStamp } from '#simulation/broker/wire-time';

/** The position is gone, and nobody says why: no order, no execution. */
export function deletePosition(floor: Floor, ticker: string): void {
  floor.disturbed.add(ticker);
  floor.holdings.adjust(floor.now, { kind: 'position_deleted' }, ticker, { shares: 0, cost: 0 });
}

/** Somebody else places an order at the same account, by the same wire; gives its id. */
export function foreignOrder(floor: Floor, body: unknown): string {
  const draft = readDraft(body);
  assert(draft.ok, 'a foreign order is well formed');
  const order = submit(floor, draft.value);
  assert(order.ok, `a foreign order is taken: ${order.ok ? '' : JSON.stringify(order.answer.body)}`);
  return order.value.id;
}

export type OutsideTrade = { readonly ticker: string; readonly side: Side; readonly shares: number; readonly price: number };

/** A person trades in the broker's own pages: an order that is not ours, filled as it comes. Gives its id. */
export function externalTrade(floor: Floor, { ticker, side, shares, price }: OutsideTrade): string {
  floor.disturbed.add(ticker);
  const closing = closingSide(floor.holdings.position(ticker).shares) === side;
  const order = newOrder(floor, {
    ticker,
    side,
    tif: 'day',
    extended: false,
    qty: shares * SHARE,
    notional: null,
    stop: null,
    limit: null,
    trailPrice: null,
    trailPercent: null,
    mark: null,
    createdAt: floor.now,
    expiresAt: null,
    type: 'market',
    intent: `${side}_to_${closing ? 'close' : 'open'}`,
    role: closing ? 'exit' : 'entry',
    shape: '',
    status: 'new',
    parent: null,
    clientId: null,
  });
  floor.orders.add(order);
  tell(floor, 'new', order);
  fill(floor, order, shares * SHARE, price);
  return order.id;
}

/** The broker closes a position by itself: an execution of an order that is in no list. */
export function liquidate(floor: Floor, ticker: string): void {
  const { shares } = floor.holdings.position(ticker);
  const quote = floor.tape.quote(ticker);
  const best = (shares > 0 ? quote?.bid : quote?.ask) ?? 0;
  const price = best > 0 ? best : floor.tape.price(ticker);
  if (shares === 0 || price === null) return;
  floor.disturbed.add(ticker);
  const id = floor.chance.uuid();
  outsideExecution(floor, { id, order: floor.chance.uuid(), ticker, shares: -shares, price, busts: null, cause: { kind: 'liquidation' } });
}

/** A trade is taken back: only a row of the activities tells it. `id` is the row's, or its execution's. */
export function bustTrade(floor: Floor, id: string): void {
  const row = floor.activities.rows.find((each) => each.id === id || each.id.endsWith(`::${id}`));
  assert(row !== undefined && row.kind === 'fill', `an execution of that id is known: ${id}`);
  floor.disturbed.add(row.ticker);
  const shares = row.side === 'buy' ? -row.shares : row.shares;
  const cause: LedgerCause = { kind: 'bust', execution: id };
  const { order, ticker, price } = row;
  outsideExecution(floor, { id: floor.chance.uuid(), order, ticker, shares, price, busts: row.id, cause });
}

export type CorrectedTrade = { readonly shares: number; readonly price: number };

/** A trade gets other terms: the broker's books have them at once, and only a row of the activities tells it. */
export function correctTrade(floor: Floor, id: string, { shares, price }: CorrectedTrade): void {
  const row = floor.activities.rows.find((each) => each.id === id || each.id.endsWith(`::${id}`));
  assert(row !== undefined && row.kind === 'fill', `an execution of that id is known: ${id}`);
  const { ticker, side } = row;
  floor.disturbed.add(ticker);
  const at = floor.now;
  const visibleAt = instant(at + floor.chance.delay(floor.options.delays, 'positions'));
  const cause: LedgerCause = { kind: 'correction', execution: id };
  const sign = side === 'buy' ? 1 : -1;
  floor.holdings.trade(at, visibleAt, cause, { ticker, shares: -sign * row.shares, price: row.price });
  floor.holdings.trade(at, visibleAt, cause, { ticker, shares: sign * shares * SHARE, price });
  floor.activities.add({
    ...row,
    id: `${activityStamp(at)}::${floor.chance.uuid()}`,
    at,
    visibleAt: instant(at + floor.chance.delay(floor.options.delays, 'activities')),
    shares: shares * SHARE,
    cumulative: row.cumulative - row.shares + shares * SHARE,
    price,
    corrects: row.id,
  });
}

/** A fee, a dividend, interest or a transfer: money moves, and a row of the activities says why. */
export function bookCash(floor: Floor, { type, ticker, money }: { type: string; ticker: string | null; money: number }): void {
  const at = floor.now;
  floor.holdings.moveCash(at, { kind: 'activity', type }, money);
  const visibleAt = instant(at + floor.chance.delay(floor.options.delays, 'activities'));
  floor.activities.add({ kind: 'cash', id: `${activityStamp(at)}::${floor.chance.uuid()}`, at, visibleAt, type, ticker, money });
}

type Outside = {
  readonly id: string;
  readonly order: string;
  readonly ticker: string;
  readonly shares: number;
  readonly price: number;
  readonly busts: string | null;
  readonly cause: LedgerCause;
};

function outsideExecution(floor: Floor, { id, order, ticker, shares, price, busts, cause }: Outside): void {
  const at = floor.now;
  const size = Math.abs(shares);
  const later = (view: 'positions' | 'activities'): Instant => instant(at + floor.chance.delay(floor.options.delays, view));
  floor.holdings.trade(at, later('positions'), cause, { ticker, shares, price });
  floor.activities.add({
    kind: 'fill',
    id: `${activityStamp(at)}::${id}`,
    at,
    visibleAt: later('activities'),
    order,
    orderStatus: 'filled',
    ticker,
    // A trade that is taken back is told with its own side.
    side: shares > 0 === (busts === null) ? 'buy' : 'sell',
    whole: true,
    shares: size,
    cumulative: size,
    leaves: 0,
    price,
    busts,
    corrects: null,
  });
}

export const restrict = (floor: Floor, restrictions: Partial<Restrictions>): void => {
  floor.restrictions = { ...floor.restrictions, ...restrictions };
};

/** A reset: another account, of which nothing has happened. Source: broker-alpaca §1. */
export function replaceAccount(floor: Floor, accountId: string, cash: number): void {
  Object.assign(floor, openedAccount(accountId, cash, floor.now));
  floor.agenda.clear();
  floor.agenda.plan(floor.sessions.nextBoundary(floor.now), { kind: 'boundary' });
  floor.streams.endAll(RESET_CODE);
}

/** Policy violation: the line's key is no longer good. Source: RFC 6455 §7.4.1. */
export const RESET_CODE = 1008;
