import { expect, test } from 'vitest';
import { decodeEntries } from '#engine/journal/reader';
import { must } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';
import { journalSource } from '#main/report/journal-trades';
import { reportOf } from '#main/report/report-of';
import { chance } from '../bar-columns.js';
import { withEmbedded } from '../postgres/servers.js';
import { eagerJournal } from '../reporting/reported-days.js';
import { asked, hashes, journalFolder, project, withSchema } from './projected.js';

const server = withEmbedded();
const fresh = async (): Promise<string> => withSchema(await server.fresh());

type Result = { readonly key: unknown; readonly trades: string; readonly won: string; readonly pnl: string } & Readonly<
  Record<'fees' | 'mean_r' | 'deviation_r', unknown>
>;
const columns = 'trades, won, pnl, fees, mean_r, deviation_r';

/** The results as the views tell them, and added up anew from every trade. */
async function bothWays(url: string, by: string): Promise<readonly [readonly Result[], readonly Result[]]> {
  const told = await asked(url, `select ${by} as key, ${columns} from catalyst.results_by_${by} order by 1`);
  const anew = await asked(
    url,
    `select ${by} as key, count(*) as trades, count(*) filter (where pnl > 0) as won, sum(pnl) as pnl, sum(fees) as fees,
       avg(r_multiple) as mean_r, stddev_samp(r_multiple) as deviation_r
     from catalyst.ended_trades where ${by} is not null group by 1 order by 1`,
  );
  return [told as Result[], anew as Result[]];
}

const close = (rows: readonly Result[]): readonly unknown[] =>
  rows.map(({ mean_r, deviation_r, ...rest }) => ({
    ...rest,
    mean_r: expect.closeTo(Number(mean_r), 10),
    deviation_r: deviation_r === null ? null : expect.closeTo(Number(deviation_r), 10),
  }));

test.skipIf(!server.isThere)(
  `wherever a projection stands, each trade counts once in the results, of sessions that are over and of the one that goes on${server.why}`,
  async () => {
    const directory = await eagerJournal(3);
    const whole = await fresh();
    const [ledger] = await project(whole, directory, { projections: ['ledger'] });
    const last = ledger?.to ?? 0;
    const url = await fresh();
    const next = chance(5);
    const summed = new Set<string>();
    for (let until = 0; until < last; ) {
      until = Math.min(last, until + 1 + Math.floor((next() * last) / 12));
      await project(url, directory, { until, projections: ['ledger'] });
      for (const by of ['pattern', 'catalyst', 'hour']) {
        const [told, anew] = await bothWays(url, by);
        expect([until, by, told]).toEqual([until, by, close(anew)]);
      }
      const [sums] = await asked(
        url,
        `select (select coalesce(sum(trades), 0) from catalyst.session_hour_results) as kept, (select count(*) from catalyst.ended_trades) as ended`,
      );
      summed.add(Number(sums?.['kept']) === 0 ? 'none' : Number(sums?.['kept']) < Number(sums?.['ended']) ? 'some' : 'all');
    }
    // It was looked at before a session had ended, within one, and after the last.
    expect([...summed].sort()).toEqual(['all', 'none', 'some']);
    expect(await hashes(url)).toEqual(await hashes(whole));

    const record = await journalSource(directory).read();
    if (record === null) throw new Error('no run');
    const { groups } = reportOf(record, { from: null, to: null, period: 'all', stage: 1 }).performance;
    for (const by of ['pattern', 'catalyst'] as const) {
      const [told] = await bothWays(url, by);
      expect(Object.fromEntries(told.map(({ key, trades }) => [key, Number(trades)]))).toEqual(
        Object.fromEntries(groups[by].map(({ key, trades }) => [key, trades.length])),
      );
    }
  },
  120_000,
);

/** The first two sessions of a journal, the second cut off just behind the end of its first trade, and the minutes of the third. */
function cutOff(directory: string): string {
  const cut = journalFolder();
  const writer = must(JournalWriter.open(cut));
  let sessions = 0;
  let isCut = false;
  for (const { event, at, cause, origin } of decodeEntries(directory)) {
    if (event.kind === 'session_opened' && !event.history) sessions++;
    const isTold = sessions < 3 ? !isCut : ['session_opened', 'bars_closed', 'session_closed'].includes(event.kind);
    if (isTold) writer.append(event, at, sessions < 3 ? cause : 0, sessions < 3 ? origin : 'door');
    if (sessions === 2 && event.kind === 'position_closed') isCut = true;
  }
  writer.close();
  return cut;
}

test.skipIf(!server.isThere)(
  `a trade that ended just before its session broke off counts once, wherever a batch ends${server.why}`,
  async () => {
    const directory = cutOff(await eagerJournal(3));
    const next = [...decodeEntries(directory, { kinds: ['session_opened'] })].at(-1)?.sequence ?? 0;
    const url = await fresh();
    await project(url, directory, { until: next, projections: ['ledger'] });
    await project(url, directory, { projections: ['ledger'] });
    for (const by of ['pattern', 'catalyst', 'hour']) {
      const [told, anew] = await bothWays(url, by);
      expect([by, told]).toEqual([by, close(anew)]);
    }
    const whole = await fresh();
    await project(whole, directory, { projections: ['ledger'] });
    expect(await hashes(url)).toEqual(await hashes(whole));
  },
  120_000,
);
