import { expect, test } from 'vitest';
import { readTimeText } from '#adapters/files/time-text';

const read = (text: string, order: 'month_first' | 'day_first' = 'month_first'): string | null => {
  const time = readTimeText(text, order);
  return time === null ? null : `${new Date(time.ms).toISOString().replace('.000Z', '')}${time.utc ? 'Z' : ''}${time.timed ? '' : ' day'}`;
};

test.each([
  ['2020-01-02', '2020-01-02T00:00:00 day'],
  ['1/2/2020', '2020-01-02T00:00:00 day'],
  ['01/03/17', '2017-01-03T00:00:00 day'],
  ['1.2.1999', '1999-01-02T00:00:00 day'],
  ['20200102', '2020-01-02T00:00:00 day'],
  ['20200102 09:30', '2020-01-02T09:30:00'],
  ['202001021430', '2020-01-02T14:30:00'],
  ['20200102143015', '2020-01-02T14:30:15'],
  ['2020-01-02T14:30:00Z', '2020-01-02T14:30:00Z'],
  ['2020-01-02 09:30:00-05:00', '2020-01-02T14:30:00Z'],
  ['3/3/2015 10:50:00 AM', '2015-03-03T10:50:00'],
  ['2/22/2013 12:00:00 AM', '2013-02-22T00:00:00'],
  ['2/22/2013 12:30 pm', '2013-02-22T12:30:00'],
  ['725898600', '1993-01-01T14:30:00Z'],
  ['1577975400', '2020-01-02T14:30:00Z'],
  ['1577975400000', '2020-01-02T14:30:00Z'],
  // Milliseconds of 1990: no date begins with the year 6311.
  ['631152000000', '1990-01-01T00:00:00Z'],
])('%s is %s', (text, time) => expect(read(text)).toBe(time));

test('a date with the day first is read so when asked', () => expect(read('13/1/2017', 'day_first')).toBe('2017-01-13T00:00:00 day'));

test.each(['', 'noon', '2020-02-30', '13/1/2017', '2020-01-02 24:00', '2020-01-02 10:60', '2020-01-02 13:00 PM', '2020-01-02 0:30 AM'])(
  '"%s" is no time',
  (text) => expect(read(text)).toBe(null),
);
