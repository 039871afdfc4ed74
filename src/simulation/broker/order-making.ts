import { newYork, newYorkAt } from '#domain/market/new-york';
import type { OrderRole, Side } from '#domain/orders/order';
import { opposite } from '#domain/orders/order';
import type { Instant } from '#domain/values/instant';
import { dateOfDay, dayOf } from '#domain/values/session-date';
import type { Floor } from '#simulation/broker/floor';
import { buyStopLimit } from '#simulation/broker/increments';
import { isOpen, trailedStop } from '#simulation/broker/matching';
import type { HeldOrder, OrderType, PositionIntent } from '#simulation/broker/order';
import type { OrderDraft } from '#simulation/broker/order-draft';
import { GTC_DAYS, GTC_MINUTE } from '#simulation/broker/sessions';

/** A stop to buy becomes a stop-limit. Source: broker-alpaca §7. */
export const converted = ({
  type,
  side,
  stop,
  limit,
}: Pick<OrderDraft, 'type' | 'side' | 'stop' | 'limit'>): { type: OrderType; limit: number | null } =>
  type === 'stop' && side === 'buy' && stop !== null ? { type: 'stop_limit', limit: buyStopLimit(stop) } : { type, limit };

/** Whether the venue would work it now; otherwise it is queued. */
export function isWorkable(floor: Floor, { tif, extended }: { readonly tif: HeldOrder['tif']; readonly extended: boolean }): boolean {
  if (tif === 'opg' || tif === 'cls') return false;
  return isOpen(floor, extended);
}

/** What an order is for. */
export function roleOf({ type, shape, stop }: OrderDraft, intent: PositionIntent): OrderRole {
  if (intent.endsWith('open')) return 'entry';
  if (shape === 'oco') return 'target';
  return type !== 'market' && type !== 'limit' && (stop !== null || type === 'trailing_stop') ? 'stop' : 'exit';
}

/** Where a trailing stop begins. */
export function trailedFrom(floor: Floor, draft: OrderDraft): Pick<HeldOrder, 'mark' | 'stop'> {
  const mark = draft.type === 'trailing_stop' ? floor.tape.price(draft.ticker) : null;
  return mark === null ? { mark: null, stop: draft.stop } : { mark, stop: trailedStop(draft, mark) };
}

/** What an order and its legs have in common. */
type Shared = Pick<
  HeldOrder,
  'ticker' | 'side' | 'tif' | 'extended' | 'qty' | 'notional' | 'stop' | 'trailPrice' | 'trailPercent' | 'createdAt' | 'expiresAt'
>;

/** What an order, and each of its legs, takes over from what was asked for. */
export function sharedOf(floor: Floor, draft: OrderDraft): Shared {
  const { ticker, side, tif, extended, qty, notional, trailPrice, trailPercent, stop } = draft;
  const expiresAt = endOf(floor, { tif, extended });
  return { ticker, side, tif, extended, qty, notional, trailPrice, trailPercent, stop, createdAt: floor.now, expiresAt };
}

/** When an order ends by the clock. Source: broker-alpaca §3. */
export function endOf(floor: Floor, { tif, extended }: { readonly tif: HeldOrder['tif']; readonly extended: boolean }): Instant {
  if (tif === 'gtc') return newYorkAt(dateOfDay(dayOf(newYork(floor.now).date) + GTC_DAYS), GTC_MINUTE);
  const session = floor.sessions.working(floor.now, extended);
  return extended ? session.postClose : session.close;
}

type Leg = {
  readonly role: OrderRole;
  readonly side: Side;
  readonly type: OrderType;
  readonly limit: number | null;
  readonly stop: number | null;
};

/** The exits of a group, which wait. */
export function legsOf(floor: Floor, draft: OrderDraft, parent: HeldOrder): readonly HeldOrder[] {
  const { takeProfit, stopLoss, shape } = draft;
  if (shape === '') return [];
  const side = shape === 'oco' ? draft.side : opposite(draft.side);
  const legs: Leg[] = [];
  if (shape !== 'oco' && takeProfit !== null) legs.push({ role: 'target', side, type: 'limit', limit: takeProfit.limit, stop: null });
  if (stopLoss !== null) {
    const type = stopLoss.limit === null ? 'stop' : 'stop_limit';
    legs.push({ role: 'stop', side, ...converted({ type, side, ...stopLoss }), stop: stopLoss.stop });
  }
  return legs.map((leg, place) => ({
    ...newOrder(floor, {
      ...sharedOf(floor, draft),
      ...leg,
      mark: null,
      intent: `${side}_to_close`,
      clientId: null,
      shape,
      status: 'held',
      parent: parent.id,
    }),
    sequence: parent.sequence + 1 + place,
  }));
}

type Made = Shared &
  Pick<HeldOrder, 'type' | 'limit' | 'mark' | 'intent' | 'role' | 'shape' | 'status' | 'parent'> & { readonly clientId: string | null };

/** An order of which nothing has filled and nothing has changed yet. */
export const newOrder = (floor: Floor, made: Made): HeldOrder => ({
  ...made,
  id: floor.chance.uuid(),
  clientId: made.clientId ?? floor.chance.uuid(),
  sequence: floor.orders.nextSequence,
  filled: 0,
  cost: 0,
  working: false,
  elected: false,
  hadPart: false,
  cancelling: false,
  legs: [],
  replaces: null,
  replacedBy: null,
  updatedAt: made.createdAt,
  filledAt: null,
  expiredAt: null,
  canceledAt: null,
  failedAt: null,
  replacedAt: null,
});
