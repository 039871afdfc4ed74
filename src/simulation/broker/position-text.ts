import type { Instant } from '#domain/values/instant';
import type { Floor } from '#simulation/broker/floor';
import type { Json, JsonObject } from '#simulation/broker/json';
import { availableOf } from '#simulation/broker/reservations';
import { amountText, formatE9, meanText, worth } from '#simulation/broker/shares-e9';

/** A part of a whole with four decimals; it is for people, and nothing is decided by it. */
const ratio = (part: number, whole: number): string => (whole === 0 ? '0' : String(Math.round((part / Math.abs(whole)) * 10_000) / 10_000));

/** A position as it is written, or null where the view shows none. Source: broker-alpaca §12. */
export function positionText(floor: Floor, ticker: string, at: Instant): JsonObject | null {
  const { shares, cost } = floor.holdings.seen(ticker, at);
  if (shares === 0) return null;
  const asset = floor.assets.get(ticker);
  const price = floor.tape.price(ticker);
  const value = price === null ? cost : worth(shares, price);
  const before = floor.tape.dayBefore(ticker);
  // What is free is reckoned by the orders as they are, for what the view shows.
  const free = Math.min(Math.abs(shares), availableOf(floor, ticker));
  const money = (e4: number | null): Json => (e4 === null ? null : amountText(e4));
  return {
    asset_id: asset?.id ?? null,
    symbol: ticker,
    exchange: asset?.exchange ?? null,
    asset_class: 'us_equity',
    asset_marginable: asset?.marginable ?? false,
    qty: formatE9(shares),
    qty_available: formatE9(shares < 0 ? -free : free),
    avg_entry_price: meanText(cost, shares),
    side: shares > 0 ? 'long' : 'short',
    market_value: amountText(value),
    cost_basis: amountText(cost),
    unrealized_pl: amountText(value - cost),
    unrealized_plpc: ratio(value - cost, cost),
    unrealized_intraday_pl: amountText(value - cost),
    unrealized_intraday_plpc: ratio(value - cost, cost),
    current_price: money(price),
    lastday_price: money(before),
    change_today: before === null || price === null ? '0' : ratio(price - before, before),
  };
}

export const positionsText = (floor: Floor, at: Instant): readonly Json[] =>
  floor.holdings.tickers.map((ticker): Json => positionText(floor, ticker, at)).filter((text) => text !== null);
