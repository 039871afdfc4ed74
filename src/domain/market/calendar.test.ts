import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarOf, localMinuteOf, minuteStart, usCalendar } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import { formatInstant, instant, MINUTE_MS } from '#domain/values/instant';
import { dateOfDay, dayOf, type SessionDate, weekdayOf } from '#domain/values/session-date';
import { hasReference, reference } from '#tests/reference-data';

const on = (text: string): SessionDate => text as SessionDate;

function sessionOn(date: string): Session {
  const found = usCalendar.session(on(date));
  if (!found.ok) throw new Error(`${date}: ${found.problem.kind}`);
  return found.value;
}

const open: readonly [why: string, date: string, open: string, close: string][] = [
  ['the first covered day', '2000-01-03', '14:30', '21:00'],
  ['the Friday before the clock of 2000 goes forward in April', '2000-03-31', '14:30', '21:00'],
  ['the Monday after the first Sunday of April 2000', '2000-04-03', '13:30', '20:00'],
  ['the Friday before the last Sunday of October 2006', '2006-10-27', '13:30', '20:00'],
  ['the Monday after the last Sunday of October 2006', '2006-10-30', '14:30', '21:00'],
  ['the Friday before the second Sunday of March 2007, the first under the new rule', '2007-03-09', '14:30', '21:00'],
  ['the Monday after it', '2007-03-12', '13:30', '20:00'],
  ['the Friday before the clock of 2018 goes forward', '2018-03-09', '14:30', '21:00'],
  ['the Monday after the clock of 2018 went forward', '2018-03-12', '13:30', '20:00'],
  ['the Friday before the clock of 2018 goes back', '2018-11-02', '13:30', '20:00'],
  ['the Monday after the clock of 2018 went back', '2018-11-05', '14:30', '21:00'],
  ['the Friday before the clock of 2026 goes forward', '2026-03-06', '14:30', '21:00'],
  ['the Monday after it went forward', '2026-03-09', '13:30', '20:00'],
  ['the Friday before the clock of 2026 goes back', '2026-10-30', '13:30', '20:00'],
  ['the Monday after it went back', '2026-11-02', '14:30', '21:00'],
  ['the day the exchanges reopened in 2001', '2001-09-17', '13:30', '20:00'],
  ['the day after Hurricane Sandy', '2012-10-31', '13:30', '20:00'],
  ['Juneteenth of 2020, when it was no holiday', '2020-06-19', '13:30', '20:00'],
  ['the Friday before Juneteenth of 2021, still open', '2021-06-18', '13:30', '20:00'],
  ['the last day of 2021: New Year on a Saturday is not kept', '2021-12-31', '14:30', '21:00'],
  ['Columbus Day', '2018-10-08', '13:30', '20:00'],
  ['the last covered session', '2028-12-29', '14:30', '21:00'],
];
for (const [why, date, opens, closes] of open) {
  test(`E2: open on ${date}: ${why}`, () => {
    const session = sessionOn(date);
    expect(formatInstant(session.open)).toBe(`${date}T${opens}:00Z`);
    expect(formatInstant(session.close)).toBe(`${date}T${closes}:00Z`);
    expect(session).toMatchObject({ half: false, preOpenMinute: 240, openMinute: 570, closeMinute: 960, postCloseMinute: 1200 });
  });
}

const half: readonly [why: string, date: string, close: string][] = [
  ['day after Thanksgiving', '2018-11-23', '18:00'],
  ['Christmas Eve', '2018-12-24', '18:00'],
  ['day after Thanksgiving of 2026', '2026-11-27', '18:00'],
  ['Christmas Eve of 2026', '2026-12-24', '18:00'],
  ['the day before Independence Day', '2018-07-03', '17:00'],
  ['a Wednesday before Independence Day, from 2013 on', '2013-07-03', '17:00'],
  ['the Friday after Independence Day of 2002', '2002-07-05', '17:00'],
  ['the Friday after Christmas of 2003', '2003-12-26', '18:00'],
];
for (const [why, date, closes] of half) {
  test(`E3: half day on ${date}: ${why}`, () => {
    const session = sessionOn(date);
    expect(formatInstant(session.close)).toBe(`${date}T${closes}:00Z`);
    expect(session).toMatchObject({ half: true, openMinute: 570, closeMinute: 780, postCloseMinute: 1020 });
  });
}

test('a Wednesday before Independence Day was a whole day before 2013', () => expect(sessionOn('2002-07-03').half).toBe(false));

const closed: readonly [why: string, date: string, reason: string][] = [
  ['a Saturday', '2018-03-10', 'weekend'],
  ['a Sunday', '2018-03-11', 'weekend'],
  ["New Year's Day", '2019-01-01', 'holiday'],
  ["New Year's Day of a Sunday, kept on Monday", '2017-01-02', 'holiday'],
  ['Martin Luther King Day', '2018-01-15', 'holiday'],
  ["Presidents' Day", '2018-02-19', 'holiday'],
  ['Good Friday', '2018-03-30', 'holiday'],
  ['Memorial Day', '2018-05-28', 'holiday'],
  ['Juneteenth of 2022, a Sunday, kept on Monday', '2022-06-20', 'holiday'],
  ['Juneteenth', '2024-06-19', 'holiday'],
  ['Independence Day', '2018-07-04', 'holiday'],
  ['Independence Day of a Saturday, kept on Friday', '2020-07-03', 'holiday'],
  ['Labor Day', '2018-09-03', 'holiday'],
  ['Thanksgiving', '2018-11-22', 'holiday'],
  ['Christmas', '2018-12-25', 'holiday'],
  ['Christmas of a Saturday, kept on Friday', '2021-12-24', 'holiday'],
  ['September 11', '2001-09-11', 'special_closure'],
  ['the Friday after September 11', '2001-09-14', 'special_closure'],
  ['President Reagan', '2004-06-11', 'special_closure'],
  ['President Ford', '2007-01-02', 'special_closure'],
  ['Hurricane Sandy', '2012-10-29', 'special_closure'],
  ['the second day of Hurricane Sandy', '2012-10-30', 'special_closure'],
  ['President G. H. W. Bush', '2018-12-05', 'special_closure'],
  ['President Carter', '2025-01-09', 'special_closure'],
  ['Good Friday of 2028, by the rule', '2028-04-14', 'holiday'],
];
for (const [why, date, reason] of closed) {
  test(`E4: closed on ${date}: ${why}`, () =>
    expect(usCalendar.session(on(date))).toEqual({ ok: false, problem: { kind: 'market_closed', date, reason } }));
}

const span = { from: '2000-01-03', to: '2028-12-31' };
for (const date of ['1999-12-31', '2000-01-02', '2029-01-01', '2029-01-02']) {
  test(`E4: no answer is given for ${date}, which the calendar does not cover`, () => {
    const unknown = { ok: false, problem: { kind: 'date_not_covered', date, ...span } };
    expect(usCalendar.session(on(date))).toEqual(unknown);
    expect(usCalendar.nextSession(on(date))).toEqual(unknown);
    expect(usCalendar.previousSession(on(date))).toEqual(unknown);
    expect(usCalendar.sessionsBetween(on(date), on('2018-01-02'))).toEqual(unknown);
    expect(usCalendar.sessionsBetween(on('2018-01-02'), on(date))).toEqual(unknown);
  });
}

test('before the first and after the last session there is no further one', () => {
  expect(usCalendar.previousSession(on('2000-01-03'))).toEqual({
    ok: false,
    problem: { kind: 'date_not_covered', date: '2000-01-02', ...span },
  });
  expect(usCalendar.nextSession(on('2028-12-29'))).toEqual({
    ok: false,
    problem: { kind: 'date_not_covered', date: '2029-01-01', ...span },
  });
});

const neighbours: readonly [date: string, previous: string, next: string][] = [
  ['2018-03-09', '2018-03-08', '2018-03-12'],
  ['2018-03-10', '2018-03-09', '2018-03-12'],
  ['2001-09-12', '2001-09-10', '2001-09-17'],
  ['2018-12-25', '2018-12-24', '2018-12-26'],
];
for (const [date, previous, next] of neighbours) {
  test(`around ${date} the sessions are ${previous} and ${next}`, () => {
    expect(usCalendar.previousSession(on(date))).toMatchObject({ ok: true, value: { date: previous } });
    expect(usCalendar.nextSession(on(date))).toMatchObject({ ok: true, value: { date: next } });
  });
}

test('the sessions between two dates include both ends, and none when the dates are in the wrong order', () => {
  const dates = (from: string, to: string) => {
    const found = usCalendar.sessionsBetween(on(from), on(to));
    return found.ok ? found.value.map(({ date }) => date) : found.problem;
  };
  expect(dates('2018-03-08', '2018-03-12')).toEqual(['2018-03-08', '2018-03-09', '2018-03-12']);
  expect(dates('2018-03-10', '2018-03-11')).toEqual([]);
  expect(dates('2018-03-12', '2018-03-08')).toEqual([]);
  expect(dates('2018-01-01', '2018-12-31')).toHaveLength(251);
});

const coveredDay = fc.integer({ min: dayOf(on(span.from)), max: dayOf(on(span.to)) });

test('every covered date is a weekday session or says why it is closed, and its neighbours lie on their sides', () => {
  fc.assert(
    fc.property(coveredDay, (day) => {
      const date = dateOfDay(day);
      const found = usCalendar.session(date);
      const weekend = weekdayOf(day) === 0 || weekdayOf(day) === 6;
      if (found.ok) expect([found.value.date, weekend]).toEqual([date, false]);
      else if (found.problem.kind === 'market_closed') expect(found.problem.reason === 'weekend').toBe(weekend);
      else expect.unreachable();
      const next = usCalendar.nextSession(date);
      if (next.ok) {
        expect(next.value.date > date).toBe(true);
        const back = usCalendar.previousSession(next.value.date);
        if (back.ok) expect(back.value.date <= date).toBe(true);
        if (found.ok) expect(back).toEqual(found);
      }
    }),
  );
});

test('an instant of a session and its local minute name each other', () => {
  fc.assert(
    fc.property(coveredDay, fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: MINUTE_MS - 1 }), (day, minute, ms) => {
      const found = usCalendar.session(dateOfDay(day));
      fc.pre(found.ok);
      const session = found.value;
      expect(localMinuteOf(session, instant(minuteStart(session, minute) + ms))).toBe(minute);
    }),
  );
});

test('the bounds of every session have the local minutes that it names', () => {
  const all = usCalendar.sessionsBetween(usCalendar.from, usCalendar.to);
  if (!all.ok) return expect.unreachable();
  for (const session of all.value) {
    const { preOpen, open: opens, close, postClose } = session;
    const minutes = [preOpen, opens, close, postClose].map((at) => localMinuteOf(session, at));
    expect(minutes).toEqual([session.preOpenMinute, session.openMinute, session.closeMinute, session.postCloseMinute]);
  }
});

test('a calendar whose rules do not reach its dates is a bug and stops', () => {
  const facts = { from: on('2000-01-03'), to: on('2000-01-31'), holidays: [], specialClosures: [], halfDays: [] };
  const empty = { rule: 'none', rows: [] };
  expect(() => calendarOf({ ...facts, hours: empty, daylightSaving: empty }).session(on('2000-01-03'))).toThrow('has hours');
});

/** "2000-01-03T14:30:00Z" of a reference row equals ours, and between its first and last row we have no other session. */
function expectSame(rows: readonly (readonly [date: string, open: string, close: string])[]): void {
  const first = rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) throw new Error('the reference has rows');
  const ours = usCalendar.sessionsBetween(on(first[0]), on(last[0]));
  if (!ours.ok) throw new Error(ours.problem.kind);
  expect(ours.value.map(({ date, open: opens, close }) => [date, formatInstant(opens), formatInstant(close)])).toEqual(rows);
}

test.skipIf(!hasReference)('every session from 2016 to 2025 is the one of the public calendar (needs CATALYST_REFERENCE)', () => {
  const lines = readFileSync(reference('data/open/calendars/sessions_XNYS_2016_2025.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
  const rows = lines.map((line) => line.split(',')).map((cells) => [cells[1] ?? '', cells[2] ?? '', cells[5] ?? ''] as const);
  expect(rows).toHaveLength(2514);
  expectSame(rows);
});

test.skipIf(!hasReference)('every session from 2000 to 2023 is the one of exchange_calendars (needs CATALYST_REFERENCE)', () => {
  const packed = readFileSync(reference('data/open/calendars/exchange_calendars_xnys.csv.gz'));
  const lines = gunzipSync(packed).toString('utf8').trim().split(/\r?\n/).slice(1);
  const rows = lines
    .map((line) => line.split(','))
    .map((cells) => [(cells[0] ?? '').slice(0, 10), cells[1] ?? '', cells[2] ?? ''] as const);
  const covered = rows.filter(([date]) => date >= span.from);
  expect(covered).toHaveLength(5796);
  expectSame(covered);
});

type Closures = {
  readonly full_closures: readonly string[];
  readonly early_closes: readonly { readonly date: string; readonly close: string }[];
};

test.skipIf(!hasReference)('closures and half days to the end of 2028 are the listed ones (needs CATALYST_REFERENCE)', () => {
  const file = JSON.parse(readFileSync(reference('markets/closures.json'), 'utf8')) as { readonly markets: { readonly US: Closures } };
  const all = usCalendar.sessionsBetween(usCalendar.from, usCalendar.to);
  if (!all.ok) return expect.unreachable();
  const halves = all.value.filter((session) => session.half).map(({ date }) => ({ date, close: '13:00' }));
  expect(halves).toEqual(file.markets.US.early_closes);
  const weekdaysClosed: string[] = [];
  for (let day = dayOf(usCalendar.from); day <= dayOf(usCalendar.to); day++) {
    const found = usCalendar.session(dateOfDay(day));
    if (!found.ok && found.problem.kind === 'market_closed' && found.problem.reason !== 'weekend') weekdaysClosed.push(found.problem.date);
  }
  expect(weekdaysClosed).toEqual(file.markets.US.full_closures);
});
