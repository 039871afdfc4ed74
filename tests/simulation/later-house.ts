import type { Event } from '#domain/events/event';
import type { Service } from '#domain/events/service';
import type { Intent } from '#domain/orders/intent';
import type { Order } from '#domain/orders/order';
import { defaultSettings, type Settings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { ticker } from '#domain/values/symbol';
import { House } from '#engine/house';
import { unrecorded } from '#engine/journal/recorder';
import { orchestration } from '#production/orchestration/orchestration';
import { reporting } from '#production/reporting/reporting';
import { riskManager } from '#production/risk-manager/risk-manager';
import { trading } from '#production/trading/trading';
import { workflow } from '#production/workflow/workflow';
import { chance, columns, still } from '#tests/bar-columns';
import { intentOf, minuteOf } from '#tests/one-service';
import { sessionsFrom } from './simulated-house.js';

/** The part of the plan in which something may be risked: what stands before it is played by the tests. */
export const laterServices = (): readonly Service[] => [orchestration(), workflow(), riskManager(), trading(), reporting()];

const NAMES = 8;
const DOLLARS = 1_000_000;
const sessions = sessionsFrom('2018-03-09', 4);

/** The later services in the house, at 10:00 of a day, and a broker who does what a test says. All names are at 100.00. */
export class LaterHouse {
  readonly said: Event[] = [];
  readonly #sent = new Map<string, Order>();
  readonly #house: House;
  #day = 0;
  #at: Instant = instant(0);

  constructor(change: (settings: Settings) => Settings = (settings) => settings) {
    const broker = {
      submit: (orders: readonly Order[]) => {
        for (const order of orders) this.#sent.set(order.id, order);
      },
      cancel: () => {},
      suspend: () => {},
      resume: () => {},
    };
    this.#house = new House({
      plan: laterServices(),
      recorder: unrecorded(),
      broker,
      watch: ({ event }) => this.said.push(event),
    });
    const { limits } = defaultSettings;
    const settings = change({ ...defaultSettings, limits: { ...limits, correlationMax: 1, correlationPointsMin: 2 } });
    this.#at = (sessions[0] as (typeof sessions)[0]).preOpen;
    this.accepts({ kind: 'run_started', settings, source: 'simulated_market', version: 'test' });
    this.#teach();
    this.opens();
  }

  /** The next session, at 10:00. */
  opens(history = false): void {
    const session = sessions[this.#day] as (typeof sessions)[0];
    const { date, open, close, openMinute, closeMinute, preOpen } = session;
    this.#at = preOpen;
    const listed = this.#day === 0 ? Array.from({ length: NAMES }, (_, name) => ticker(`N${name}`)) : [];
    this.accepts({ kind: 'session_opened', date, open, close, openMinute, closeMinute, history, listed });
    if (!history) this.minute('10:00', {});
  }

  closes(): void {
    const { date, close } = sessions[this.#day] as (typeof sessions)[0];
    this.#at = close;
    this.accepts({ kind: 'session_closed', date, lastBar: null, complete: true });
    this.#day++;
  }

  /** A minute ends at `clock`; names close at 100.00, or where `at` says, in 1e-4. */
  minute(clock: string, at: Readonly<Record<number, number>>): readonly Event[] {
    const session = sessions[this.#day] as (typeof sessions)[0];
    const minute = minuteOf(clock) - 1;
    const start = instant(session.open + (minute - session.openMinute) * MINUTE_MS);
    const bars = Array.from({ length: NAMES }, (_, name) => still(at[name] ?? DOLLARS, 1_000_000));
    this.#at = instant(start + MINUTE_MS);
    return this.accepts({ kind: 'bars_closed', frame: { ...columns(bars), minute, start, present: NAMES, regular: true } });
  }

  /** Everything that follows from an event of the world. */
  accepts(event: Event): readonly Event[] {
    const before = this.said.length;
    this.#house.accept(event, this.#at);
    return this.said.slice(before + 1);
  }

  wants(symbol: number, changes: Partial<Intent> = {}): readonly Event[] {
    return this.accepts({ kind: 'intent_formed', intent: intentOf(symbol, changes) });
  }

  /** The order of that role that was sent last for a name. */
  order(symbol: number, role: Order['role']): Order {
    const order = [...this.#sent.values()].reverse().find((sent) => sent.symbol === symbol && sent.role === role);
    if (order === undefined) throw new Error(`no ${role} was sent for ${symbol}`);
    return order;
  }

  /** The broker confirms what was sent for a name last. */
  confirms(symbol: number): void {
    const { intent } = this.order(symbol, 'entry');
    for (const sent of this.#sent.values()) if (sent.intent === intent) this.accepts({ kind: 'order_accepted', order: sent.id });
  }

  /** The broker confirms what was sent for a name last, and fills the order of that role. */
  fills(symbol: number, role: Order['role'], { at = DOLLARS, fees = 0 }: { at?: number; fees?: number } = {}): readonly Event[] {
    const { id: order, side, shares } = this.order(symbol, role);
    this.confirms(symbol);
    const told = { order, symbol: this.order(symbol, role).symbol, side, shares, price: price(at), fees: cash(fees), flags: [] };
    return this.accepts({ kind: 'order_filled', ...told, bar: instant(this.#at - MINUTE_MS) });
  }

  cancels(symbol: number, role: Order['role']): void {
    const { id: order, shares } = this.order(symbol, role);
    this.accepts({ kind: 'order_cancelled', order, unfilled: quantity(shares) });
  }

  /** A day of five-minute closes, each name on a way of its own, so that how they move together is known. */
  #teach(): void {
    this.opens(true);
    const session = sessions[0] as (typeof sessions)[0];
    const next = chance(7);
    for (let minute = session.openMinute + 4; minute < session.openMinute + 60; minute += 5) {
      const start = instant(session.open + (minute - session.openMinute) * MINUTE_MS);
      const bars = Array.from({ length: NAMES }, () => still(DOLLARS + Math.floor(next() * 100) * 100, 1_000_000));
      this.#at = instant(start + MINUTE_MS);
      this.accepts({ kind: 'bars_closed', frame: { ...columns(bars), minute, start, present: NAMES, regular: true } });
    }
    this.closes();
  }
}
