import { expect, test } from 'vitest';
import { momentOption } from '#main/commands/moment-option';

test.each([
  ['10:15', null, 615],
  ['2018-03-09T10:15', '2018-03-09', 615],
  ['2018-03-09 10:15', '2018-03-09', 615],
  // Winter and summer: the clocks changed on 2018-03-11.
  ['2018-03-09T15:15:00Z', '2018-03-09', 615],
  ['2018-03-12T14:15:00Z', '2018-03-12', 615],
  ['2018-03-12T10:15:30-04:00', '2018-03-12', 615],
  // The evening is the next day in UTC; a Saturday and a holiday have a clock, too.
  ['2018-03-09T02:00:00Z', '2018-03-08', 1260],
  ['2018-03-10T00:30:00Z', '2018-03-09', 1170],
  ['2018-03-10T15:15:00Z', '2018-03-10', 615],
  ['2018-02-19T15:15:00Z', '2018-02-19', 615],
])('%s is a minute of New York', (text, date, minute) => {
  expect(momentOption(text)).toEqual({ date, minute });
});

test.each(['25:00', '10:60', '2018-02-30T10:15', 'noon', '2018-03-09T15:15:00', '1918-03-09T15:15:00Z'])('%s is refused', (text) =>
  expect(() => momentOption(text)).toThrow('Expected a minute of a session'),
);
