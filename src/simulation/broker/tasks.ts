import { unreachable } from '#domain/values/assert';
import { accountFigures } from '#simulation/broker/account-figures';
import { endAlone, endGroup } from '#simulation/broker/endings';
import { type Floor, planSoon, type Task } from '#simulation/broker/floor';
import { match, matchAll } from '#simulation/broker/matching';
import { tell } from '#simulation/broker/news';
import { ended, type HeldOrder, remaining } from '#simulation/broker/order';
import { isWorkable } from '#simulation/broker/order-making';
import { takesPlace } from '#simulation/broker/replace';
import { fill } from '#simulation/broker/settle';

/** What has fallen due happens. */
export function perform(floor: Floor, task: Task): void {
  switch (task.kind) {
    case 'activate':
      return activate(floor, task.order);
    case 'cancel':
      return cancelTakesEffect(floor, task.order);
    case 'replace':
      return takesPlace(floor, task);
    case 'reject':
      return reject(floor, task.order);
    case 'match':
      return matchAll(floor, task.ticker);
    case 'fill_anyway':
      return fillAnyway(floor, task.order);
    case 'boundary':
      return boundary(floor);
    default:
      return unreachable(task);
  }
}

/** The venue has the order. A stop leg is in force without a word of it, unless this broker has the other habit. */
function activate(floor: Floor, id: string): void {
  const order = floor.orders.find(id);
  // It may have ended on its way, or the account is another.
  if (order === null || ended(order) || order.working) return;
  const silent = order.role === 'stop' && order.parent !== null && floor.options.habits.activeStop === 'held';
  const inTransit = order.status === 'pending_cancel' || order.status === 'pending_replace' || silent;
  const active = floor.orders.change(id, floor.now, { working: true, ...(inTransit ? {} : { status: 'new' }) });
  tell(floor, active.status, active);
  for (const leg of order.shape === 'oco' && order.parent === null ? order.legs : []) activate(floor, leg);
  match(floor, floor.orders.get(id));
}

function cancelTakesEffect(floor: Floor, id: string): void {
  const order = floor.orders.find(id);
  if (order === null) return;
  if (ended(order)) return tell(floor, 'order_cancel_rejected', order);
  if (order.working && floor.faults.order('fill_over_cancel', order, id)) return fillAnyway(floor, id);
  endGroup(floor, order, 'canceled');
}

function reject(floor: Floor, id: string): void {
  const order = floor.orders.find(id);
  if (order !== null && !ended(order)) endGroup(floor, order, 'rejected');
}

/** It fills at its own price, or at the best of the other side where it names none. */
function fillAnyway(floor: Floor, id: string): void {
  const order = floor.orders.find(id);
  if (order === null || ended(order) || order.qty === null) return;
  const quote = floor.tape.quote(order.ticker);
  const market = order.side === 'buy' ? quote?.ask : quote?.bid;
  const price = order.limit ?? order.stop ?? market ?? floor.tape.price(order.ticker);
  if (price === null || price === 0) return;
  fill(floor, order, remaining(order), price);
}

/** By the clock orders begin, and others end. */
function boundary(floor: Floor): void {
  const at = floor.now;
  const today = floor.sessions.on(floor.sessions.dateOf(at));
  if (today?.close === at) closeAuctions(floor);
  for (const { id } of floor.orders.live()) expire(floor, floor.orders.get(id));
  if (today?.preOpen === at) endHardShorts(floor);
  for (const order of floor.orders.live()) {
    const opens = order.tif === 'opg' && today?.open === at;
    if (order.status === 'accepted' && (opens || isWorkable(floor, order))) planSoon(floor, { kind: 'activate', order: order.id });
  }
  if (today?.close === at) {
    floor.lastEquity = accountFigures(floor).equity;
    floor.closes.push({ at, equity: floor.lastEquity });
    floor.tape.closeDay();
  }
  floor.agenda.plan(floor.sessions.nextBoundary(at), { kind: 'boundary' });
}

/** Shorts that nobody lends any more do not see the open. Source: broker-alpaca §18. */
function endHardShorts(floor: Floor): void {
  for (const order of floor.orders.live()) {
    const lent = floor.assets.get(order.ticker)?.easyToBorrow ?? false;
    if (order.intent === 'sell_to_open' && !lent && !ended(floor.orders.get(order.id))) endGroup(floor, order, 'canceled');
  }
}

function closeAuctions(floor: Floor): void {
  for (const { id, tif, status } of floor.orders.live()) if (tif === 'cls' && status === 'accepted') activate(floor, id);
}

function expire(floor: Floor, order: HeldOrder): void {
  if (ended(order) || order.expiresAt === null || order.expiresAt > floor.now) return;
  // A leg ends with what it belongs to only where that ends too: each has the same time in force.
  endAlone(floor, order, order.tif === 'gtc' ? 'canceled' : 'expired');
}
