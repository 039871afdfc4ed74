import { expect, test } from 'vitest';
import { defaultWatch } from '#domain/alerts/alert-settings';
import { Expectations } from '#domain/alerts/expectations';
import type { Event } from '#domain/events/event';
import { usCalendar } from '#domain/market/calendar';
import { newYorkAt } from '#domain/market/new-york';
import { defaultSettings } from '#domain/settings';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';

const date = '2026-03-16' as SessionDate;
const clock = (time: string): Instant => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return newYorkAt(date, hour * 60 + minute);
};
/** The minute that ends then. */
const bars = (time: string): Event => ({ kind: 'bars_closed', frame: { start: clock(time) - 60_000 } }) as unknown as Event;
const scan = { kind: 'candidates_found' } as unknown as Event;
const closed: Event = { kind: 'session_closed', date, lastBar: null, complete: true };

/** A session that is open, and its sayings by the clock. */
class Day {
  readonly expectations = new Expectations(defaultWatch);

  constructor(isOpened = true) {
    this.expectations.see({
      sequence: 1,
      at: clock('04:00'),
      cause: 0,
      event: { kind: 'run_started', settings: defaultSettings, source: 'live_market', version: 'test' },
    });
    const session = usCalendar.session(date);
    if (!session.ok) throw new Error('no session');
    const { open, close, openMinute, closeMinute } = session.value;
    if (isOpened) this.sees('04:00', { kind: 'session_opened', date, open, close, openMinute, closeMinute, history: false, listed: [] });
  }

  sees(time: string, ...events: readonly Event[]): readonly string[] {
    return events.flatMap((event) => this.expectations.see({ sequence: 2, at: clock(time), cause: 0, event }).map(({ kind }) => kind));
  }

  missing(time: string, byCalendar = true): readonly string[] {
    const facts = this.expectations.missing(clock(time), { held: 0, byCalendar });
    return facts.map((each) =>
      each.kind === 'schedule_missed' ? `${each.what} due ${Math.round((each.due - clock('00:00')) / 60_000)}` : each.kind,
    );
  }
}

test('no bars for five minutes of the session are told once, and that they are back', () => {
  const day = new Day();
  day.sees('09:31', bars('09:31'), scan);
  day.sees('09:32', bars('09:32'), scan);
  expect(day.missing('09:36')).toEqual([]);
  expect(day.missing('09:37')).toEqual(['data_stale']);
  expect(day.missing('09:50')).toEqual([]);
  expect(day.expectations.troubles.join()).toContain('no bars');
  expect(day.sees('09:51', bars('09:33'))).toEqual(['data_back']);
  expect(day.expectations.troubles.join()).not.toContain('no bars');
});

test('a session without any bar is told six minutes after its open, and not before it', () => {
  const day = new Day();
  expect(day.missing('09:29')).toEqual([]);
  expect(day.missing('09:35')).toEqual([]);
  expect(day.missing('09:36')).toEqual(['data_stale']);
});

test('a scan that the cadence asks for and nobody makes is told two minutes of bars later, once until one comes', () => {
  const day = new Day();
  for (const time of ['09:45', '09:50', '10:00']) day.sees(time, bars(time), scan);
  day.sees('10:06', bars('10:06'));
  expect(day.missing('10:06')).toEqual([]);
  day.sees('10:07', bars('10:07'));
  expect(day.missing('10:07')).toEqual(['scan due 605']);
  day.sees('10:11', bars('10:11'));
  expect(day.missing('10:12')).toEqual([]);
  day.sees('10:15', bars('10:15'), scan);
  day.sees('10:22', bars('10:22'));
  expect(day.missing('10:22')).toEqual(['scan due 620']);
});

test('bars that come late make no scan late', () => {
  const day = new Day();
  day.sees('10:00', bars('10:00'), scan);
  day.sees('10:14', bars('10:01'));
  expect(day.missing('10:14')).toEqual([]);
  day.sees('10:14', bars('10:05'), scan, bars('10:07'));
  expect(day.missing('10:14')).toEqual([]);
});

test('a day that nobody opens is told five minutes before the market is open, on trading days only, and only where days come by the calendar', () => {
  const day = new Day(false);
  expect(day.missing('09:24')).toEqual([]);
  expect(day.missing('09:25', false)).toEqual([]);
  expect(day.missing('09:25')).toEqual(['session_open due 565']);
  expect(day.missing('10:00')).toEqual([]);
  const sunday = new Expectations(defaultWatch);
  expect(sunday.missing(newYorkAt('2026-03-15' as SessionDate, 600), { held: 0, byCalendar: true })).toEqual([]);
});

test('a day without its end by 16:30 is told, and one that has ended is not', () => {
  const day = new Day();
  day.sees('15:59', bars('15:59'));
  expect(day.missing('16:29')).toEqual([]);
  expect(day.missing('16:30')).toEqual(['daily_summary due 990']);
  const other = new Day();
  other.sees('16:01', closed);
  expect(other.missing('16:30')).toEqual([]);
});
