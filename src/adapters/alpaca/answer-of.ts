import { accountOf, clockOf } from '#adapters/alpaca/account-of';
import { activityOf } from '#adapters/alpaca/activity-of';
import { executionOf } from '#adapters/alpaca/execution-of';
import { differsFrom } from '#adapters/alpaca/order-matches';
import { orderOf, type Unreadable } from '#adapters/alpaca/order-of';
import { positionOf } from '#adapters/alpaca/position-of';
import { refusalOf, shown } from '#adapters/alpaca/refusal-of';
import { EXECUTIONS_A_PAGE, ORDERS_OF_A_FULL_PAGE } from '#adapters/alpaca/request-of';
import { waitWanted } from '#adapters/alpaca/wait-wanted';
import type { BrokerOrder } from '#domain/brokerage/broker-order';
import { unreachable } from '#domain/values/assert';
import type { Instant } from '#domain/values/instant';
import { fieldIn, listOf } from '#domain/values/json-field';
import type { Result } from '#domain/values/result';
import type { Answer, Ask } from '#engine/ports/brokerage';
import { parsed } from '#engine/ports/json-text';
import type { WireAnswer, WireFault, WireReply } from '#engine/ports/wire';

/** A page that is full: the list goes on behind `page`. */
export type More = { readonly kind: 'more'; readonly page: string; readonly part: Answer };

/** What a reply means for an ask. `now` is when it came, for a wait that is told as a time of day. Pure. */
export function answerOf(ask: Ask, reply: WireReply, now: Instant): Answer | More {
  if (reply.kind === 'fault') return faultOf(reply);
  const { status, body } = reply;
  if (status === 204 && body === '' && ask.kind === 'cancel_order') return { kind: 'done' };
  const raw = parsed(body);
  if (status >= 200 && status < 300) return raw === undefined ? unreadableAnswer('the body', body) : successOf(ask, raw);
  return failureOf(ask, reply, raw, now);
}

/** Whether something was sent decides: unsent it has not happened, sent it may have. */
function faultOf({ why, sent }: WireFault): Answer {
  if (!sent) {
    const told = why === 'no_budget' || why === 'stopped' || why === 'withdrawn' ? why : 'no_connection';
    return { kind: 'not_sent', why: told, waitMs: 0 };
  }
  const told = why === 'timeout' || why === 'cut_body' ? why : why === 'too_large' ? 'unreadable' : 'reset';
  return { kind: 'ambiguous', why: told, said: why };
}

/** With these the broker has understood and says no. All others, 409 and 5xx among them, leave open what happened. */
const definite: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 413, 415, 422]);

/** A body that is no object comes from something between: then nothing is known but that it was no answer of the broker. */
function failureOf(ask: Ask, { status, headers, body }: WireAnswer, raw: unknown, now: Instant): Answer {
  if (status === 429) return { kind: 'not_sent', why: 'rate_limited', waitMs: waitWanted(headers, now) };
  const isSaid = typeof raw === 'object' && raw !== null && listOf(raw) === null;
  const isBareRefusal = status === 401 && body.trim() === '';
  if (!definite.has(status) || !(isSaid || isBareRefusal))
    return { kind: 'ambiguous', why: status === 408 ? 'timeout' : 'server_error', said: shown(`${status} ${body}`) };
  const isOfOneOrder =
    ask.kind === 'cancel_order' || ask.kind === 'replace_order' || ask.kind === 'find_order' || ask.kind === 'read_order';
  return status === 404 && isOfOneOrder ? { kind: 'not_found' } : refusalOf(ask, status, raw);
}

function successOf(ask: Ask, raw: unknown): Answer | More {
  switch (ask.kind) {
    case 'submit_bracket':
    case 'submit_exit': {
      const order = orderOf(raw);
      if (!order.ok) return unreadableField(order.problem);
      const field = differsFrom(ask, order.value);
      return field === null ? { kind: 'order', order: order.value } : unreadableAnswer(`another ${field} than was asked for`, '');
    }
    case 'replace_order': {
      const order = orderOf(raw);
      if (!order.ok) return unreadableField(order.problem);
      const { clientId, replaces } = order.value;
      const isOurs = clientId === ask.clientId && (replaces === null || replaces === ask.order) && order.value.id !== ask.order;
      return isOurs ? { kind: 'order', order: order.value } : unreadableAnswer('another order than the replacement', '');
    }
    case 'cancel_order':
      // The documented answer is 204 without a body: this may be of anything.
      return unreadableAnswer('a cancel is answered without a body', '');
    case 'suspend_account':
      return fieldIn(raw, 'suspend_trade') === ask.on ? { kind: 'done' } : unreadableAnswer('suspend_trade', '');
    case 'find_order': {
      const order = orderOf(raw);
      if (!order.ok) return unreadableField(order.problem);
      return order.value.clientId === ask.clientId
        ? { kind: 'order', order: order.value }
        : unreadableAnswer('another client_order_id', '');
    }
    case 'read_order': {
      const order = orderOf(raw);
      if (!order.ok) return unreadableField(order.problem);
      return order.value.id === ask.order ? { kind: 'order', order: order.value } : unreadableAnswer('another id', '');
    }
    case 'list_open_orders':
    case 'list_orders':
      return listed(raw, orderOf, (orders) => paged({ kind: 'orders', orders }, orders, rowsOf(orders) >= ORDERS_OF_A_FULL_PAGE));
    case 'list_positions':
      return listed(raw, positionOf, (positions) => ({ kind: 'positions', positions }));
    case 'list_executions':
      return listed(raw, executionOf, (executions) =>
        paged({ kind: 'executions', executions }, executions, executions.length >= EXECUTIONS_A_PAGE),
      );
    case 'list_cash_activities':
      return listed(raw, activityOf, (rows) =>
        paged({ kind: 'cash_activities', activities: rows.flatMap(({ moved }) => moved ?? []) }, rows, rows.length >= EXECUTIONS_A_PAGE),
      );
    case 'read_account': {
      const account = accountOf(raw);
      return account.ok ? { kind: 'account', account: account.value } : unreadableField(account.problem);
    }
    case 'read_clock': {
      const clock = clockOf(raw);
      return clock.ok ? { kind: 'clock', clock: clock.value } : unreadableField(clock.problem);
    }
    default:
      return unreachable(ask);
  }
}

/** All rows or none: a list with a hole would be read as one that is whole (D12). */
function listed<Item>(
  raw: unknown,
  read: (item: unknown) => Result<Item, Unreadable>,
  answer: (items: readonly Item[]) => Answer | More,
): Answer | More {
  const list = listOf(raw);
  if (list === null) return unreadableAnswer('a list', '');
  const items: Item[] = [];
  for (const item of list) {
    const one = read(item);
    if (!one.ok) return unreadableField(one.problem);
    items.push(one.value);
  }
  return answer(items);
}

const rowsOf = (orders: readonly BrokerOrder[]): number => orders.reduce((rows, { legs }) => rows + 1 + (legs?.length ?? 0), 0);

/** A full page goes on behind its last row. */
function paged(part: Answer, items: readonly { readonly id: string | null }[], isFull: boolean): Answer | More {
  const page = isFull ? (items.at(-1)?.id ?? null) : null;
  return page === null ? part : { kind: 'more', page, part };
}

const unreadableField = ({ field }: Unreadable): Answer => unreadableAnswer(field, '');

const unreadableAnswer = (what: string, body: string): Answer => ({
  kind: 'ambiguous',
  why: 'unreadable',
  said: shown(`unreadable: ${what} ${body}`),
});
