import { expect, test } from 'vitest';
import { usCalendar } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import { instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { NewsWindows } from '#main/day/news-windows';

function session(date: string): Session {
  const found = usCalendar.session(date as SessionDate);
  if (!found.ok) throw new Error(date);
  return found.value;
}

const windows = new NewsWindows(['2018-03-14', '2018-03-09', '2018-03-12'].map(session));

/** Closes are at 20:00 in summer time, which began on 2018-03-11, and at 21:00 before. */
const rows: readonly [what: string, at: string, date: string | null][] = [
  ['the close of the session before is its own', '2018-03-08T21:00:00.000Z', null],
  ['a millisecond later is the next one', '2018-03-08T21:00:00.001Z', '2018-03-09'],
  ['its own close still counts', '2018-03-09T21:00:00.000Z', '2018-03-09'],
  ['a weekend belongs to Monday', '2018-03-10T12:00:00.000Z', '2018-03-12'],
  ['up to the close', '2018-03-12T20:00:00.000Z', '2018-03-12'],
  ['what a session that is not run would hear is heard by nobody', '2018-03-13T14:00:00.000Z', null],
  ['the session after that hears only its own', '2018-03-13T20:00:00.001Z', '2018-03-14'],
  ['and nobody what comes at the end', '2018-03-14T20:00:00.001Z', null],
];
for (const [what, at, date] of rows) {
  test(`${what}: ${at}`, () => {
    expect(windows.sessionAt(instant(Date.parse(at)))).toBe(date);
  });
}

test('the end is the last close; without sessions nobody hears of anything', () => {
  expect(windows.end).toBe(Date.parse('2018-03-14T20:00:00Z'));
  const none = new NewsWindows([]);
  expect([none.end, none.sessionAt(instant(0))]).toEqual([Number.NEGATIVE_INFINITY, null]);
});
