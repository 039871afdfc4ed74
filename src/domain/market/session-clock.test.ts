import { expect, test } from 'vitest';
import type { EventOf } from '#domain/events/event';
import { SessionClock } from '#domain/market/session-clock';
import type { Mode } from '#domain/market/trading-day';
import { minuteOf, opened } from '#tests/one-service';

const full = opened(0);
const half: EventOf<'session_opened'> = { ...full, closeMinute: minuteOf('13:00') };

/** Spans in which there is a scan each so many minutes, the first at their beginning. */
type Cadence = readonly (readonly [from: string, to: string, every: number])[];

// The mission's table, written down a second time. A dash there is no span here.
const table: readonly (readonly [mode: Mode, day: Cadence, halfDay: Cadence])[] = [
  [
    'normal',
    [
      ['08:00', '09:25', 15],
      ['09:30', '09:45', 1],
      ['09:45', '11:30', 5],
      ['11:30', '14:00', 15],
      ['14:00', '15:30', 5],
    ],
    [
      ['08:00', '09:25', 15],
      ['09:30', '09:45', 1],
      ['09:45', '11:00', 5],
      ['11:00', '12:30', 5],
    ],
  ],
  [
    'aggressive',
    [
      ['08:00', '09:25', 10],
      ['09:30', '09:45', 1],
      ['09:45', '11:30', 2],
      ['11:30', '14:00', 10],
      ['14:00', '15:30', 2],
    ],
    [
      ['08:00', '09:25', 10],
      ['09:30', '09:45', 1],
      ['09:45', '11:00', 2],
      ['11:00', '12:30', 2],
    ],
  ],
  [
    'conservative',
    [
      ['08:00', '09:25', 30],
      ['09:30', '09:45', 5],
      ['09:45', '11:30', 10],
      ['11:30', '14:00', 30],
      ['14:00', '15:30', 15],
    ],
    [
      ['08:00', '09:25', 30],
      ['09:30', '09:45', 5],
      ['09:45', '11:00', 10],
      ['11:00', '12:30', 15],
    ],
  ],
];

const minutesOf = (cadence: Cadence): readonly number[] =>
  cadence.flatMap(([from, to, every]) => {
    const minutes: number[] = [];
    for (let minute = minuteOf(from); minute < minuteOf(to); minute += every) minutes.push(minute);
    return minutes;
  });
const allMinutes = Array.from({ length: 1440 }, (_, minute) => minute);

for (const [mode, day, halfDay] of table) {
  test(`${mode}: every minute at which there is a scan, on a whole and on a half day`, () => {
    const scans = (session: EventOf<'session_opened'>): readonly number[] => {
      const clock = new SessionClock(session);
      return allMinutes.filter((minute) => clock.scanDue(minute, mode));
    };
    expect(scans(full)).toEqual(minutesOf(day));
    expect(scans(half)).toEqual(minutesOf(halfDay));
  });
}

test('local minutes come from the instant of the open', () => {
  const clock = new SessionClock(full);
  expect([clock.minuteAt(full.open), clock.minuteAt(full.close)]).toEqual([570, 960]);
});
