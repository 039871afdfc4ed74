import type { Entry, EventOf } from '#domain/events/event';
import { unreachable } from '#domain/values/assert';
import type { Names } from '#main/record/names';
import type { Rows } from '#main/record/rows';

/** An intent is a sequence in the journal; 0 stands for none. */
export const sequenceOrNull = (sequence: number): number | null => (sequence === 0 ? null : sequence);

export function orderRow({ sequence, at }: Entry, { order }: EventOf<'order_requested'>, rows: Rows, names: Names): void {
  const { id, intent, parent, symbol, role, type, side, shares, limit, stop, reason } = order;
  const row = rows.into('orders', sequence).instant(at).text(id).int(sequenceOrNull(intent));
  row
    .int(parent === null ? null : names.order(parent))
    .int(names.security(symbol))
    .word(role)
    .word(type)
    .word(side)
    .int(shares);
  row.e4(limit).e4(stop).word(reason).end();
}

export type OrderNews = EventOf<'order_accepted' | 'order_rejected' | 'order_cancelled' | 'order_unknown' | 'order_renamed'>;

/** What the broker said of an order besides fills. */
export function orderEventRow({ sequence, at }: Entry, event: OrderNews, rows: Rows, names: Names): void {
  const row = rows.into('order_events', sequence).instant(at).int(names.order(event.order));
  switch (event.kind) {
    case 'order_accepted':
      return row.word('accepted').null().null().null().null().end();
    case 'order_rejected':
      return row.word('rejected').word(event.reason).null().null().null().end();
    case 'order_cancelled':
      return row.word('cancelled').null().int(event.unfilled).null().null().end();
    case 'order_unknown':
      return row.word('unknown').null().null().null().text(event.why).end();
    case 'order_renamed':
      return row.word('renamed').null().null().int(names.order(event.before)).text(event.broker).end();
    default:
      return unreachable(event);
  }
}

export function cancelRow({ sequence, at }: Entry, { order, reason }: EventOf<'cancel_requested'>, rows: Rows, names: Names): void {
  rows.into('order_cancels', sequence).instant(at).int(names.order(order)).word(reason).end();
}

export function fillRows({ sequence, at }: Entry, event: EventOf<'order_filled'>, rows: Rows, names: Names): void {
  const { order, shares, price, fees, bar, flags } = event;
  const row = rows.into('fills', sequence).instant(at).int(names.order(order));
  row.int(shares).e4(price).e4(fees).instant(bar).end();
  for (const flag of new Set(flags)) rows.into('fill_flags', sequence).word(flag).end();
}

export function adjustmentRow({ sequence, at }: Entry, event: EventOf<'position_adjusted'>, rows: Rows, names: Names): void {
  const { symbol, shares, price, cause, bar } = event;
  const row = rows.into('position_adjustments', sequence).instant(at).int(names.security(symbol));
  row.int(shares).e4(price).word(cause).instant(bar).end();
}

export function cashRow({ sequence, at }: Entry, event: EventOf<'cash_moved'>, rows: Rows, names: Names): void {
  const { activity, cause, symbol, amount, detail } = event;
  const row = rows.into('cash_movements', sequence).instant(at).text(activity).word(cause);
  row.int(names.securityOrNull(symbol)).e4(amount).text(detail).end();
}

export function reportRow({ sequence, at }: Entry, { cash, equity }: EventOf<'account_reported'>, rows: Rows): void {
  rows.into('account_reports', sequence).instant(at).e4(cash).e4(equity).end();
}
