import type { Trade } from '#domain/performance/trade';
import { instant } from '#domain/values/instant';
import { recording } from '#engine/journal/recorder';
import { emptyDirectory, must } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';
import { htmlReport } from '#main/report/html/html-report';
import { picturedTrades } from '#main/report/html/trade-links';
import { journalSource } from '#main/report/journal-trades';
import { type Report, reportOf } from '#main/report/report-of';
import type { TradeRecord } from '#main/report/trade-source';
import { runEagerDays } from '../decisions/eager-days.js';

/** What nobody wishes to meet in a headline: marks, quotes, an entity, letters that turn the line around, and one that ends it. */
export const hostile = `<script>alert(1)</script><img src=x onerror="alert(2)">' &lt; \u202Egnp.exe\u202C \u2028 end`;

/** The folder of a journal of some full days. */
export async function eagerJournal(sessions: number): Promise<string> {
  const directory = emptyDirectory();
  const recorder = recording(must(JournalWriter.open(directory)));
  await runEagerDays(() => {}, { recorder, sessions });
  recorder.close();
  return directory;
}

/** The report of a journal whose every headline and note is hostile, and its page. */
export async function hostilePage(directory: string): Promise<{ readonly report: Report; readonly page: string }> {
  const source = journalSource(directory);
  const record = await source.read();
  if (record === null) throw new Error('no run');
  const trades = record.trades.map(spoilt);
  const bad: TradeRecord = { ...record, trades, nameOf: (symbol) => `${record.nameOf(symbol)}<b>` };
  const report = reportOf(bad, { from: null, to: null, period: 'day', stage: 1 });
  return { report, page: htmlReport(report, await source.barsOf(picturedTrades(trades))) };
}

const spoilt = (trade: Trade): Trade => ({
  ...trade,
  plan: trade.plan === null ? null : { ...trade.plan, headline: { id: hostile, source: hostile, text: hostile, knownAt: instant(0) } },
  notes: [{ at: instant(0), by: hostile, choice: 'enter', override: true, because: hostile, code: null }],
});
