import type { EventOf } from '#domain/events/event';
import type { RequestFault } from '#domain/events/request';
import type { Emit } from '#domain/events/service';
import type { Book } from '#domain/portfolio/book';
import type { Limits } from '#domain/risk/limits';
import { type Cash, cash } from '#domain/values/cash';
import type { SessionDate } from '#domain/values/session-date';
import type { StateSink } from '#domain/values/symbol-columns';
import type { EquityWatch } from '#production/risk-manager/equity-watch';
import { LossWatch } from '#production/risk-manager/loss-watch';
import { type Stop, StopLatches } from '#production/risk-manager/stop-latches';

/** What is held, what it may lose, and the way to speak. */
export type Account = { readonly book: Book; readonly limits: Limits; readonly emit: Emit };

/** Stops the house, for a loss that has passed its limit or because somebody asks, and opens it again. */
export class EmergencyStop {
  readonly #equity: EquityWatch;
  readonly #losses = new LossWatch();
  readonly #latches = new StopLatches();

  constructor(equity: EquityWatch) {
    this.#equity = equity;
  }

  get strongest(): Stop | null {
    return this.#latches.strongest;
  }

  startSession(date: SessionDate, account: Account): void {
    this.#losses.startSession();
    const before = this.#latches.strongest;
    this.#latches.endSession();
    if (this.#equity.startSession(date, account.book)) this.#latches.endWeek();
    this.#tellWhatStays(before, account);
  }

  watch(account: Account): void {
    const { book, limits, emit } = account;
    const worse = this.#equity.worse(book, limits);
    this.#equity.observe(worse);
    const { pnl, limit } = this.#lostToday(account);
    const share = this.#losses.warning(pnl, limits);
    if (share !== null) emit({ kind: 'loss_warned', pnl, limit, share });
    const losses = { pnl, week: this.#equity.week(worse, limits), equity: worse, peak: this.#equity.peak, limits };
    for (const { reason, ...lost } of this.#losses.passed(losses))
      if (this.#latches.set({ reason, level: 'flatten' })) emit({ kind: 'halt_ordered', reason, level: 'flatten', ...lost });
  }

  halt(stop: Stop, account: Account): void {
    if (this.#latches.set(stop)) account.emit({ kind: 'halt_ordered', ...stop, ...this.#lostToday(account) });
  }

  /** Only a person lifts a stop, and says why; what ends by itself nobody lifts. Whether it was lifted. */
  clear(asked: EventOf<'clear_requested'>, request: number, { book, limits, emit }: Account): boolean {
    const { by, because } = asked;
    const fault = this.#againstClearing(asked);
    if (fault !== null) {
      emit({ kind: 'request_refused', request, by, fault, subject: 0, detail: this.#latches.endingByItself ?? '' });
      return false;
    }
    if (this.#latches.has('drawdown')) this.#equity.startAnew(this.#equity.worse(book, limits));
    this.#latches.clear();
    emit({ kind: 'stop_cleared', by, because });
    return true;
  }

  hashInto(sink: StateSink): void {
    this.#losses.hashInto(sink);
    this.#latches.hashInto(sink);
  }

  /** Behind a stronger stop a weaker one may have been set that nobody was told of: with the end of that one it is what holds. */
  #tellWhatStays(before: Stop | null, account: Account): void {
    const stays = this.#latches.strongest;
    if (stays !== null && stays.reason !== before?.reason) account.emit({ kind: 'halt_ordered', ...stays, ...this.#lostToday(account) });
  }

  #lostToday({ book, limits }: Account): { readonly pnl: Cash; readonly limit: Cash } {
    return { pnl: cash(this.#equity.worse(book, limits) - book.cashAtOpen), limit: limits.lossTodayMax };
  }

  #againstClearing({ from, because }: EventOf<'clear_requested'>): RequestFault | null {
    if (from !== 'person') return 'not_a_person';
    if (because.trim() === '') return 'no_reason';
    if (this.#latches.strongest === null) return 'nothing_to_clear';
    return this.#latches.endingByItself === null ? null : 'ends_with_the_session';
  }
}
