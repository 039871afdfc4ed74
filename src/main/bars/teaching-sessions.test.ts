import { expect, test } from 'vitest';
import { dateOfDay, type SessionDate } from '#domain/values/session-date';
import { withTeaching } from '#main/bars/teaching-sessions';

const days = (count: number): readonly SessionDate[] => Array.from({ length: count }, (_, day) => dateOfDay(17_600 + day));
const available = days(40);
const day = (place: number): SessionDate => available[place] as SessionDate;

const rows: readonly [why: string, lie: number, from: number, history: 'auto' | number, firstGiven: number][] = [
  ['a range of one session is taught by the twenty before it', 36, 35, 'auto', 15],
  ['a range of five sessions is taught', 40, 35, 'auto', 15],
  ['a range of six builds its own history', 40, 34, 'auto', 34],
  ['no more teach than lie there', 12, 10, 'auto', 0],
  ['a number holds whatever the range', 40, 10, 3, 7],
  ['none', 36, 35, 0, 35],
];
for (const [why, lie, from, history, firstGiven] of rows) {
  test(`earlier sessions: ${why}`, () => {
    expect(withTeaching(available.slice(0, lie), { from: day(from), history })).toEqual(available.slice(firstGiven, lie));
  });
}

test('earlier sessions: a range without a session gives none', () => {
  expect(withTeaching(days(3), { from: day(30), history: 'auto' })).toEqual([]);
});
