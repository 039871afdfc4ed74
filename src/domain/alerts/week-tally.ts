import type { AlertFacts, WinCount } from '#domain/alerts/alert';
import { usCalendar } from '#domain/market/calendar';
import { wilson } from '#domain/statistics/wilson';
import { type Cash, cash } from '#domain/values/cash';
import { type SessionDate, weekOf } from '#domain/values/session-date';

/** What a traded session adds to its week. */
export type TalliedDay = {
  readonly date: SessionDate;
  readonly pnl: Cash;
  readonly fees: Cash;
  readonly trades: WinCount;
  readonly sumR: number;
  readonly halted: boolean;
};

type Weekly = Extract<AlertFacts, { readonly kind: 'weekly_report' }>;

/**
 * The sessions of a week, told when the last one that the calendar has in it is over; where that one was not run to its end, when a
 * session of a later week begins.
 */
export class WeekTally {
  #days: TalliedDay[] = [];

  /** What a session that opens leaves behind it. */
  open(date: SessionDate): Weekly | null {
    const last = this.#days.at(-1);
    return last === undefined || weekOf(last.date) === weekOf(date) ? null : this.#told(last);
  }

  add(day: TalliedDay): Weekly | null {
    this.#days.push(day);
    const next = usCalendar.nextSession(day.date);
    return next.ok && weekOf(next.value.date) === weekOf(day.date) ? null : this.#told(day);
  }

  #told(last: TalliedDay): Weekly {
    const report = reportOf(this.#days, last);
    this.#days = [];
    return report;
  }
}

function reportOf(days: readonly TalliedDay[], last: TalliedDay): Weekly {
  const sum = (of: (day: TalliedDay) => number): number => days.reduce((total, day) => total + of(day), 0);
  const trades = { won: sum((day) => day.trades.won), count: sum((day) => day.trades.count) };
  const byPnl = days.toSorted((one, other) => other.pnl - one.pnl);
  const best = byPnl[0] ?? last;
  const worst = byPnl.at(-1) ?? last;
  return {
    kind: 'weekly_report',
    from: days[0]?.date ?? last.date,
    to: last.date,
    sessions: days.length,
    pnl: cash(sum(({ pnl }) => pnl)),
    fees: cash(sum(({ fees }) => fees)),
    trades,
    ...wilson(trades.won, trades.count),
    sumR: sum(({ sumR }) => sumR),
    best: { date: best.date, pnl: best.pnl },
    worst: { date: worst.date, pnl: worst.pnl },
    halted: days.filter(({ halted }) => halted).length,
  };
}
