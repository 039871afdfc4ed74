import { cpSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CopyRows } from '#adapters/postgres/copy-rows';
import { RecordStore } from '#adapters/postgres/record-store';
import { instant } from '#domain/values/instant';
import { segmentName } from '#engine/journal/segment-format';
import { JournalWriter } from '#engine/journal/writer';
import { systemClock } from '#main/news/system-clock';
import { rebuild } from '#main/record/rebuild';
import { chance } from '../bar-columns.js';
import { withEmbedded } from '../postgres/servers.js';
import { writeEveryEvent } from './every-event.js';
import { asked, hashes, journalFolder, project, withSchema } from './projected.js';

const server = withEmbedded();
const folder = journalFolder();
const last = Math.max(...writeEveryEvent(folder).values());
const fresh = async (): Promise<string> => withSchema(await server.fresh());

test.skipIf(!server.isThere)(`projected twice it is the same as once, and the second time nothing is written${server.why}`, async () => {
  const url = await fresh();
  await project(url, folder);
  const once = await hashes(url);
  expect((await project(url, folder)).map(({ from, to, rows }) => [from, to, rows])).toEqual(Array(3).fill([last, last, 0]));
  expect(await hashes(url)).toEqual(once);
});

test.skipIf(!server.isThere)(
  `in pieces that end anywhere it comes to the same as in one${server.why}`,
  async () => {
    const whole = await fresh();
    await project(whole, folder);
    const expected = await hashes(whole);
    for (const seed of [1, 2]) {
      const next = chance(seed);
      const url = await fresh();
      for (let until = 0; until < last; ) {
        until = Math.min(last, until + 1 + Math.floor(next() * 24));
        await project(url, folder, { until, projections: ['ledger', 'market'] });
        // By itself, and behind the others.
        if (next() < 0.2 || until === last) await project(url, folder, { until, projections: ['decisions'] });
      }
      expect([seed, await hashes(url)]).toEqual([seed, expected]);
    }
  },
  240_000,
);

test.skipIf(!server.isThere)(`another journal under the same name is refused, and so is one that was cut${server.why}`, async () => {
  const url = await fresh();
  await project(url, folder);
  const before = await hashes(url);
  const other = journalFolder();
  const writer = JournalWriter.open(other);
  if (!writer.ok) throw new Error(writer.problem.kind);
  writer.value.append({ kind: 'suspend_requested' }, instant(1), 0, 'door');
  writer.value.close();
  await expect(project(url, other)).rejects.toMatchObject({ problem: { kind: 'no_run' } });
  const cut = journalFolder();
  cpSync(folder, cut, { recursive: true });
  truncateSync(join(cut, segmentName(1)), 9000);
  await expect(project(url, cut)).rejects.toMatchObject({ problem: { kind: 'journal_replaced', found: null } });
  await asked(url, `update catalyst.journal_positions set head = decode(repeat('00', 32), 'hex') where projection = 'ledger'`);
  await expect(project(url, folder)).rejects.toMatchObject({ problem: { kind: 'journal_replaced', sequence: last } });
  const renamed = journalFolder();
  writeEveryEvent(renamed);
  await expect(project(url, renamed, { name: 'another' })).resolves.toHaveLength(3);
  expect((await hashes(url)).find(({ table }) => table === 'fills')?.rows).toBe(
    2 * (before.find(({ table }) => table === 'fills')?.rows ?? 0),
  );
});

test.skipIf(!server.isThere)(`a second projector of the same waits its time and says who is at work${server.why}`, async () => {
  const url = await fresh();
  const ending = new AbortController();
  let isAtWork = (): void => {};
  const works = new Promise<void>((resolve) => {
    isAtWork = resolve;
  });
  const first = project(url, folder, { isFollowing: true, projections: ['ledger'], signal: ending.signal, told: () => isAtWork() });
  await works;
  await expect(project(url, folder, { projections: ['ledger'] })).rejects.toMatchObject({ problem: { kind: 'projector_at_work' } });
  ending.abort();
  await first;
  await expect(project(url, folder, { projections: ['ledger'] })).resolves.toHaveLength(1);
});

test.skipIf(!server.isThere)(`a row that names what is not there takes the whole batch back${server.why}`, async () => {
  const url = await fresh();
  await asked(url, `insert into catalyst.journals values (1, 'x', 1, 'live_market', '', decode(repeat('00', 32), 'hex'), now())`);
  const store = await RecordStore.connect(url, 'test');
  const table = {
    table: 'risk_losses',
    columns: ['journal_id', 'sequence', 'pnl', 'limit_amount', 'share'],
    least: 5,
    most: 5,
    keys: null,
  };
  const wrong = new CopyRows();
  wrong.int(1).int(5).e4(100).e4(200).float(0.5).end();
  const to = { sequence: 9, head: '00'.repeat(32), at: instant(0) };
  const batch = { journal: 1, projection: 'ledger', after: 0, to, tables: [{ ...table, rows: wrong }] };
  await expect(store.write(batch)).rejects.toThrow(/risk_losses names no row of risk_events/);
  await store.close();
  expect(await asked(url, 'select * from catalyst.risk_losses')).toEqual([]);
  expect(await asked(url, 'select * from catalyst.journal_positions')).toEqual([]);
});

test.skipIf(!server.isThere)(
  `a record that was put back is gone on with from where it stands${server.why}`,
  async () => {
    const url = await fresh();
    const directory = journalFolder();
    writeEveryEvent(directory);
    const ending = new AbortController();
    let written = 0;
    const following = project(url, directory, {
      isFollowing: true,
      projections: ['ledger'],
      signal: ending.signal,
      told: (progress) => {
        written = progress.written?.sequence ?? 0;
      },
    });
    await expect.poll(() => written, { timeout: 20_000 }).toBe(last);
    // Back to a day on which nothing was there yet.
    await asked(url, 'set session_replication_role = replica; truncate catalyst.journals, catalyst.securities, catalyst.sessions cascade');
    const writer = JournalWriter.open(directory);
    if (!writer.ok) throw new Error(writer.problem.kind);
    writer.value.append({ kind: 'suspend_requested' }, instant(1_520_900_000_000), 0, 'door');
    writer.value.close();
    await expect.poll(() => written, { timeout: 20_000 }).toBe(last + 1);
    ending.abort();
    await following;
    const clean = await fresh();
    await project(clean, directory, { projections: ['ledger'] });
    expect(await hashes(url)).toEqual(await hashes(clean));
  },
  120_000,
);

test.skipIf(!server.isThere)(`built anew it is what it was, and what no journal tells is still there${server.why}`, async () => {
  const url = await fresh();
  const directory = journalFolder();
  writeEveryEvent(directory);
  await project(url, directory);
  await asked(
    url,
    `insert into catalyst.alerts select 'a', now(), 'k', 'warning', 'g', E'h\\t\\\\', 'none', journal_id, 5 from catalyst.journals`,
  );
  const before = await hashes(url);
  const options = { url, allowsChanged: false, signal: new AbortController().signal, clock: systemClock, told: () => {} };
  expect(await rebuild({ ...options, directories: [] })).toMatchObject({
    ok: false,
    problem: { kind: 'journal_not_given', names: ['journal'] },
  });
  const built = await rebuild({ ...options, directories: [directory] });
  if (!built.ok) throw new Error(JSON.stringify(built.problem));
  expect(built.value.tables.filter(({ before: one, after }) => one?.hash !== after.hash)).toEqual([]);
  expect(await hashes(url)).toEqual(before);
  // A row that no journal tells is found.
  await asked(url, `insert into catalyst.account_reports select journal_id, 999999, now(), 1, 1 from catalyst.journals`);
  const again = await rebuild({ ...options, directories: [directory] });
  if (!again.ok) throw new Error(JSON.stringify(again.problem));
  expect(again.value.tables.filter(({ before: one, after }) => one?.hash !== after.hash).map(({ table }) => table)).toEqual([
    'account_reports',
  ]);
  rmSync(directory, { recursive: true });
});

test('a projector of a journal that is not there says so', async () => {
  await expect(project('postgresql://nobody@127.0.0.1:1/none', '/nowhere/at/all', { projections: ['ledger'] })).rejects.toMatchObject({
    problem: { kind: 'journal_missing' },
  });
});
