import type { SessionDate } from '#domain/values/session-date';
import { endAlone } from '#simulation/broker/endings';
import type { Floor } from '#simulation/broker/floor';
import { tell } from '#simulation/broker/news';
import { ended, type HeldOrder, remaining } from '#simulation/broker/order';
import { SHARE, share, worth } from '#simulation/broker/shares-e9';
import { activityStamp, dateOf } from '#simulation/broker/wire-time';

type Ratio = { readonly from: number; readonly to: number };

/** New shares for one old as whole numbers: 10 is ten for one, 0.1 one for ten, 1.5 three for two. */
function ratioOf(ratio: number): Ratio {
  for (let from = 1; from <= 1000; from++) {
    const to = ratio * from;
    if (Math.abs(to - Math.round(to)) < 1e-6 && Math.round(to) > 0) return { from, to: Math.round(to) };
  }
  return { from: 1, to: Math.max(1, Math.round(ratio)) };
}

/** It is told before it happens. */
export function announceSplit(floor: Floor, ticker: string, ratio: number, date: SessionDate): void {
  floor.splits.push({ id: floor.chance.uuid(), ticker, date, ...ratioOf(ratio) });
}

/** Positions and plain good-till-cancelled limits are changed; the legs of groups stay as they are. Source: broker-alpaca §19. */
export function splitNow(floor: Floor, ticker: string, ratio: number): void {
  const { from, to } = ratioOf(ratio);
  const date = dateOf(floor.now);
  if (!floor.splits.some((split) => split.ticker === ticker && split.date === date)) announceSplit(floor, ticker, ratio, date);
  const onTick = (price: number): number => tickAround(Math.round((price * from) / to));
  floor.tape.split(ticker, onTick);
  floor.disturbed.add(ticker);
  splitPosition(floor, ticker, { from, to });
  for (const order of floor.orders.liveIn(ticker)) {
    const plain = order.shape === '' && order.tif === 'gtc' && order.type === 'limit' && order.limit !== null;
    if (plain) adjust(floor, order, { from, to }, onTick(order.limit ?? 0));
  }
}

/** A legal price near by: whole cents from a dollar on. */
const tickAround = (e4: number): number => (e4 >= 10_000 ? Math.round(e4 / 100) * 100 : Math.max(1, e4));

/** What cannot be held as whole shares is paid in money. */
function splitPosition(floor: Floor, ticker: string, { from, to }: Ratio): void {
  const { shares, cost } = floor.holdings.position(ticker);
  if (shares === 0) return;
  const exact = share(shares, to, from);
  const kept = shares % SHARE === 0 ? Math.trunc(exact / SHARE) * SHARE : exact;
  const money = worth(exact - kept, floor.tape.price(ticker) ?? 0);
  const left = kept === 0 ? 0 : share(cost, kept, exact);
  floor.holdings.adjust(floor.now, { kind: 'split', ratio: to / from }, ticker, { shares: kept, cost: left }, money);
  const id = `${activityStamp(floor.now)}::${floor.chance.uuid()}`;
  floor.activities.add({ kind: 'split', id, at: floor.now, visibleAt: floor.now, ticker, shares: kept - shares, money });
}

/** The order goes on under another id. */
function adjust(floor: Floor, order: HeldOrder, { from, to }: Ratio, limit: number): void {
  const qty = Math.trunc(share(remaining(order), to, from) / SHARE) * SHARE;
  if (ended(order)) return;
  if (qty === 0) return endAlone(floor, order, 'canceled');
  const id = floor.chance.uuid();
  const at = floor.now;
  const made = { ...order, id, clientId: floor.chance.uuid(), sequence: floor.orders.nextSequence, qty, limit, filled: 0, cost: 0 };
  floor.orders.add({ ...made, replaces: order.id, createdAt: at, updatedAt: at, filledAt: null });
  tell(floor, 'replaced', floor.orders.change(order.id, at, { status: 'replaced', working: false, replacedBy: id, replacedAt: at }));
  tell(floor, 'new', floor.orders.get(id));
}
