import { priceOf, sharesOf } from '#adapters/alpaca/decimal-text';
import { orderOf } from '#adapters/alpaca/order-of';
import { shown } from '#adapters/alpaca/refusal-of';
import type { BrokerOrder, Execution } from '#domain/brokerage/broker-order';
import { fieldIn, listIn, listOf, textIn } from '#domain/values/json-field';
import { parseRfc3339 } from '#domain/values/rfc3339';
import type { BrokerNews } from '#engine/ports/brokerage';
import { parsed } from '#engine/ports/json-text';

/** The stream of order events. */
export const STREAM = 'trade_updates';

/** One message of the order stream: about the line itself, or news. */
export type StreamMessage =
  | { readonly kind: 'authorization'; readonly granted: boolean; readonly said: string }
  | { readonly kind: 'listening'; readonly streams: readonly unknown[] }
  | Extract<BrokerNews, { kind: 'order_news' | 'unreadable_news' }>;

/** Events that are no execution. An event that is in no list may be one, and is unreadable. */
const quiet: ReadonlySet<string> = new Set([
  'accepted',
  'pending_new',
  'new',
  'held',
  'canceled',
  'expired',
  'done_for_day',
  'replaced',
  'rejected',
  'stopped',
  'suspended',
  'calculated',
  'pending_cancel',
  'pending_replace',
  'order_cancel_rejected',
  'order_replace_rejected',
]);
const executing: ReadonlySet<string> = new Set(['fill', 'partial_fill']);

/** The messages of one text, in order. Pure: repeated messages are told again, whoever follows them counts an execution once. */
export function messagesOf(text: string): readonly StreamMessage[] {
  const raw = parsed(text);
  return (listOf(raw) ?? [raw]).map((message) => messageOf(message, text));
}

function messageOf(raw: unknown, text: string): StreamMessage {
  const data = fieldIn(raw, 'data');
  switch (textIn(raw, 'stream')) {
    case 'authorization':
      return { kind: 'authorization', granted: textIn(data, 'status') === 'authorized', said: shown(textIn(data, 'status') ?? '') };
    case 'listening':
      return { kind: 'listening', streams: listIn(data, 'streams') ?? [] };
    case STREAM:
      return updateOf(data) ?? { kind: 'unreadable_news', received: shown(text) };
    default:
      return { kind: 'unreadable_news', received: shown(text) };
  }
}

function updateOf(data: unknown): StreamMessage | null {
  const event = textIn(data, 'event') ?? '';
  const order = orderOf(fieldIn(data, 'order'));
  if (!order.ok) return null;
  if (quiet.has(event)) return { kind: 'order_news', order: order.value, execution: null };
  if (!executing.has(event)) return null;
  const execution = executionIn(data, order.value);
  return execution === null ? null : { kind: 'order_news', order: order.value, execution };
}

/** `qty` and `price` are those of this execution, `filled_qty` of the order is the sum. */
function executionIn(data: unknown, order: BrokerOrder): Execution | null {
  const shares = sharesOf(textIn(data, 'qty'));
  const price = priceOf(textIn(data, 'price'));
  const at = parseRfc3339(textIn(data, 'timestamp') ?? '');
  if (shares === null || shares <= 0 || shares > order.filled || price === null || at === null) return null;
  const id = textIn(data, 'execution_id');
  return {
    id: id === '' ? null : id,
    order: order.id,
    ticker: order.ticker,
    side: order.side,
    shares,
    cumulative: order.filled,
    price,
    at,
    // Only the activities tell of trades that are taken back (broker-alpaca §14).
    busts: null,
    corrects: null,
  };
}
