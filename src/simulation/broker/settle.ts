import { instant } from '#domain/values/instant';
import { afterFill } from '#simulation/broker/endings';
import type { Floor } from '#simulation/broker/floor';
import { tell } from '#simulation/broker/news';
import { type HeldOrder, remaining } from '#simulation/broker/order';
import { worth } from '#simulation/broker/shares-e9';
import { activityStamp } from '#simulation/broker/wire-time';

/** So many shares of an order change hands: the order, the shares and the money, the ledger, the news and the group. */
export function fill(floor: Floor, order: HeldOrder, shares: number, price: number): HeldOrder {
  const at = floor.now;
  const id = floor.chance.uuid();
  // An order by money is done when its money is spent.
  const whole = order.qty === null || shares === remaining(order);
  const after = floor.orders.change(order.id, at, {
    // A cancel that is under way, or a replacement, stays so until the order is done.
    status: whole ? 'filled' : statusOfPart(order),
    filled: order.filled + shares,
    cost: order.cost + worth(shares, price),
    filledAt: whole ? at : order.filledAt,
    working: whole ? false : order.working,
  });
  book(floor, after, { id, shares, price, whole });
  tell(floor, whole ? 'fill' : 'partial_fill', after, { id, shares, price });
  afterFill(floor, after);
  return floor.orders.get(order.id);
}

const statusOfPart = ({ status }: HeldOrder): HeldOrder['status'] =>
  status === 'pending_cancel' || status === 'pending_replace' ? status : 'partially_filled';

type Booked = { readonly id: string; readonly shares: number; readonly price: number; readonly whole: boolean };

function book(floor: Floor, order: HeldOrder, { id, shares, price, whole }: Booked): void {
  const { delays } = floor.options;
  const at = floor.now;
  const seenAt = instant(at + floor.chance.delay(delays, 'positions'));
  const signed = order.side === 'buy' ? shares : -shares;
  const cause = { kind: 'execution', execution: id, order: order.id } as const;
  floor.holdings.trade(at, seenAt, cause, { ticker: order.ticker, shares: signed, price });
  floor.activities.add({
    kind: 'fill',
    id: `${activityStamp(at)}::${id}`,
    at,
    visibleAt: instant(at + floor.chance.delay(delays, 'activities')),
    order: order.id,
    orderStatus: order.status,
    ticker: order.ticker,
    side: order.side,
    whole,
    shares,
    cumulative: order.filled,
    leaves: order.qty === null ? 0 : remaining(order),
    price,
    busts: null,
    corrects: null,
  });
}
