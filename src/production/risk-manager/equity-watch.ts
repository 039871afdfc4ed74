import { type Book, equity } from '#domain/portfolio/book';
import type { Limits } from '#domain/risk/limits';
import { type Cash, cash } from '#domain/values/cash';
import { dayOf, type SessionDate } from '#domain/values/session-date';
import type { StateSink } from '#domain/values/symbol-columns';

/** Equity over days: with what the week began, the peak, and what the broker says of it. */
export class EquityWatch {
  #week = -1;
  #atWeekOpen: Cash = cash(0);
  #peak: Cash = cash(0);
  #broker: Cash | null = null;

  begin(capital: Cash): void {
    this.#week = -1;
    this.#peak = capital;
    this.#broker = null;
  }

  /** Whether a new ISO week begins with this session. */
  startSession(date: SessionDate, book: Book): boolean {
    const week = isoWeekOf(date);
    if (week === this.#week) return false;
    this.#week = week;
    this.#atWeekOpen = equity(book);
    return true;
  }

  reported(broker: Cash): void {
    this.#broker = broker;
  }

  /** What was reported before a fill is of an account that is no more. */
  filled(): void {
    this.#broker = null;
  }

  get broker(): Cash | null {
    return this.#broker;
  }

  get peak(): Cash {
    return this.#peak;
  }

  /** The worse of our own equity and the broker's; his does not count while the two are too far apart to be believed. */
  worse(book: Book, { accountGapMax }: Limits): Cash {
    const own = equity(book);
    const broker = this.#broker;
    return broker !== null && broker < own && own - broker <= Math.abs(own) * accountGapMax ? broker : own;
  }

  week(worse: Cash, { lossWeekMax }: Limits): { readonly pnl: Cash; readonly limit: Cash } {
    return { pnl: cash(worse - this.#atWeekOpen), limit: cash(Math.floor(this.#atWeekOpen * lossWeekMax)) };
  }

  observe(worse: Cash): void {
    if (worse > this.#peak) this.#peak = worse;
  }

  /** A person has looked at the fall and goes on from here. */
  startAnew(worse: Cash): void {
    this.#peak = worse;
  }

  hashInto(sink: StateSink): void {
    sink.text(`${this.#week} ${this.#atWeekOpen} ${this.#peak} ${this.#broker}`);
  }
}

/** Weeks since 1970, each from Monday; 1970-01-01 was a Thursday. */
const isoWeekOf = (date: SessionDate): number => Math.floor((dayOf(date) + 3) / 7);
