import type { Event, EventOf } from '#domain/events/event';
import { tickRuleOn } from '#domain/market/ticks';
import type { OrderId, Side } from '#domain/orders/order';
import { review } from '#domain/risk/approval';
import type { ExitRules } from '#domain/risk/exit-rules';
import { defaultSettings, type Settings } from '#domain/settings';
import { firstStamp } from '#domain/settings-stamp';
import { cash } from '#domain/values/cash';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { trading } from '#production/trading/trading';
import { still } from './bar-columns.js';
import { Alone, at, calm, intentOf, opened } from './one-service.js';

const found = tickRuleOn('2018-03-12' as SessionDate);
if (!found.ok) throw new Error('no tick rule');
const ticks = found.value;

/** 200 shares at 100.00 with a stop at 98.00 and a target at 104.00, approved as intent 7 (8 for the second name). */
export function approved(symbol = 0): EventOf<'intent_approved'> {
  const verdict = review(intentOf(symbol), calm, ticks);
  if (verdict.kind !== 'approved') throw new Error('not approved');
  return { kind: 'intent_approved', intent: 7 + symbol, order: verdict.order, stamp: firstStamp(defaultSettings) };
}

export const id = (name: string, symbol = 0): OrderId => `2018-03-12-${7 + symbol}-${name}` as OrderId;

export const fill = (order: OrderId, side: Side, shares: number, dollars: number, symbol = 0): EventOf<'order_filled'> => ({
  kind: 'order_filled',
  order,
  symbol: symbolIndex(symbol),
  side,
  shares: quantity(shares),
  price: price(dollars * 10_000),
  fees: cash(0),
  bar: at('10:00'),
  flags: [],
});
export const accepted = (name: string, symbol = 0): Event => ({ kind: 'order_accepted', order: id(name, symbol) });
export const cancelled = (name: string, symbol = 0): Event => ({ kind: 'order_cancelled', order: id(name, symbol), unfilled: quantity(1) });

/** What is asked of the broker, in words. */
export const asked = (said: readonly Event[]): readonly string[] =>
  said.flatMap((event) => {
    if (event.kind === 'cancel_requested') return [`cancel ${event.order.slice(11)} (${event.reason})`];
    if (event.kind !== 'order_requested') return [];
    const { role, type, shares, limit, stop, reason } = event.order;
    return [
      `${role} ${type} ${shares}${limit === null ? '' : ` at ${limit / 10_000}`}${stop === null ? '' : ` stop ${stop / 10_000}`} (${reason})`,
    ];
  });

/** The trading service in a session of two names, which closes at 13:00 when it is a half day. */
export function tradingDay({ exits = {}, half = false }: { exits?: Partial<ExitRules>; half?: boolean } = {}): Alone {
  const alone = new Alone(trading());
  const settings: Settings = { ...defaultSettings, exits: { ...defaultSettings.exits, ...exits } };
  alone.sees({ kind: 'run_started', settings, source: 'simulated_market', version: 'test' });
  const full = opened(2);
  alone.sees(half ? { ...full, close: instant(full.open + 210 * MINUTE_MS), closeMinute: 780 } : full);
  closesAt(alone, '10:00', 100, 100);
  return alone;
}

/** A minute has closed at these prices in dollars, null for no bar; what is asked of the broker. */
export const closesAt = (alone: Alone, clock: string, first: number | null, second: number | null = 100): readonly string[] =>
  asked(barsAt(alone, clock, first, second));

export const barsAt = (alone: Alone, clock: string, first: number | null, second: number | null = 100): readonly Event[] =>
  alone.seesBars(
    clock,
    [first, second].map((dollars) => (dollars === null ? null : still(Math.round(dollars * 10_000)))),
  );

/** A bracket of which so many shares were bought at 100.00 in the minute of 10:00, with what the broker has confirmed of it. */
export function holding(
  shares = 200,
  { confirmed = ['entry', 'stop', 'target'], on = tradingDay() }: { confirmed?: readonly string[]; on?: Alone } = {},
): Alone {
  on.sees(approved(), at('10:00'));
  for (const name of confirmed) on.sees(accepted(name), at('10:00'));
  on.sees(fill(id('entry'), 'buy', shares, 100), at('10:01'));
  return on;
}
