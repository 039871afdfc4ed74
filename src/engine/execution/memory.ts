import type { BrokerOrderId } from '#domain/brokerage/broker-order';
import type { Entry } from '#domain/events/event';
import type { OrderId } from '#domain/orders/order';
import { instant } from '#domain/values/instant';
import type { Desk } from '#engine/execution/desk';
import { forgetPrices, watchPrices } from '#engine/execution/passed-stops';
import { tellCancelled } from '#engine/execution/telling';
import { isOpen, type Tracked, unfilledOf } from '#engine/execution/tracked';

/**
 * What an entry of the journal says of our orders, so that a restart knows what was known. What this execution has told
 * itself in this run comes back here too and is known already.
 */
export function remember(desk: Desk, { event, at }: Entry): void {
  switch (event.kind) {
    case 'run_started':
      desk.holdings.cash = event.settings.capital;
      desk.begunAt = at;
      return;
    case 'session_opened':
      desk.close = event.close;
      desk.isBetween = false;
      return desk.roll.forget(instant(at - desk.patience.forgetMs));
    case 'session_closed':
      desk.isBetween = true;
      return forgetPrices(desk);
    case 'bars_closed':
      return watchPrices(desk, event.frame);
    case 'split_took_effect':
      return desk.holdings.split(event.symbol, event.ratio);
    case 'order_requested': {
      const ticker = desk.names.tickerOf(event.order.symbol);
      desk.lane(event.order.symbol);
      desk.roll.enter(event.order, { ticker, at });
      return;
    }
    case 'cancel_requested':
      return change(desk, event.order, (tracked) => {
        tracked.cancelWanted = true;
      });
    case 'name_released':
      desk.quarantined.delete(event.symbol);
      return;
    case 'account_opened':
      desk.account = event.account;
      return;
    default:
      return recall(desk, { event, at });
  }
}

function recall(desk: Desk, { event, at }: Pick<Entry, 'event' | 'at'>): void {
  switch (event.kind) {
    case 'order_accepted':
      return change(desk, event.order, (tracked) => {
        tracked.accepted = true;
        const head = desk.roll.get(tracked.head);
        if (head !== undefined && head !== tracked) head.verified = true;
      });
    case 'order_renamed':
      return desk.roll.rename(event.broker as BrokerOrderId, event);
    case 'order_unknown':
      return change(desk, event.order, (tracked) => {
        tracked.accepted = false;
      });
    case 'order_rejected':
    case 'order_cancelled':
      return change(desk, event.order, (tracked) => {
        tracked.stage = 'ended';
        tracked.endedAt = at;
        tracked.givenUp = event.kind === 'order_rejected' && event.reason === 'not_accepted';
      });
    case 'order_filled':
      desk.holdings.fill(event);
      desk.watermark = event.bar > desk.watermark ? event.bar : desk.watermark;
      return change(desk, event.order, (tracked) => {
        tracked.filled += event.shares;
        tracked.credit += event.shares;
        if (unfilledOf(tracked) > 0) return;
        tracked.stage = 'ended';
        tracked.endedAt = at;
      });
    case 'position_adjusted':
      desk.explained.set(event.symbol, at);
      if (event.cause === 'correction') desk.corrected.set(event.symbol, at);
      return desk.holdings.adjust(event.symbol, event.shares, event.price);
    case 'cash_moved':
      desk.moved.add(event.activity);
      return desk.holdings.moveCash(event.amount);
    case 'name_quarantined':
      desk.quarantined.add(event.symbol);
      return;
    case 'broker_line_changed':
      return desk.line.recall(event.state);
    case 'account_reported':
      desk.reported = { cash: event.cash, equity: event.equity };
      return;
    default:
      return;
  }
}

function change(desk: Desk, order: OrderId, by: (tracked: Tracked) => void): void {
  const tracked = desk.roll.get(order);
  if (tracked !== undefined) by(tracked);
}

/** The journal is used up: what left before and has not been told of since is unknown; what never left is stale or waits. */
export function takeStock(desk: Desk, lastEntry: Desk['now']): readonly Tracked[] {
  const stale: Tracked[] = [];
  for (const tracked of desk.roll.open) {
    if (!isOpen(tracked)) continue;
    if (tracked.isHanded) {
      if (tracked.order.role === 'entry') stale.push(tracked);
      continue;
    }
    // The journal ends between the two: its order at the broker is another's now, and it would be looked for for ever.
    if (tracked.hasPassedOn) {
      tellCancelled(desk, tracked);
      continue;
    }
    tracked.stage = 'unknown';
    tracked.sentAt = lastEntry;
    if (tracked.head === tracked.order.id) tracked.lookUp = desk.first(desk.patience.lookUpMs);
  }
  return stale;
}
