import type { Calendar } from '#domain/market/calendar';
import { newYork, newYorkAt } from '#domain/market/new-york';
import type { Session } from '#domain/market/session-table';
import { assert } from '#domain/values/assert';
import { type Instant, instant } from '#domain/values/instant';
import { dateOfDay, dayOf, type SessionDate } from '#domain/values/session-date';

export type MarketPhase = 'closed' | 'overnight' | 'pre' | 'core' | 'post';

/** Where in the market's days an instant lies. */
export class Sessions {
  readonly #calendar: Calendar;

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
  }

  get calendar(): Calendar {
    return this.#calendar;
  }

  dateOf(at: Instant): SessionDate {
    return newYork(at).date;
  }

  on(date: SessionDate): Session | null {
    const found = this.#calendar.session(date);
    return found.ok ? found.value : null;
  }

  after(date: SessionDate): Session {
    const found = this.#calendar.nextSession(date);
    assert(found.ok, `the calendar goes on after ${date}`);
    return found.value;
  }

  phase(at: Instant): MarketPhase {
    const { date, minute } = newYork(at);
    const today = this.on(date);
    if (today !== null) {
      if (today.preOpen <= at && at < today.open) return 'pre';
      if (today.open <= at && at < today.close) return 'core';
      if (today.close <= at && at < today.postClose) return 'post';
    }
    // The night belongs to the next day: it runs only before one that is a session. Source: broker-alpaca §5.
    const tomorrow = dateOfDay(dayOf(date) + 1);
    if (minute >= NIGHT_MINUTE) return this.on(tomorrow) === null ? 'closed' : 'overnight';
    return minute < 4 * 60 && today !== null ? 'overnight' : 'closed';
  }

  /** The session in which an order that comes now would be worked: today's until its close, then the next. */
  working(at: Instant, extended: boolean): Session {
    const { date } = newYork(at);
    const today = this.on(date);
    if (today !== null && at < (extended ? today.postClose : today.close)) return today;
    return this.after(date);
  }

  nextOpen(at: Instant): Instant {
    const { date } = newYork(at);
    const today = this.on(date);
    return today !== null && at < today.open ? today.open : this.after(date).open;
  }

  nextClose(at: Instant): Instant {
    return this.working(at, false).close;
  }

  /** The next instant at which orders begin or end by the clock. */
  nextBoundary(at: Instant): Instant {
    const { date } = newYork(at);
    const today = this.on(date);
    const those = today === null ? [] : [today.preOpen, today.open, today.close, today.postClose];
    const coming = [...those, newYorkAt(date, GTC_MINUTE), newYorkAt(date, NIGHT_MINUTE)].filter((each) => each > at);
    const next = this.after(date);
    return instant(Math.min(...coming, next.preOpen, newYorkAt(dateOfDay(dayOf(date) + 1), GTC_MINUTE)));
  }
}

/** 16:15 in New York, when a good-till-cancelled order of 90 days ends. Source: broker-alpaca §3. */
export const GTC_MINUTE = 16 * 60 + 15;
export const GTC_DAYS = 90;

/** 20:00 in New York, when the night's session begins. */
const NIGHT_MINUTE = 20 * 60;
