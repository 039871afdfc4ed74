import type { Entry } from '#domain/events/event';
import type { SessionDate } from '#domain/values/session-date';
import { QuestionTally } from '#main/day/question-tally';
import { sessionRow, sessionTableHead, tradeRow } from '#main/day/session-text';
import type { SymbolTable } from '#main/day/symbol-table';
import type { Reporting } from '#production/reporting/reporting';

/** What is shown of a live session when it is over. */
export class SessionTold {
  readonly #reporting: Reporting;
  readonly #symbols: SymbolTable;
  readonly #questions = new QuestionTally();
  #earlier = 0;

  constructor(reporting: Reporting, symbols: SymbolTable) {
    this.#reporting = reporting;
    this.#symbols = symbols;
  }

  see(entry: Entry): void {
    this.#questions.see(entry);
    if (entry.event.kind === 'session_closed') this.#earlier++;
  }

  lines(date: SessionDate, stateHash: string): readonly string[] {
    const report = this.#reporting.report();
    if (report === null) return [];
    const session = { date, history: false, earlier: this.#earlier - 1, report, questions: this.#questions.counts, stateHash };
    return [
      '',
      ...sessionTableHead,
      sessionRow({ ...session, unnamed: 0, seconds: 0, waited: 0 }),
      '',
      ...report.trades.map((trade) => tradeRow(this.#symbols.nameOf(trade.symbol), trade)),
      ...report.refused.map(({ kind, count }) => `refused ${count} × ${kind.replaceAll('_', ' ')}`),
    ];
  }
}
