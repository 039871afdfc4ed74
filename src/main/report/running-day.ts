import type { CashCause } from '#domain/events/account';
import type { Day, DayHalt } from '#domain/performance/trade';
import { type Book, equity } from '#domain/portfolio/book';
import { type Cash, cash } from '#domain/values/cash';
import type { SessionDate } from '#domain/values/session-date';

/** A day of the account while it goes on: from the close before to its own. */
export class RunningDay {
  /** Null between two sessions. */
  date: SessionDate | null = null;
  readonly #before: Cash;
  readonly #beside: Partial<Record<CashCause, Cash>> = {};
  readonly #halts: DayHalt[] = [];
  #equity: Cash;
  #transfers = 0;
  #high = 0;
  #low = 0;
  #peak = 0;
  #fall = { peak: 0, bottom: 0, part: 0 };
  #fees = 0;
  #turnover = 0;
  #exposureSum = 0;
  #exposurePeak = 0;
  #minutes = 0;
  #minutesHeld = 0;
  #tradesPnl = 0;
  #trades = 0;

  constructor(before: Cash) {
    this.#before = before;
    this.#equity = before;
  }

  halt(halt: DayHalt): void {
    this.#halts.push(halt);
  }

  trade(pnl: Cash): void {
    this.#tradesPnl += pnl;
    this.#trades++;
  }

  fill(shares: number, price: number, fees: Cash): void {
    this.#turnover += shares * price;
    this.#fees += fees;
  }

  /** `isBeside`: it is not a part of what shares that are held have cost. */
  move(cause: CashCause, amount: Cash, isBeside: boolean): void {
    if (cause === 'transfer') this.#transfers += amount;
    else if (isBeside) this.#beside[cause] = cash((this.#beside[cause] ?? 0) + amount);
    if (cause === 'fee') this.#fees -= amount;
  }

  /** What the account is worth now. */
  mark(worth: Cash): void {
    this.#equity = worth;
    const base = this.#before + this.#transfers;
    const pnl = worth - base;
    this.#high = Math.max(this.#high, pnl);
    this.#low = Math.min(this.#low, pnl);
    this.#peak = Math.max(this.#peak, pnl);
    const part = base + this.#peak > 0 ? (this.#peak - pnl) / (base + this.#peak) : 0;
    if (part > this.#fall.part) this.#fall = { peak: this.#peak, bottom: pnl, part };
  }

  minute(book: Book): void {
    this.#minutes++;
    if (book.positions.length === 0) return;
    this.#minutesHeld++;
    const worth = equity(book);
    this.mark(worth);
    let gross = 0;
    for (const { shares, mark } of book.positions) gross += Math.abs(shares) * mark;
    const exposure = worth > 0 ? gross / worth : 0;
    this.#exposureSum += exposure;
    this.#exposurePeak = Math.max(this.#exposurePeak, exposure);
  }

  ended(date: SessionDate, complete: boolean): Day {
    return {
      date,
      equityBefore: this.#before,
      equity: this.#equity,
      transfers: cash(this.#transfers),
      pnl: cash(this.#equity - this.#before - this.#transfers),
      pnlHigh: cash(this.#high),
      pnlLow: cash(this.#low),
      fall: { peak: cash(this.#fall.peak), bottom: cash(this.#fall.bottom) },
      tradesPnl: cash(this.#tradesPnl),
      trades: this.#trades,
      beside: { ...this.#beside },
      fees: cash(this.#fees),
      turnover: cash(this.#turnover),
      exposureMean: this.#minutes === 0 ? 0 : this.#exposureSum / this.#minutes,
      exposurePeak: this.#exposurePeak,
      minutes: this.#minutes,
      minutesHeld: this.#minutesHeld,
      halts: [...this.#halts],
      complete,
    };
  }
}
