import type { Instant } from '#domain/values/instant';
import type { Json, JsonObject } from '#simulation/broker/json';
import type { HeldOrder } from '#simulation/broker/order';
import { amountText, formatE9, meanText } from '#simulation/broker/shares-e9';
import { easternText, utcText } from '#simulation/broker/wire-time';

const money = (e4: number | null): Json => (e4 === null ? null : amountText(e4));
const time = (at: Instant | null): Json => (at === null ? null : utcText(at));

/** Hundredths of a percent as percent: 150 is "1.5". */
const percent = (hundredths: number | null): Json => (hundredths === null ? null : amountText(hundredths * 100));

/** The order as it is written; `legs` is null where they are not asked for. Source: broker-alpaca §3. */
export const orderText = (order: HeldOrder, assetId: string, legs: readonly Json[] | null): JsonObject => ({
  id: order.id,
  client_order_id: order.clientId,
  created_at: utcText(order.createdAt),
  updated_at: utcText(order.updatedAt),
  submitted_at: utcText(order.createdAt),
  // Both ways of writing an instant occur, even inside one order.
  filled_at: order.filledAt === null ? null : easternText(order.filledAt),
  expired_at: time(order.expiredAt),
  expires_at: time(order.expiresAt),
  canceled_at: time(order.canceledAt),
  failed_at: time(order.failedAt),
  replaced_at: time(order.replacedAt),
  replaced_by: order.replacedBy,
  replaces: order.replaces,
  asset_id: assetId,
  symbol: order.ticker,
  asset_class: 'us_equity',
  notional: money(order.notional),
  qty: order.qty === null ? null : formatE9(order.qty),
  filled_qty: formatE9(order.filled),
  filled_avg_price: order.filled === 0 ? null : meanText(order.cost, order.filled),
  order_class: order.shape,
  order_type: order.type,
  type: order.type,
  side: order.side,
  position_intent: order.intent,
  time_in_force: order.tif,
  limit_price: money(order.limit),
  stop_price: money(order.stop),
  trail_price: money(order.trailPrice),
  trail_percent: percent(order.trailPercent),
  hwm: money(order.mark),
  status: order.status,
  extended_hours: order.extended,
  legs,
  source: order.parent === null ? 'access_key' : null,
  subtag: null,
});
