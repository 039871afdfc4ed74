import { expect, test } from 'vitest';
import { BrokenOff, DatabaseTrades } from '#main/report/database-trades';
import { journalSource } from '#main/report/journal-trades';
import { reportDocument } from '#main/report/report-document';
import { reportOf } from '#main/report/report-of';
import type { TradeSource } from '#main/report/trade-source';
import { withEmbedded } from '../postgres/servers.js';
import { eagerJournal } from '../reporting/reported-days.js';
import { writeEveryEvent } from './every-event.js';
import { asked, journalFolder, project, withSchema } from './projected.js';

const server = withEmbedded();
const fresh = async (): Promise<string> => withSchema(await server.fresh());

/** A source of the record, closed again behind the work. */
async function recorded<Value>(url: string, name: string | null, work: (source: DatabaseTrades) => Promise<Value>): Promise<Value> {
  const source = new DatabaseTrades(url, name);
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

const read = (url: string, name: string | null) => recorded(url, name, (source) => source.read());

async function documentOf(source: TradeSource) {
  const record = await source.read();
  if (record === null) throw new Error('no run');
  const report = reportOf(record, { from: null, to: null, period: 'day', stage: 1 });
  const bars = await source.barsOf(record.trades);
  return { text: JSON.stringify(reportDocument(report)), bars, trades: record.trades };
}

test.skipIf(!server.isThere)(
  `the report of some full days is the same from the database, byte for byte, and so are the bars of its pictures${server.why}`,
  async () => {
    const directory = await eagerJournal(3);
    const url = await fresh();
    await project(url, directory, { projections: ['ledger', 'market'] });
    const ours = await recorded(url, null, documentOf);
    const theirs = await documentOf(journalSource(directory));
    expect(ours.text).toBe(theirs.text);
    expect(ours.trades.length).toBeGreaterThan(5);
    expect(ours.bars).toEqual(theirs.bars);
  },
  120_000,
);

test.skipIf(!server.isThere)(`a database that ends while the numbers are made is told as one that broke off${server.why}`, async () => {
  const directory = journalFolder();
  writeEveryEvent(directory);
  const url = await fresh();
  await project(url, directory, { projections: ['ledger'] });
  await recorded(url, null, async (source) => {
    const { trades } = await source.read();
    await asked(url, `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'catalyst report'`);
    await expect(source.barsOf(trades)).rejects.toThrow(BrokenOff);
  });
  await expect(read('postgresql://nobody@127.0.0.1:1/none', null)).rejects.toThrow(BrokenOff);
});

type Told = {
  readonly trades: readonly {
    readonly notes: readonly { readonly choice: string }[];
    readonly fills: readonly { readonly flags: string[] }[];
  }[];
  readonly days: readonly { readonly halts: readonly unknown[] }[];
};

/**
 * Of a journal that no house could write: flags are a set in the record, the account's name holds what no database can, and a close
 * that was refused was asked for all the same.
 */
function comparable({ text }: { readonly text: string }): Told {
  const told = JSON.parse(text) as Told & { readonly source: object };
  return {
    ...told,
    ...{ source: { ...told.source, account: null } },
    trades: told.trades.map((trade) => ({
      ...trade,
      notes: trade.notes.filter(({ choice }) => choice !== 'operator_close'),
      fills: trade.fills.map((fill) => ({ ...fill, flags: fill.flags.toSorted() })),
    })),
  };
}

test.skipIf(!server.isThere)(`answers, halts and cash come to the same${server.why}`, async () => {
  const directory = journalFolder();
  writeEveryEvent(directory);
  const url = await fresh();
  await project(url, directory, { projections: ['ledger'] });
  const ours = comparable(await recorded(url, 'journal', documentOf));
  expect(ours).toEqual(comparable(await documentOf(journalSource(directory))));
  // The second came without an intent, and nobody said anything of it.
  expect(ours.trades.map(({ notes }) => notes.length)).toEqual([1, 0]);
  expect(ours.days.some(({ halts }) => halts.length > 0)).toBe(true);
});

test.skipIf(!server.isThere)(
  `which journal has to be said when there are several, and rows of an earlier version are told${server.why}`,
  async () => {
    const url = await fresh();
    await expect(read(url, null)).rejects.toMatchObject({ problem: { kind: 'no_journal' } });
    const directory = journalFolder();
    writeEveryEvent(directory);
    await project(url, directory, { projections: ['ledger'] });
    await project(url, directory, { projections: ['ledger'], name: 'another' });
    await expect(read(url, null)).rejects.toMatchObject({
      problem: { kind: 'which_journal', names: ['another', 'journal'] },
    });
    await expect(read(url, 'none')).rejects.toMatchObject({ problem: { kind: 'no_such_journal', name: 'none' } });
    await asked(url, 'set session_replication_role = replica; update catalyst.position_closings set last_sequence = null');
    await expect(read(url, 'journal')).rejects.toMatchObject({ problem: { kind: 'rows_too_old', name: 'journal' } });
  },
);
