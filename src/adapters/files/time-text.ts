import { civilFromDay, dayFromCivil } from '#domain/values/session-date';

/** Which of two numbers before a year is the month. */
export type DateOrder = 'month_first' | 'day_first';

/** A time as a file has it: milliseconds since 1970 of its own clock, which is UTC only when the text says so. */
export type TimeText = { readonly ms: number; readonly timed: boolean; readonly utc: boolean };

const DAY_MS = 86_400_000;
const clock = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*([AaPp][Mm])?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/;
const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]+(.*))?$/;
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?:[T ]+(.*))?$/;
const packed = /^(\d{4})(\d\d)(\d\d)(?:[T ]+(.*))?$/;
/** 202001021430 and 20200102143000. In such years twelve digits could only be milliseconds of 1976. */
const packedTime = /^((?:19|20)\d{6})(\d\d)(\d\d)(\d\d)?$/;
const epoch = /^\d{9,10}(?:\.\d{1,9})?$|^\d{12,13}$/;

/** Reads dates and times in the spellings that vendors use, epoch seconds and milliseconds; `null` for anything else. */
export function readTimeText(text: string, order: DateOrder): TimeText | null {
  const trimmed = text.trim();
  const whole = packedTime.exec(trimmed);
  if (whole !== null) {
    const [, date = '', hours = '', minutes = '', seconds = '00'] = whole;
    const found = readTimeText(`${date} ${hours}:${minutes}:${seconds}`, order);
    if (found !== null) return found;
  }
  if (epoch.test(trimmed)) {
    const number = Number(trimmed);
    return { ms: trimmed.split('.', 1)[0]?.length === 12 || number >= 1e12 ? number : Math.round(number * 1000), timed: true, utc: true };
  }
  const last = yearLast.exec(trimmed);
  if (last !== null) {
    const [, one = '', , two = '', year = '', time] = last;
    const full = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);
    return order === 'month_first' ? at(full, Number(one), Number(two), time) : at(full, Number(two), Number(one), time);
  }
  const first = yearFirst.exec(trimmed);
  if (first !== null) return at(Number(first[1]), Number(first[3]), Number(first[4]), first[5]);
  const close = packed.exec(trimmed);
  return close === null ? null : at(Number(close[1]), Number(close[2]), Number(close[3]), close[4]);
}

function at(year: number, month: number, day: number, time: string | undefined): TimeText | null {
  const number = dayFromCivil(year, month, day);
  const real = civilFromDay(number);
  if (real.month !== month || real.day !== day) return null;
  if (time === undefined || time.trim() === '') return { ms: number * DAY_MS, timed: false, utc: false };
  const match = clock.exec(time.trim());
  if (match === null) return null;
  const [, hours, minutes, seconds = '0', fraction = '0', half, zone] = match;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59 || (half !== undefined && (Number(hours) < 1 || Number(hours) > 12)))
    return null;
  const ms = ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000);
  return { ms: number * DAY_MS + ms - offsetMinutes(zone) * 60_000, timed: true, utc: zone !== undefined };
}

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'UTC') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith('-') ? -minutes : minutes;
}
