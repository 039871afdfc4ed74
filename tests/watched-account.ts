import type { Event, EventOf } from '#domain/events/event';
import type { Intent } from '#domain/orders/intent';
import type { OrderId } from '#domain/orders/order';
import type { Limits } from '#domain/risk/limits';
import type { RefusalKind } from '#domain/risk/refusal';
import type { Choice } from '#domain/session/question';
import { defaultSettings, type Settings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { riskManager } from '#production/risk-manager/risk-manager';
import { type Bar, chance, still } from './bar-columns.js';
import { Alone, at, closed, intentOf, minuteOf, of, opened } from './one-service.js';

export const SYMBOLS = 8;
export const VOLUME = 1_000_000;

export const supervised: Settings = { ...defaultSettings, session: { ...defaultSettings.session, control: 'supervised' } };
export const limited = (limits: Partial<Limits>): Settings => ({ ...defaultSettings, limits: { ...defaultSettings.limits, ...limits } });

const begun = (settings: Settings = defaultSettings): Event => ({
  kind: 'run_started',
  settings,
  source: 'simulated_market',
  version: 'test',
});

/** A bar at one price for all names but name 0, which is left to the tests of losses. */
const quiet = (price: number): readonly Bar[] => [null, ...Array.from({ length: SYMBOLS - 1 }, () => still(price, VOLUME))];

/** A risk manager on a day: a session with one bar of each name has gone before, so that closes and usual volumes are known. */
export function openDay(settings: Settings = defaultSettings): Alone {
  const alone = new Alone(riskManager());
  alone.sees(begun(settings));
  alone.sees(opened(SYMBOLS, { history: true }));
  alone.seesBars(
    '16:00',
    Array.from({ length: SYMBOLS }, () => still(1_000_000, VOLUME)),
  );
  alone.sees(closed());
  nextDay(alone);
  return alone;
}

export function nextDay(alone: Alone, date = '2018-03-12'): readonly Event[] {
  return alone.sees({ ...opened(SYMBOLS, { listed: false }), date: date as SessionDate });
}

/** Each name in a sector of its own, so that unknown correlation does not matter. */
export const spread = (alone: Alone): readonly Event[] =>
  alone.sees({
    kind: 'sectors_listed',
    sectors: Array.from({ length: SYMBOLS }, (_, s) => ({ symbol: symbolIndex(s), sector: `sector ${s}` })),
  });

/** All names trade at 100.00, and then one of them is wanted. */
export function asks(alone: Alone, symbol: number, clock = '10:00', changes: Partial<Intent> = {}): readonly Event[] {
  const watched = alone.seesBars(clock, quiet(1_000_000));
  return [...watched, ...alone.sees({ kind: 'intent_formed', intent: intentOf(symbol, changes) }, at(clock))];
}

export const reasons = (said: readonly Event[]): readonly RefusalKind[] =>
  of(said, 'intent_refused').flatMap(({ refusals }) => refusals.map(({ kind }) => kind));

export const entryOf = (symbol: number, intent: number, id: string): Event =>
  ({
    kind: 'order_requested',
    order: { id: id as OrderId, role: 'entry', symbol: symbolIndex(symbol), intent },
  }) as unknown as EventOf<'order_requested'>;

/** The entry of an intent goes out, and the broker does not take it. */
export function rejected(alone: Alone, symbol: number, intent: number, name: string): void {
  alone.sees(entryOf(symbol, intent, name));
  alone.sees({ kind: 'order_rejected', order: name as OrderId, reason: 'buying_power' });
}

export const filled = (symbol: number, shares: number, dollars: number, order = `o${symbol}`): Event => ({
  kind: 'order_filled',
  order: order as OrderId,
  symbol: symbolIndex(symbol),
  side: shares > 0 ? 'buy' : 'sell',
  shares: quantity(Math.abs(shares)),
  price: price(Math.round(dollars * 10_000)),
  fees: cash(0),
  bar: at('10:00'),
  flags: [],
});

/** 100 shares of name 0 are held at 100.00; the bar closes with so much P&L, in 1e-4. */
export const marked = (pnlE4: number): Bar[] => [still(1_000_000 + pnlE4 / 100), ...Array.from({ length: SYMBOLS - 1 }, () => null)];

export function holding(settings: Settings = defaultSettings): Alone {
  const alone = openDay(settings);
  alone.seesBars('10:00', marked(0));
  alone.sees(filled(0, 100, 100), at('10:00'));
  return alone;
}

export const stopAt = (level: EventOf<'stop_requested'>['level'], from: 'person' | 'program' = 'person'): Event => ({
  kind: 'stop_requested',
  level,
  by: 'Ada',
  from,
  because: 'enough',
});

export const clearing = (changes: Partial<EventOf<'clear_requested'>> = {}): Event => ({
  kind: 'clear_requested',
  by: 'Ada',
  from: 'person',
  because: 'looked at it',
  ...changes,
});

export const settled = (intent: number, choice: Choice): Event => ({
  kind: 'question_settled',
  question: 1,
  subject: 'entry',
  intent,
  settlement: choice === 'enter' ? 'answered' : 'expired',
  choice,
  override: false,
  by: 'Ada',
  because: '',
  code: null,
});

/** Two sessions of five-minute moves come before the day: names of the same number go together, others their own way. */
export function taught(groups: readonly number[]): Alone {
  const alone = new Alone(riskManager());
  alone.sees(begun());
  const next = chance(5);
  const closes = groups.map(() => 1_000_000);
  for (let session = 0; session < 2; session++) {
    alone.sees(opened(SYMBOLS, { history: true, listed: session === 0 }));
    for (let minute = minuteOf('09:31'); minute <= minuteOf('16:00'); minute++) {
      const moves = groups.map(() => Math.round(2000 * (next() - 0.5)));
      for (const [s, group] of groups.entries()) closes[s] = (closes[s] ?? 0) + (moves[group] ?? 0);
      alone.seesBars(
        `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
        closes.map((close) => still(close, VOLUME)),
      );
    }
    alone.sees(closed());
  }
  nextDay(alone);
  return alone;
}
