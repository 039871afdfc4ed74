import type { BrokerOrder } from '#domain/brokerage/broker-order';
import type { Order } from '#domain/orders/order';
import type { Desk } from '#engine/execution/desk';
import type { Tracked } from '#engine/execution/tracked';

const isStop = ({ type }: Pick<BrokerOrder, 'type'>): boolean => type === 'stop' || type === 'stop_limit';

/** A stop that has triggered can stand in its group as the market order that took its place (B8). */
const isOfStop = (view: BrokerOrder): boolean => isStop(view) || view.type === 'market';

/** Whether what the broker has is what was asked for: the first thing that is not, or null. */
export function mismatch(order: Order, view: BrokerOrder, ticker: string): string | null {
  if (view.ticker !== ticker) return 'name';
  if (view.side !== order.side) return 'side';
  if (order.type === 'stop' ? !isStop(view) : view.type !== order.type) return 'type';
  if (order.type === 'limit' && view.limit !== order.limit) return 'limit';
  if (order.type === 'stop' && view.stop !== order.stop) return 'stop';
  return null;
}

/** Which of ours a leg is that has a name of the broker's making: by its role, since its price may have moved since. */
export function legOf(desk: Desk, head: Tracked, view: BrokerOrder): Tracked | null {
  const role = isOfStop(view) ? 'stop' : 'target';
  if (view.replaces !== null && role === 'stop') return successorOf(desk, head, view);
  const free = desk.roll.legsOf(head).filter(({ order, links }) => links.length === 0 && order.side === view.side);
  return free.find(({ order }) => order.role === role) ?? null;
}

/**
 * Of a stop that has triggered only what took its place is seen after a restart. It stands for the one of ours that the
 * journal says has filled as much; else for the newest, since each had taken the place of the one before.
 */
function successorOf(desk: Desk, head: Tracked, { filled }: BrokerOrder): Tracked | null {
  const stops = desk.roll.in(head.order.symbol).filter(({ order, head: other }) => {
    return order.role === 'stop' && (other === head.order.id || order.parent === head.order.id);
  });
  const free = stops.filter(({ links }) => links.length === 0);
  const own = free.filter(({ takenOver }) => takenOver === null);
  return (
    // Two stops can have filled, the leg and one beside it: the one beside it has a name of its own (B9).
    own.find(({ credit }) => credit > 0 && credit === filled) ??
    likeliest(own) ??
    // The broker may have replaced more than once what one of ours has taken over.
    likeliest(free) ??
    own[0] ??
    null
  );
}

const likeliest = (stops: readonly Tracked[]): Tracked | undefined =>
  stops.findLast(({ credit }) => credit > 0) ?? stops.findLast(({ stage, accepted }) => stage !== 'ended' && accepted);

/** What is wrong with the legs of a bracket as the broker shows them; null when they are what was asked for. */
export function wrongLegs(desk: Desk, head: Tracked, { shape, shares, legs }: BrokerOrder): string | null {
  if (shape !== 'bracket') return 'not a bracket';
  const wanted = desk.roll.legsOf(head);
  if (legs === null || legs.length !== wanted.length) return `${legs?.length ?? 0} of ${wanted.length} legs`;
  // What one leg has sold is taken off the other.
  const haveSold = legs.some(({ filled }) => filled > 0);
  for (const { order } of wanted) {
    const leg = legs.find((candidate) => isOfStop(candidate) === (order.role === 'stop'));
    if (leg === undefined) return `no ${order.role}`;
    // What has taken the place of a leg was one that had been seen, or one that has done its work.
    if (leg.replaces !== null) continue;
    const wrong = mismatch(order, leg, head.ticker) ?? (leg.shares === shares || haveSold ? null : 'shares');
    if (wrong !== null) return `${order.role}: ${wrong}`;
    if (leg.status === 'rejected') return `${order.role}: rejected`;
  }
  return null;
}
