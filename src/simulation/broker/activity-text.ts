import { unreachable } from '#domain/values/assert';
import { parseRfc3339 } from '#domain/values/rfc3339';
import type { Activity } from '#simulation/broker/activity-log';
import { type ApiAnswer, answer, refuse } from '#simulation/broker/api-answer';
import type { Floor } from '#simulation/broker/floor';
import type { JsonObject } from '#simulation/broker/json';
import { amountText, formatE9 } from '#simulation/broker/shares-e9';
import { dateOf, utcText } from '#simulation/broker/wire-time';

const PAGE_MAX = 100;

/** A row of the ledger as it is written. Source: broker-alpaca §13. */
function activityText(row: Activity): JsonObject {
  switch (row.kind) {
    case 'fill':
      return {
        id: row.id,
        activity_type: 'FILL',
        order_id: row.order,
        order_status: row.orderStatus,
        symbol: row.ticker,
        side: row.side,
        type: row.whole ? 'fill' : 'partial_fill',
        qty: formatE9(row.shares),
        cum_qty: formatE9(row.cumulative),
        leaves_qty: formatE9(row.leaves),
        price: amountText(row.price),
        transaction_time: utcText(row.at),
        ...(row.busts === null ? {} : { status: 'canceled', previous_id: row.busts }),
        ...(row.corrects === null ? {} : { status: 'correct', previous_id: row.corrects }),
      };
    case 'split':
      return {
        id: row.id,
        activity_type: 'SPLIT',
        date: dateOf(row.at),
        created_at: utcText(row.at),
        symbol: row.ticker,
        qty: formatE9(row.shares),
        net_amount: amountText(row.money),
        status: 'executed',
      };
    case 'cash':
      return {
        id: row.id,
        activity_type: row.type,
        date: dateOf(row.at),
        created_at: utcText(row.at),
        ...(row.ticker === null ? {} : { symbol: row.ticker }),
        net_amount: amountText(row.money),
        status: 'executed',
      };
    default:
      return unreachable(row);
  }
}

function typeOf(row: Activity): string {
  if (row.kind === 'cash') return row.type;
  return row.kind === 'fill' ? 'FILL' : 'SPLIT';
}

/** A page of activities; `types` is null for all. */
export function activitiesText(floor: Floor, query: Readonly<Record<string, string>>, types: readonly string[] | null): ApiAnswer {
  const size = query['page_size'] === undefined ? PAGE_MAX : Number(query['page_size']);
  if (!Number.isSafeInteger(size) || size < 1 || size > PAGE_MAX) return refuse(422, 40010001, 'page_size must be between 1 and 100');
  const after = readTime(query['after']);
  const until = readTime(query['until']);
  if (after === 'unreadable' || until === 'unreadable') return refuse(422, 40010001, 'invalid date');
  const { date, order_id: order, direction = 'desc', page_token: token, category } = query;
  const rows = floor.activities
    .seen(floor.now)
    .filter(
      (row) =>
        (types === null || types.includes(typeOf(row))) &&
        (category === undefined || (category === 'trade_activity') === (row.kind === 'fill')) &&
        (after === null || row.at > after) &&
        (until === null || row.at < until) &&
        (date === undefined || dateOf(row.at) === date) &&
        (order === undefined || (row.kind === 'fill' && row.order === order)),
    );
  const sorted = direction === 'asc' ? rows : rows.toReversed();
  const start = token === undefined ? 0 : sorted.findIndex(({ id }) => id === token) + 1;
  if (token !== undefined && start === 0) return refuse(422, 40010001, 'invalid page_token');
  return answer(sorted.slice(start, start + size).map(activityText));
}

/** A time or a date; null where none is given. */
export function readTime(text: string | undefined): number | null | 'unreadable' {
  if (text === undefined || text === '') return null;
  return parseRfc3339(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text) ?? 'unreadable';
}
