import { expect, test } from 'vitest';
import { knownFrom } from '#domain/news/known-from';
import { DAY_MS, type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { dayOf, parseSessionDate, type SessionDate, weekdayOf } from '#domain/values/session-date';

const on = (text: string): SessionDate => parseSessionDate(text) as SessionDate;

/** 08:00 UTC (04:00 New York in summer) of the next weekday. */
function nextSessionStart(date: SessionDate): Instant {
  let day = dayOf(date) + 1;
  while (weekdayOf(day) === 0 || weekdayOf(day) === 6) day++;
  return instant(day * DAY_MS + 8 * 60 * MINUTE_MS);
}

test('a headline with a time is known at that time, even at night', () => {
  const publishedAt = instant(Date.parse('2018-03-22T23:52:00Z'));
  expect(knownFrom({ publishedAt, date: null }, nextSessionStart)).toBe(publishedAt);
});

const rows: readonly [date: string, known: string][] = [
  ['2018-03-21', '2018-03-22T08:00:00Z'],
  ['2018-03-23', '2018-03-26T08:00:00Z'],
  ['2018-03-24', '2018-03-26T08:00:00Z'],
];
for (const [date, known] of rows) {
  test(`a headline dated ${date} without a time is known from ${known}, never on its own day`, () => {
    expect(knownFrom({ publishedAt: null, date: on(date) }, nextSessionStart)).toBe(Date.parse(known));
  });
}
