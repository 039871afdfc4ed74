import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { formatE4 } from '#domain/values/decimal';
import { kindOf } from '#engine/journal/codec/event-codec';
import { readJournal } from '#engine/journal/reader';
import { ledgerOf } from '#main/day/ledger';
import { withDebian15, withEmbedded } from '../postgres/servers.js';
import { hasReference, reference } from '../reference-data.js';
import { asked, hashes, journalFolder, project, withSchema } from './projected.js';

const catalyst = fileURLToPath(new URL('../../bin/catalyst.js', import.meta.url));
const news = (name: string) => ['--news', reference(`data/open/news/${name}.csv.gz`)];

/** All sessions of 2018 that there are, as `catalyst day` lives them. */
function journaled(): string {
  const journal = journalFolder();
  const bars = reference('data/restricted/us_equity/minute_284sym_2018');
  const words = ['day', '--data', bars, '--from', '2018-02-16', '--to', '2018-03-29', '--journal', journal];
  const done = spawnSync(process.execPath, [catalyst, ...words, ...news('reuters_headlines_daily'), ...news('cnbc_headlines_timed')], {
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(done.stderr);
  return journal;
}

test.skipIf(!hasReference)(
  '29 sessions: the sums in SQL are those of the ledger to the cent, on both servers to the byte (needs the reference data)',
  async () => {
    const journal = journaled();
    const sums = { fills: 0, fees: 0, closed: 0, pnl: 0, intents: 0, orders: 0, refused: 0 };
    const e4 = (money: unknown): number => Math.round(Number(money) * 10_000);
    for (const line of ledgerOf(journal)) {
      if (line.kind === 'fill') sums.fills++;
      if (line.kind === 'fill') sums.fees += e4(line['fees']);
      if (line.kind === 'position_closed') sums.closed++;
      if (line.kind === 'position_closed') sums.pnl += e4(line['pnl']);
      if (line.kind === 'intent') sums.intents++;
      if (line.kind === 'order') sums.orders++;
      if (line.kind === 'refusal') sums.refused++;
    }
    const kinds = new Map<string, number>();
    for (const { payload } of readJournal(journal)) kinds.set(String(kindOf(payload)), (kinds.get(String(kindOf(payload))) ?? 0) + 1);
    const found: string[] = [];
    for (const server of servers) {
      const url = await withSchema(await server.fresh());
      await project(url, journal, { projections: ['ledger'] });
      const [row] = await asked(
        url,
        `select (select count(*) from catalyst.fills) as fills, (select sum(fees) from catalyst.fills) as fees,
        (select count(*) from catalyst.position_closings) as closed, (select sum(pnl) from catalyst.position_closings) as pnl,
        (select count(*) from catalyst.intents) as intents, (select count(*) from catalyst.orders) as orders,
        (select count(*) from catalyst.intent_verdicts where verdict = 'refused') as refused`,
      );
      expect(row).toEqual({ ...sums, fees: formatE4(sums.fees), pnl: formatE4(sums.pnl) });
      const counted = async (table: string): Promise<unknown> =>
        (await asked(url, `select count(*) as n from catalyst.${table}`))[0]?.['n'];
      expect(await counted('news_items')).toBe(kinds.get('headline_published'));
      expect(await counted('trading_cycles')).toBe(kinds.get('candidates_found'));
      expect(await counted('session_runs')).toBe(29);
      expect(await counted('account_reports')).toBe(kinds.get('account_reported') ?? 0);
      // Else the first questions about so many new rows would be planned blindly, and a report take a third of a minute.
      const [told] = await asked(
        url,
        `select count(last_analyze) > 0 and count(last_analyze) = count(*) as counted from pg_stat_user_tables where relname in ('scan_results', 'fills')`,
      );
      expect(told).toEqual({ counted: true });
      found.push(JSON.stringify(await hashes(url)));
    }
    expect(new Set(found).size).toBe(1);
  },
);

const servers = [withEmbedded(), withDebian15()].filter(({ isThere }) => isThere);
