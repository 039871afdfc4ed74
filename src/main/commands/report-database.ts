import { sqlStateOf } from '#adapters/postgres/client';
import { Failure } from '#main/commands/failure';
import { chosenDatabase } from '#main/database/chosen-database';
import { DatabaseAway, UsedDatabase } from '#main/database/used-database';
import { BrokenOff, DatabaseTrades, NotReportable, type RecordedProblem } from '#main/report/database-trades';
import type { TradeSource } from '#main/report/trade-source';

export type RecordedReportOptions = { readonly database: string | true; readonly name: string; readonly as?: string };

/** States of a server that lacks a table or a column (SQLSTATE). */
const lacking = ['3F000', '42P01', '42703'];

/** Opens the database, lets the report be made of its record, and says in one sentence what kept it from being made. */
export async function recordedReport(
  { database, name, as = undefined }: RecordedReportOptions,
  report: (source: TradeSource) => Promise<void>,
): Promise<void> {
  const used = new UsedDatabase(chosenDatabase({ name, ...(database !== true && { database }) }, process.env), 'read');
  let source: DatabaseTrades | null = null;
  try {
    source = new DatabaseTrades(await used.address(), as ?? null);
    await report(source);
  } catch (error) {
    if (error instanceof NotReportable) throw new Failure('badInput', problemText(error.problem));
    if (error instanceof DatabaseAway) throw new Failure('failedCheck', error.message);
    const state = sqlStateOf(error);
    if (state !== null && lacking.includes(state))
      throw new Failure('failedCheck', 'the database lacks migrations of this version; run catalyst db migrate first');
    if (error instanceof BrokenOff)
      throw new Failure('failedCheck', `the database broke off: ${error.message}; run the same command again`);
    throw error;
  } finally {
    await source?.close().catch(() => {});
    await used.close();
  }
}

function problemText(problem: RecordedProblem): string {
  switch (problem.kind) {
    case 'no_journal':
      return 'the record holds no journal yet; catalyst db project writes one';
    case 'no_such_journal':
      return `the record holds no journal ${problem.name}; there are: ${problem.names.join(', ')}`;
    case 'which_journal':
      return `which journal? Say --as with one of: ${problem.names.join(', ')}`;
    case 'rows_too_old':
      return `the record of ${problem.name} was written by an earlier version and lacks what a report needs; catalyst db rebuild makes it anew`;
  }
}
