import { expect, test } from 'vitest';
import { usCalendar } from '#domain/market/calendar';
import { dateOfDay, dayFromCivil } from '#domain/values/session-date';
import { unusedAdvice } from '#main/day/unused-advice';

const found = usCalendar.session(dateOfDay(dayFromCivil(2018, 3, 12)));
if (!found.ok) throw new Error('no session');
const traded = { session: found.value, history: false };
const taught = { session: found.value, history: true };

test.each([
  ['nothing teaches and six could', { unused: 6, sessions: [traded], asked: 'auto' }, true],
  ['twenty teach already and six are older', { unused: 6, sessions: [taught, traded], asked: 'auto' }, false],
  ['somebody wants none', { unused: 6, sessions: [traded], asked: 0 }, false],
  ['none is left', { unused: 0, sessions: [traded], asked: 'auto' }, false],
] as const)('advice on unused sessions: %s', (_, asked, isGiven) => {
  expect(unusedAdvice(asked) !== null).toBe(isGiven);
});
