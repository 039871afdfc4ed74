import { assert } from '#domain/values/assert';

type Read = (text: string) => unknown;

/** What PostgreSQL calls these types in its answers (pg_type.oid; they never change). */
const oids = {
  int8: 20,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  interval: 1186,
  numeric: 1700,
  int8Array: 1016,
  dateArray: 1182,
  timestampArray: 1115,
  timestamptzArray: 1185,
  intervalArray: 1187,
  numericArray: 1231,
} as const;

/** A count or an amount in ten-thousandths: whole and exact, or nothing. */
export function int8Of(text: string): number {
  const value = Number(text);
  assert(Number.isSafeInteger(value), `${text} is a whole number that fits`);
  return value;
}

const moment = /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?$/;

/** Milliseconds since 1970; what is finer is cut off. "infinity" and years before Christ are no instant of ours. */
export function instantOf(text: string): number {
  const parts = moment.exec(text);
  assert(parts !== null, `${text} is a moment as PostgreSQL writes it (DateStyle ISO)`);
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number);
  const millis = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3));
  const [hours, minutes, seconds] = parts.slice(9).map((part) => Number(part ?? 0));
  const offset = ((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0);
  const local = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second, millis);
  // Date.UTC takes the years 0 to 99 for those of the twentieth century; PostgreSQL writes all years with four digits.
  assert((year ?? 0) > 99, `${text} is not so long ago`);
  return local - (parts[8] === '-' ? -offset : offset) * 1000;
}

const asWritten = (text: string): string => text;

/** `{1,NULL,"2026-11-20 10:35:00+00"}`: one row of plain values, which is all that we keep in a column. */
const rowOf =
  (read: Read): Read =>
  (text) => {
    assert(/^\{[^{}\\]*\}$/.test(text), `${text} is an array of one row`);
    if (text === '{}') return [];
    return text
      .slice(1, -1)
      .split(',')
      .map((item) => (item === 'NULL' ? null : read(item.replace(/^"(.*)"$/, '$1'))));
  };

/**
 * How columns are read where the driver's own way would lose something: its int8 is a text, its timestamptz a Date of this
 * machine's time zone, its array of numerics an array of floats.
 */
export const columnReaders: ReadonlyMap<number, Read> = new Map<number, Read>([
  [oids.int8, int8Of],
  [oids.int8Array, rowOf(int8Of)],
  [oids.timestamptz, instantOf],
  [oids.timestamptzArray, rowOf(instantOf)],
  // Without a zone it is no instant: the text stays as it is, and so do days, spans and decimals.
  [oids.timestamp, asWritten],
  [oids.timestampArray, rowOf(asWritten)],
  [oids.date, asWritten],
  [oids.dateArray, rowOf(asWritten)],
  [oids.interval, asWritten],
  [oids.intervalArray, rowOf(asWritten)],
  [oids.numeric, asWritten],
  [oids.numericArray, rowOf(asWritten)],
]);
