import { dateOfDay, type SessionDate } from '#domain/values/session-date';

/** The hours of one session in local minutes of its day; local time is UTC plus the offset (−240 in a New York summer). */
export type SessionHours = {
  readonly openMinute: number;
  readonly closeMinute: number;
  readonly preOpenMinute: number;
  readonly postCloseMinute: number;
  readonly utcOffsetMinutes: number;
};

/** The hours of a date; `null` when the exchange is closed. */
export type SessionClock = (date: SessionDate) => SessionHours | null;

/**
 * The sessions that a day of UTC can touch: its own, and the one of the day before, whose late trading in New York
 * passes midnight in UTC. Minutes of UTC plus a shift are local minutes; an absent session has an empty window.
 */
export type DayWindow = {
  readonly day: number;
  readonly shift: number;
  readonly from: number;
  readonly to: number;
  readonly shiftBefore: number;
  readonly fromBefore: number;
  readonly toBefore: number;
};

const MINUTES = 1440;
const closed: SessionHours = { openMinute: 0, closeMinute: 0, preOpenMinute: 0, postCloseMinute: 0, utcOffsetMinutes: 0 };

/** Windows by day, asked of the clock once each. */
export class SessionWindows {
  readonly #clock: SessionClock;
  readonly #windows = new Map<number, DayWindow>();

  constructor(clock: SessionClock) {
    this.#clock = clock;
  }

  of(day: number): DayWindow {
    const known = this.#windows.get(day);
    if (known !== undefined) return known;
    const own = this.#clock(dateOfDay(day)) ?? closed;
    const before = this.#clock(dateOfDay(day - 1)) ?? closed;
    const window: DayWindow = {
      day,
      shift: own.utcOffsetMinutes,
      from: own.preOpenMinute,
      to: own.postCloseMinute,
      shiftBefore: before.utcOffsetMinutes + MINUTES,
      fromBefore: before.preOpenMinute,
      toBefore: before.postCloseMinute,
    };
    this.#windows.set(day, window);
    return window;
  }

  /** Whether the exchange trades on that day at all. */
  isOpen(day: number): boolean {
    const { from, to } = this.of(day);
    return from < to;
  }
}
