import { type Book, equity } from '#domain/portfolio/book';
import type { Limits } from '#domain/risk/limits';
import { type Cash, cash } from '#domain/values/cash';
import { type SessionDate, weekOf } from '#domain/values/session-date';
import type { StateSink } from '#domain/values/symbol-columns';

/** Equity over days: with what the week began, the peak, and how far the broker's word lies from our own. */
export class EquityWatch {
  #week = -1;
  #atWeekOpen: Cash = cash(0);
  #peak: Cash = cash(0);
  /** The broker's equity less ours, both of the instant at which he told it; ours has moved on since, and so has his. */
  #gap: Cash | null = null;
  /** What he counts otherwise since before today is no loss of today. */
  #gapAtOpen: Cash = cash(0);

  begin(capital: Cash): void {
    this.#week = -1;
    this.#peak = capital;
    this.#gap = null;
    this.#gapAtOpen = cash(0);
  }

  /** Whether a new ISO week begins with this session. */
  startSession(date: SessionDate, book: Book): boolean {
    this.#gapAtOpen = this.#gap ?? cash(0);
    const week = weekOf(date);
    if (week === this.#week) return false;
    this.#week = week;
    this.#atWeekOpen = equity(book);
    return true;
  }

  reported(broker: Cash, book: Book): void {
    this.#gap = cash(broker - equity(book));
  }

  /** What the broker would say now, by what he said last; null when he has never spoken. */
  broker(book: Book): Cash | null {
    return this.#gap === null ? null : cash(equity(book) + this.#gap);
  }

  get peak(): Cash {
    return this.#peak;
  }

  /** The worse of our own equity and the broker's; his does not count while the two are too far apart to be believed. */
  worse(book: Book, { accountGapMax }: Limits): Cash {
    const own = equity(book);
    const gap = this.#gap ?? 0;
    const change = gap - this.#gapAtOpen;
    return change < 0 && Math.abs(gap) <= Math.abs(own) * accountGapMax ? cash(own + change) : own;
  }

  week(worse: Cash, { lossWeekMax }: Limits): { readonly pnl: Cash; readonly limit: Cash } {
    return { pnl: cash(worse - this.#atWeekOpen), limit: cash(Math.floor(this.#atWeekOpen * lossWeekMax)) };
  }

  observe(worse: Cash): void {
    if (worse > this.#peak) this.#peak = worse;
  }

  /** What is paid in or out is no profit and no loss: it must neither hide one nor look like one. */
  transferred(amount: Cash): void {
    this.#atWeekOpen = cash(this.#atWeekOpen + amount);
    this.#peak = cash(this.#peak + amount);
  }

  /** A person has looked at the fall and goes on from here. */
  startAnew(worse: Cash): void {
    this.#peak = worse;
  }

  hashInto(sink: StateSink): void {
    sink.text(`${this.#week} ${this.#atWeekOpen} ${this.#peak} ${this.#gap} ${this.#gapAtOpen}`);
  }
}
