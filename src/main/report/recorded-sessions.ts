import type { HaltFacts, ReportRows, SessionFacts } from '#adapters/postgres/report-rows';
import type { CashCause } from '#domain/events/account';
import { SessionClock } from '#domain/market/session-clock';
import type { PhaseName } from '#domain/market/trading-day';
import type { Day, DayHalt } from '#domain/performance/trade';
import { type Cash, cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';

/** A session by its entries: it opens with one, and a day of the account goes on to its end from that of the day before. */
class RecordedSession {
  readonly facts: SessionFacts;
  /** The last entry of its day. */
  readonly end: number;
  readonly clock: SessionClock;
  readonly beside: Partial<Record<CashCause, Cash>> = {};
  readonly halts: DayHalt[] = [];
  fees = 0;
  turnover = 0;
  tradesPnl = 0;
  trades = 0;

  constructor(facts: SessionFacts, end: number) {
    this.facts = facts;
    this.end = end;
    const [date, , open, close, openMinute, closeMinute] = facts;
    this.clock = new SessionClock({
      kind: 'session_opened',
      date: date as SessionDate,
      open: open as Instant,
      close: close as Instant,
      openMinute,
      closeMinute,
      history: false,
      listed: [],
    });
  }

  /** Null of a day that goes on. */
  day(): Day | null {
    const [date, , , , , , , complete, before, equity, high, low, transfers, exposureMean, exposurePeak, ...rest] = this.facts;
    const [fallPeak, fallBottom, minutes, minutesHeld] = rest;
    if (before === null || fallPeak === null) return null;
    const base = before + transfers;
    return {
      date: date as SessionDate,
      equityBefore: cash(before),
      equity: cash(equity),
      transfers: cash(transfers),
      pnl: cash(equity - base),
      pnlHigh: cash(high - base),
      pnlLow: cash(low - base),
      fall: { peak: cash(fallPeak), bottom: cash(fallBottom) },
      tradesPnl: cash(this.tradesPnl),
      trades: this.trades,
      beside: this.beside,
      fees: cash(this.fees),
      turnover: cash(this.turnover),
      exposureMean,
      exposurePeak,
      minutes,
      minutesHeld,
      halts: this.halts,
      complete: complete ?? false,
    };
  }
}

/** The sessions of a record, asked by entries in the order of the journal. */
export class RecordedSessions {
  readonly #sessions: readonly RecordedSession[];
  /** The day and the session of the entry that was asked for last. */
  #day = 0;

  constructor({ sessions }: ReportRows) {
    this.#sessions = sessions.map(
      (facts, place) => new RecordedSession(facts, facts[6] ?? sessions[place + 1]?.[1] ?? Number.POSITIVE_INFINITY),
    );
  }

  days(): readonly Day[] {
    return this.#sessions.flatMap((session) => session.day() ?? []);
  }

  fill(sequence: number, { turnover, fees }: { readonly turnover: number; readonly fees: number }): void {
    const day = this.#dayOf(sequence);
    if (day === undefined) return;
    day.turnover += turnover;
    day.fees += fees;
  }

  trade(sequence: number, pnl: number): void {
    const day = this.#dayOf(sequence);
    if (day === undefined) return;
    day.tradesPnl += pnl;
    day.trades++;
  }

  /** `isBeside`: it is not a part of what shares that are held have cost. */
  move(sequence: number, cause: CashCause, { amount, isBeside }: { readonly amount: Cash; readonly isBeside: boolean }): void {
    const day = this.#dayOf(sequence);
    if (day === undefined) return;
    if (cause !== 'transfer' && isBeside) day.beside[cause] = cash((day.beside[cause] ?? 0) + amount);
    if (cause === 'fee') day.fees -= amount;
  }

  halt([sequence, at, reason, level]: HaltFacts): void {
    this.#dayOf(sequence)?.halts.push({ at, reason, level } as DayHalt);
  }

  /** The session that was open then, or the last that had been. */
  dateAt(sequence: number): SessionDate {
    return (this.#sessionOf(sequence)?.facts[0] ?? '') as SessionDate;
  }

  isSameSession(sequence: number, other: number): boolean {
    return this.#sessionOf(sequence) === this.#sessionOf(other);
  }

  /** A moment in the session of an entry: its local minute and the phase of that. */
  minuteAt(sequence: number, at: Instant): { readonly minute: number; readonly phase: PhaseName | null } {
    const clock = this.#sessionOf(sequence)?.clock;
    const minute = clock?.minuteAt(at) ?? 0;
    return { minute, phase: clock?.phaseAt(minute)?.name ?? null };
  }

  #dayOf(sequence: number): RecordedSession | undefined {
    while (this.#day < this.#sessions.length && (this.#sessions[this.#day] as RecordedSession).end < sequence) this.#day++;
    return this.#sessions[this.#day];
  }

  #sessionOf(sequence: number): RecordedSession | undefined {
    let [low, high] = [0, this.#sessions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sessions[middle] as RecordedSession).facts[1] < sequence) low = middle + 1;
      else high = middle;
    }
    return this.#sessions[low - 1];
  }
}
