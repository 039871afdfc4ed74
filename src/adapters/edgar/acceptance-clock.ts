import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';

const newYork = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** EDGAR takes filings from 06:00 to 22:00 in New York. */
const OPENS = 6 * 60;
const CLOSES = 22 * 60;
const DAY = 24 * 60;

/** Minutes by which the clock of New York differs from UTC at an instant: −300 or −240. */
function offsetAt(at: number): number {
  const part = Object.fromEntries(newYork.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'] ?? 1, part['hour'] ?? 0, part['minute'] ?? 0);
  return Math.round((wall - Math.floor(at / MINUTE_MS) * MINUTE_MS) / MINUTE_MS);
}

/** What the digits mean if they are those of a clock in New York. */
export const asNewYork = (printed: Instant): Instant => {
  const guess = printed - offsetAt(printed) * MINUTE_MS;
  return instant(printed - offsetAt(guess) * MINUTE_MS);
};

const isOpen = (minuteOfDay: number): boolean => OPENS <= minuteOfDay && minuteOfDay <= CLOSES;
const minuteOfDay = (ms: number): number => ((Math.floor(ms / MINUTE_MS) % DAY) + DAY) % DAY;

export type AcceptanceClock = 'utc' | 'new_york' | 'unknown';

/**
 * The acceptance times of the submissions file end in "Z", and for about one filer in five they are the clock of New York
 * all the same (measured by others over 64,936 filings; a filer is of one kind or the other). Which one shows in its own
 * list: EDGAR is closed by night, so the wrong reading puts some filings into hours at which none is taken.
 */
export function clockOf(printed: readonly Instant[]): AcceptanceClock {
  const againstUtc = printed.filter((at) => !isOpen(minuteOfDay(at + offsetAt(at) * MINUTE_MS))).length;
  const againstNewYork = printed.filter((at) => !isOpen(minuteOfDay(at))).length;
  if (againstUtc === againstNewYork) return 'unknown';
  return againstUtc > againstNewYork ? 'new_york' : 'utc';
}
