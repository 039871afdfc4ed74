import type { Instant } from '#domain/values/instant';
import { readTime } from '#simulation/broker/activity-text';
import { type ApiAnswer, answer, notFound, refuse } from '#simulation/broker/api-answer';
import { assetIdOf, type Floor } from '#simulation/broker/floor';
import type { Json, JsonObject } from '#simulation/broker/json';
import { ended, type HeldOrder } from '#simulation/broker/order';
import { orderText } from '#simulation/broker/order-text';

const LIMIT = 50;
const LIMIT_MAX = 500;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

type Query = Readonly<Record<string, string>>;

/** An order as it was at an instant, with its legs if they are asked for and it is the head of a group. */
export function orderWithLegs(floor: Floor, order: HeldOrder, nested: boolean, at: Instant = floor.now): JsonObject {
  const legs =
    nested && order.parent === null && order.legs.length > 0 ? order.legs.flatMap((leg) => floor.orders.asOf(leg, at) ?? []) : null;
  return orderText(order, assetIdOf(floor, order), legs?.map((leg) => orderText(leg, assetIdOf(floor, leg), null)) ?? null);
}

export function oneOrder(floor: Floor, id: string, query: Query, at: Instant): ApiAnswer {
  if (!uuid.test(id)) return refuse(422, 40010001, 'order_id is missing');
  return told(floor, floor.orders.asOf(id, at), query, at);
}

export function orderByClient(floor: Floor, query: Query, at: Instant): ApiAnswer {
  const clientId = query['client_order_id'];
  if (clientId === undefined || clientId === '') return refuse(422, 40010001, 'client_order_id is required');
  const order = floor.orders.findByClient(clientId);
  return told(floor, order === null ? null : floor.orders.asOf(order.id, at), query, at);
}

const told = (floor: Floor, order: HeldOrder | null, query: Query, at: Instant): ApiAnswer =>
  order === null ? notFound('order') : answer(orderWithLegs(floor, order, query['nested'] === 'true', at));

/** The list of orders, by default the open ones, newest first. Source: broker-alpaca §2. */
export function orderList(floor: Floor, query: Query, at: Instant): ApiAnswer {
  const { status = 'open', direction = 'desc', symbols, side, before_order_id: before, after_order_id: behind } = query;
  if (!['open', 'closed', 'all'].includes(status)) return refuse(422, 40010001, 'invalid status');
  const limit = query['limit'] === undefined ? LIMIT : Number(query['limit']);
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > LIMIT_MAX) return refuse(422, 40010001, 'limit must be between 1 and 500');
  const after = readTime(query['after']);
  const until = readTime(query['until']);
  if (after === 'unreadable' || until === 'unreadable') return refuse(422, 40010001, 'invalid date');
  const wanted = symbols === undefined || symbols === '' ? null : symbols.split(',');
  const cursors = [before, behind].map((id) => (id === undefined ? null : floor.orders.find(id)));
  if ((before !== undefined && cursors[0] === null) || (behind !== undefined && cursors[1] === null)) return notFound('order');
  const nested = query['nested'] === 'true';
  const orders = candidates(floor, status, at)
    .flatMap(({ id }) => floor.orders.asOf(id, at) ?? [])
    .filter(
      (order) =>
        isListed(floor, order, status, nested, at) &&
        (after === null || order.createdAt > after) &&
        (until === null || order.createdAt < until) &&
        (wanted === null || wanted.includes(order.ticker)) &&
        (side === undefined || order.side === side) &&
        (cursors[0] === undefined || cursors[0] === null || order.sequence < cursors[0].sequence) &&
        (cursors[1] === undefined || cursors[1] === null || order.sequence > cursors[1].sequence),
    )
    .sort((a, b) => (direction === 'asc' ? a.sequence - b.sequence : b.sequence - a.sequence));
  return answer(orders.slice(0, limit).map((order): Json => orderWithLegs(floor, order, nested, at)));
}

/** What is open now is found among what lives; only a late view, or what has ended, needs all that ever was. */
function candidates({ orders, now }: Floor, status: string, at: Instant): readonly HeldOrder[] {
  if (status !== 'open' || at !== now) return orders.all();
  return [...new Set(orders.live().flatMap((order) => orders.family(order)))];
}

/** Nested, legs stand under the head of their group; flat, a held leg is not among the open. Source: broker-alpaca §9.1. */
function isListed(floor: Floor, order: HeldOrder, status: string, nested: boolean, at: Instant): boolean {
  if (nested && order.parent !== null) return false;
  const members = nested ? [order, ...order.legs.flatMap((leg) => floor.orders.asOf(leg, at) ?? [])] : [order];
  const open = members.some((member) => !ended(member) && (nested || member.status !== 'held'));
  return status === 'all' || (status === 'open' ? open : members.every(ended));
}
