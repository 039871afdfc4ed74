import type { Dimension, PeriodKind } from '#domain/performance/breakdown';
import type { TargetStage } from '#domain/performance/stage-targets';
import type { SessionDate } from '#domain/values/session-date';
import { JournalError } from '#engine/journal/problems';
import { Failure } from '#main/commands/failure';
import { readingJournal } from '#main/commands/reading-journal';
import { recordedReport } from '#main/commands/report-database';
import { fileOutput, WriteFailed } from '#main/indicators/output-file';
import { htmlReport } from '#main/report/html/html-report';
import { picturedTrades } from '#main/report/html/trade-links';
import { journalSource } from '#main/report/journal-trades';
import { reportDocument } from '#main/report/report-document';
import { reportOf, tradesWithin } from '#main/report/report-of';
import { reportLines } from '#main/report/report-text';
import { tradeLines } from '#main/report/trade-page';
import type { TradeRecord, TradeSource } from '#main/report/trade-source';
import { tradesCsv } from '#main/report/trades-csv';
import { note, show, showJson } from '#main/terminal';

export type ReportOptions = {
  readonly journal?: string;
  /** True: the database that is meant when nothing else is said. */
  readonly database?: string | true;
  readonly name: string;
  readonly as?: string;
  readonly period: PeriodKind;
  readonly from?: SessionDate;
  readonly to?: SessionDate;
  readonly by?: readonly Dimension[];
  readonly stage: TargetStage;
  readonly trade?: string;
  readonly json: boolean;
  readonly csv?: string;
  readonly html?: string;
  readonly reconcile: boolean;
};

/** What a journal came to: periods, groups, targets and every trade, on the terminal or in files. */
export async function reportCommand(options: ReportOptions): Promise<void> {
  const { journal, database, json, from, to } = options;
  if (from !== undefined && to !== undefined && from > to) throw new Failure('usage', `--from ${from} is after --to ${to}`);
  if (database !== undefined) {
    if (options.reconcile) throw new Failure('usage', '--reconcile compares a journal: give --journal instead of --database');
    return recordedReport({ ...options, database }, (source) => reported(source, options));
  }
  if (journal === undefined) throw new Failure('usage', 'report of what? Give --journal <dir> or --database');
  if (options.as !== undefined) throw new Failure('usage', '--as names a journal of the record: it goes with --database');
  // It brings the broker's adapter, which no other report needs.
  if (options.reconcile) return (await import('#main/commands/report-reconcile')).reconcileCommand({ journal, json });
  return reported(journalSource(journal), options);
}

/** The report of a source, in the forms that were asked for. */
async function reported(source: TradeSource, options: ReportOptions): Promise<void> {
  const record = await trusting(() => source.read());
  if (record === null) throw new Failure('badInput', `the journal ${options.journal} holds no run: nothing can be reported`);
  for (const text of record.notes) note(text);
  if (options.trade !== undefined) return showTrade(options.trade, record);
  const { from = null, to = null, period, stage } = options;
  const range = { from, to, period, stage };
  // A server looks the bars up while the numbers are made.
  const bars = options.html === undefined ? null : trusting(() => source.barsOf(picturedTrades(tradesWithin(record, range))));
  // Whoever waits for it hears of its failure; until then nobody does.
  bars?.catch(() => {});
  const report = reportOf(record, range);
  if (options.csv !== undefined) await write(options.csv, tradesCsv(report));
  if (options.html !== undefined && bars !== null) await write(options.html, htmlReport(report, await bars));
  if (options.json) return showJson(reportDocument(report));
  show(...reportLines(report, options.by));
}

function showTrade(id: string, record: TradeRecord): void {
  const found = record.trades.filter((trade) => trade.id === id || String(trade.intent) === id);
  if (found.length === 0) throw new Failure('badInput', `no trade ${id} has ended in this journal; catalyst report --csv lists them`);
  for (const trade of found) show(...tradeLines(trade, record));
}

/** A journal that cannot be trusted ends the command as everywhere. */
async function trusting<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return readingJournal<Value>(() => {
      throw error;
    });
  }
}

async function write(path: string, text: string): Promise<void> {
  const output = await fileOutput(path);
  try {
    output.writeWhole(text);
    await output.finish();
  } catch (error) {
    await output.abandon();
    if (error instanceof WriteFailed) throw new Failure('badInput', `${path} could not be written (${error.reason})`);
    throw error;
  }
}
