import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BarRows, ROW_INTS, TickerTable } from '#adapters/files/bar-rows';
import { type BarLabel, CsvBars } from '#adapters/files/csv-bars';
import { RefusedRows } from '#adapters/files/refused-rows';
import { type SessionClock, SessionWindows } from '#adapters/files/session-windows';
import { dateOfDay, dayOf, type SessionDate, weekdayOf } from '#domain/values/session-date';

/** Weekdays, summer time from 2018-03-11. */
const clock: SessionClock = (date) =>
  weekdayOf(dayOf(date)) % 6 === 0
    ? null
    : {
        openMinute: 570,
        closeMinute: 960,
        preOpenMinute: 240,
        postCloseMinute: 1200,
        utcOffsetMinutes: date >= '2018-03-11' ? -240 : -300,
      };

const header = 'symbol,timestamp_utc,open,high,low,close,volume';
const good = 'AAPL,2018-03-12T13:30:00Z,77,77.08,76.9,77.07,24844';

type Read = { shape: boolean; rows: string[]; faults: Record<string, number[]>; read: number };

function parse(text: string | Buffer, { barLabel = 'start', pieces = [] }: { barLabel?: BarLabel; pieces?: readonly number[] } = {}): Read {
  const tickers = new TickerTable();
  const refused = new RefusedRows(100);
  const rows = new BarRows();
  const bars = new CsvBars({
    file: 'f',
    fileIndex: 3,
    tickers,
    windows: new SessionWindows(clock),
    barLabel,
    refused,
    take: (v, n) => rows.append(v, 0, n),
  });
  const bytes = Buffer.from(text);
  const cuts = [0, ...pieces.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
  let shape = true;
  for (let i = 1; i < cuts.length && shape; i++) shape = bars.push(bytes.subarray(cuts[i - 1], cuts[i]));
  shape = shape && bars.end();
  const told: string[] = [];
  for (let at = 0; at < rows.count * ROW_INTS; at += ROW_INTS) {
    const [day = 0, symbol = 0, ...rest] = rows.values.subarray(at, at + ROW_INTS);
    told.push([dateOfDay(day), tickers.names[symbol], ...rest].join(' '));
  }
  const faults = Object.fromEntries(refused.tallies().map(({ fault, examples }) => [fault, examples.map(({ line }) => line)]));
  return { shape, rows: told, faults, read: bars.rows };
}

test('a row becomes a bar at its local minute, with its file and line', () => {
  expect(parse(`${header}\n${good}\n`)).toEqual({
    shape: true,
    rows: ['2018-03-12 AAPL 570 770000 770800 769000 770700 24844 3 2'],
    faults: {},
    read: 1,
  });
});

const times: readonly [time: string, place: string][] = [
  ['2018-03-09T14:30:00Z', '2018-03-09 570'],
  ['2018-03-12T13:30:00Z', '2018-03-12 570'],
  ['2018-03-12T08:00:00Z', '2018-03-12 240'],
  ['2018-03-12T23:59:00Z', '2018-03-12 1199'],
  ['2018-03-09T00:30:00Z', '2018-03-08 1170'],
  ['2018-03-10T00:59:00Z', '2018-03-09 1199'],
  ['2018-03-12 13:30:00+00:00', '2018-03-12 570'],
  ['2018-03-12T13:30Z', '2018-03-12 570'],
  ['2018-03-12T13:30:00.000Z', '2018-03-12 570'],
];
for (const [time, place] of times) {
  test(`${time} is ${place}`, () =>
    expect(parse(`${header}\nA,${time},1,1,1,1,1\n`).rows[0]).toBe(place.replace(' ', ' A ') + ' 10000 10000 10000 10000 1 3 2'));
}

test('a bar that is labelled by its end belongs to the minute before', () => {
  const at = (time: string): string | undefined =>
    parse(`${header}\nA,${time},1,1,1,1,1\n`, { barLabel: 'end' }).rows[0]?.split(' ').slice(0, 3).join(' ');
  expect(at('2018-03-12T13:31:00Z')).toBe('2018-03-12 A 570');
  expect(at('2018-03-09T01:00:00Z')).toBe('2018-03-08 A 1199');
  expect(at('2018-03-09T00:00:00Z')).toBe('2018-03-08 A 1139');
});

const bad: readonly [row: string, fault: string][] = [
  ['A,2018-03-12T13:30:00Z,1,1,1,1', 'missing_column'],
  ['A', 'missing_column'],
  ['A,2018-03-12T13:30:00Z,1,1,1,1,1,', 'extra_column'],
  ['A,2018-03-12T13:30:00Z,1,000,1,1,1,1', 'extra_column'],
  [',2018-03-12T13:30:00Z,1,1,1,1,1', 'unreadable_symbol'],
  ['"A",2018-03-12T13:30:00Z,1,1,1,1,1', 'unreadable_symbol'],
  ['A A,2018-03-12T13:30:00Z,1,1,1,1,1', 'unreadable_symbol'],
  ['A\0,2018-03-12T13:30:00Z,1,1,1,1,1', 'unreadable_symbol'],
  ['A,,1,1,1,1,1', 'unreadable_time'],
  ['A,2018-03-12T13:30:00,1,1,1,1,1', 'unreadable_time'],
  ['A,2018-03-12T13:30:00-05:00,1,1,1,1,1', 'unreadable_time'],
  ['A,2018-02-30T13:30:00Z,1,1,1,1,1', 'unreadable_time'],
  ['A,2018-03-12T24:30:00Z,1,1,1,1,1', 'unreadable_time'],
  ['A,2018-03-12T13:3x:00Z,1,1,1,1,1', 'unreadable_time'],
  ['A,2018-03-12,1,1,1,1,1', 'unreadable_time'],
  ['A,20180312,1,1,1,1,1', 'unreadable_time'],
  ['A,2018-03-12T13:30:30Z,1,1,1,1,1', 'not_on_a_minute'],
  ['A,2018-03-12T13:30:00.5Z,1,1,1,1,1', 'not_on_a_minute'],
  ['A,2018-03-11T13:30:00Z,1,1,1,1,1', 'closed_day'],
  ['A,2018-03-10T01:00:00Z,1,1,1,1,1', 'closed_day'],
  ['A,2018-03-12T07:59:00Z,1,1,1,1,1', 'outside_hours'],
  ['A,2018-03-13T00:00:00Z,1,1,1,1,1', 'outside_hours'],
  ['A,2018-03-12T13:30:00Z,,1,1,1,1', 'blank_number'],
  ['A,2018-03-12T13:30:00Z,1,1,1,1,', 'blank_number'],
  ['A,2018-03-12T13:30:00Z,1,1,1,NaN,1', 'unreadable_number'],
  ['A,2018-03-12T13:30:00Z,1e5,1e5,1e5,1e5,1', 'unreadable_number'],
  ['A,2018-03-12T13:30:00Z,1,1,1\0,1,1', 'unreadable_number'],
  ['A,2018-03-12T13:30:00Z,1,1,1,1,1.5', 'unreadable_number'],
  ['A,2018-03-12T13:30:00Z,-1,1,-1,1,1', 'price_not_positive'],
  ['A,2018-03-12T13:30:00Z,0,0,0,0,0', 'price_not_positive'],
  ['A,2018-03-12T13:30:00Z,214749,214749,214749,214749,1', 'price_too_high'],
  ['A,2018-03-12T13:30:00Z,1,1,1,1,-1', 'volume_negative'],
  ['A,2018-03-12T13:30:00Z,1,1,1,1,2147483648', 'volume_too_large'],
  ['A,2018-03-12T13:30:00Z,2,1,1,1,1', 'ohlc_violation'],
  ['A,2018-03-12T13:30:00Z,1,2,1,3,1', 'ohlc_violation'],
  ['A,2018-03-12T13:30:00Z,2,2,1.5,1,1', 'ohlc_violation'],
];
for (const [row, fault] of bad) {
  test(`F2: ${JSON.stringify(row)} is refused as ${fault} and the rows around it are kept`, () => {
    const read = parse(`${header}\n${good}\n${row}\n${good}\n`);
    expect(read.faults).toEqual({ [fault]: [3] });
    expect(read.rows.map((text) => text.split(' ').at(-1))).toEqual(['2', '4']);
  });
}

test('a price of 100,000 is one', () =>
  expect(
    parse(`${header}\nA,2018-03-12T13:30:00Z,100000,1e5,1,1,1\nA,2018-03-12T13:30:00Z,100000,100000,100000,100000,1\n`).rows,
  ).toHaveLength(1));

test('CRLF, a byte order mark, a missing last line feed and blank lines change nothing', () => {
  const plain = parse(`${header}\n${good}\n${good}\n`);
  expect(parse(`\uFEFF${header}\r\n${good}\r\n\r\n${good}`).rows.map((row) => row.replace(/4$/, '3'))).toEqual(plain.rows);
});

const headers = [
  '',
  'symbol,timestamp,open,high,low,close,volume',
  'date,open,high,low,close,volume',
  '\0\0\0',
  'symbol,timestamp_utc,open,high,low,close',
  'AAPL,2018-03-12T13:30:00Z,1,1,1,1,1',
];
for (const text of headers)
  test(`a first line ${JSON.stringify(text)} is another shape`, () => expect(parse(`${text}\n${good}\n`).shape).toBe(false));

test('an endless first line is another shape, and is not kept in memory', () =>
  expect(parse('x'.repeat(200_000), { pieces: [100_000] }).shape).toBe(false));
test('an empty file is another shape', () => expect(parse('').shape).toBe(false));
test('a file with nothing but its header has no rows', () => expect(parse(header)).toEqual({ shape: true, rows: [], faults: {}, read: 0 }));

test('columns after the volume are allowed, not read, and counted', () => {
  const read = parse(`${header},amount\n${good},17.5\n${good}\n${good},\r\n${good},1,2\n`);
  expect(read.rows).toHaveLength(2);
  expect(read.faults).toEqual({ missing_column: [3], extra_column: [5] });
});

test('a daily file gives one bar a session, its adjusted close left alone', () => {
  const read = parse('symbol,date,open,high,low,close,volume,adj_close\nA,2018-03-12,1,2,1,2,5,0.5\nA,2018-03-11,1,2,1,2,5,\n');
  expect(read.rows).toEqual(['2018-03-12 A 0 10000 20000 10000 20000 5 3 2']);
  expect(read.faults).toEqual({ closed_day: [3] });
});

test('every row is a bar or refused, and where the bytes are cut does not matter', () => {
  const line = fc.oneof(
    fc.constant(good),
    fc.constantFrom(...bad.map(([row]) => row)),
    fc.string({ maxLength: 60 }).map((text) => text.replace(/[\r\n]/g, ' ')),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.array(fc.nat(800), { maxLength: 6 }), fc.boolean(), (lines, pieces, open) => {
      const text = `${header}\n${lines.join('\n')}${open ? '' : '\n'}`;
      const whole = parse(text);
      const faults = Object.values(whole.faults).reduce((sum, list) => sum + list.length, 0);
      expect(whole.rows.length + faults).toBe(whole.read);
      expect(whole.read).toBe(lines.filter((row) => row !== '').length);
      expect(parse(text, { pieces })).toEqual(whole);
    }),
  );
});

test('symbols in any order come back as they were written', () => {
  const names = ['A', 'AA', 'BRK.B', 'A', 'AAPL', 'AA'];
  const read = parse(`${header}\n${names.map((name) => `${name},2018-03-12T13:30:00Z,1,1,1,1,1`).join('\n')}\n`);
  expect(read.rows.map((row) => row.split(' ')[1])).toEqual(names);
});

test('the date of a bar is its own session', () => {
  const dates: readonly SessionDate[] = [dateOfDay(dayOf('2018-03-09' as SessionDate)), dateOfDay(dayOf('2018-03-12' as SessionDate))];
  const read = parse(`${header}\n${dates.map((date) => `A,${date}T15:00:00Z,1,1,1,1,1`).join('\n')}\n`);
  expect(read.rows.map((row) => row.split(' ')[0])).toEqual(dates);
});
