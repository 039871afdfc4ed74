import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { newClient } from '#adapters/postgres/client';
import { migrationFolder } from '#adapters/postgres/migration-files';
import { migrateDown, migrateUp } from '#adapters/postgres/migrations';
import { readFollower } from '#main/record/lag';
import { program } from '../journeys/catalyst.js';
import { adopt, endChildren } from '../journeys/running-day.js';
import { withEmbedded } from '../postgres/servers.js';
import { until } from '../process/until.js';
import { writeEveryEvent } from './every-event.js';
import { asked, hashes, journalFolder, project, withSchema } from './projected.js';

const server = withEmbedded();
afterEach(endChildren);

function journalOfEveryEvent(): { readonly journal: string; readonly last: number } {
  const journal = journalFolder();
  return { journal, last: Math.max(...writeEveryEvent(journal).values()) };
}

/** `catalyst db` with words, in a process of its own. */
function db(url: string, ...words: readonly string[]) {
  const env = { ...process.env, DATABASE_URL: url };
  const child = adopt(spawn(process.execPath, [program, 'db', ...words], { stdio: ['ignore', 'ignore', 'pipe'], env }));
  let err = '';
  child.stderr?.on('data', (text) => {
    err += String(text);
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, err }));
  return { child, ended, said: () => err };
}

/** Holds the database from another connection while `work` goes on. */
async function holding(url: string, statements: string, work: () => Promise<void>): Promise<void> {
  const client = newClient(url);
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(statements);
    await work();
  } finally {
    await client.end();
  }
}

/** What an undisturbed projection comes to. */
async function clean(journal: string) {
  const url = await withSchema(await server.fresh());
  await project(url, journal);
  return hashes(url);
}

test.skipIf(!server.isThere)(
  `H2: a table that somebody has locked is waited for in bounds, said to be away, and written when it is free${server.why}`,
  async () => {
    const { journal, last } = journalOfEveryEvent();
    const url = await withSchema(await server.fresh());
    const follow = db(url, 'follow', '--journal', journal, '--as', 'journal');
    await holding(url, 'begin; lock table catalyst.fills in access exclusive mode', async () => {
      await until('it says that the database is away', () => /lock timeout.*55P03/.test(readFollower(journal)?.why ?? ''));
      expect(readFollower(journal)).toMatchObject({ database: 'away' });
    });
    await until('all is written', () => isWritten(journal, last));
    expect(await hashes(url)).toEqual(await clean(journal));
    follow.child.kill('SIGTERM');
    expect((await follow.ended).code).toBe(0);
    expect(readFollower(journal)).toMatchObject({ hasEnded: true });
  },
);

test.skipIf(!server.isThere)(
  `H3: a server that takes nothing in, as after a failover, is asked again; there are no half rows, and then all is written${server.why}`,
  async () => {
    const { journal, last } = journalOfEveryEvent();
    const url = await withSchema(await server.fresh());
    const name = (await asked(url, 'select current_database() as it'))[0]?.['it'];
    await asked(url, `alter database ${name} set default_transaction_read_only = on`);
    const follow = db(url, 'follow', '--journal', journal, '--as', 'journal');
    await until('it says why', () => /read-only transaction \(25006\)/.test(readFollower(journal)?.why ?? ''));
    expect((await hashes(url)).filter(({ table, rows }) => table === 'fills' && rows > 0)).toEqual([]);
    await asked(url, `set transaction_read_only = off; alter database ${name} reset default_transaction_read_only`);
    await until('all is written', () => isWritten(journal, last));
    expect(await hashes(url)).toEqual(await clean(journal));
    expect(follow.said()).toContain('the database is back');
  },
);

test.skipIf(!server.isThere)(
  `H4: a row that the database refuses ends its writer with a code and its reason, nothing of the batch is there, and the lag stands to be seen${server.why}`,
  async () => {
    const { journal } = journalOfEveryEvent();
    const url = await withSchema(await server.fresh());
    await asked(url, 'alter table catalyst.fills add constraint never check (false) not valid');
    const follow = db(url, 'follow', '--journal', journal, '--as', 'journal');
    const { code, err } = await follow.ended;
    expect(code).toBe(1);
    expect(err).toMatch(/the database refused the ledger of entries 1 to \d+ \(23514\).*never/);
    expect(await asked(url, 'select * from catalyst.fills')).toEqual([]);
    const state = readFollower(journal);
    expect(state).toMatchObject({ hasEnded: false });
    expect(state?.lags.find(({ projection }) => projection === 'ledger')?.entries).toBeGreaterThan(0);
  },
);

test.skipIf(!server.isThere)(
  `H5: a migration whose process is killed half way changes nothing, and the next one does it all${server.why}`,
  async () => {
    const url = await withSchema(await server.fresh());
    const folder = mkdtempSync(join(tmpdir(), 'catalyst-killed-'));
    cpSync(migrationFolder, folder, { recursive: true });
    const number = String(readdirSync(folder).length / 2 + 1).padStart(4, '0');
    writeFileSync(join(folder, `${number}-next.up.sql`), 'create table catalyst.half (it integer); select pg_sleep(3);');
    writeFileSync(join(folder, `${number}-next.down.sql`), 'drop table catalyst.half');
    const script = `import { migrateUp } from '#adapters/postgres/migrations';
    await migrateUp(${JSON.stringify(url)}, { folder: ${JSON.stringify(folder)} });`;
    const child = adopt(
      spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: join(migrationFolder, '..'), stdio: 'ignore' }),
    );
    const sleeping = "select 1 from pg_stat_activity where query like '%pg_sleep(3)%' and state = 'active' and pid <> pg_backend_pid()";
    await until('it is half way', async () => (await asked(url, `${sleeping} and datname = current_database()`)).length > 0);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    const half = "select to_regclass('catalyst.half') is null as none";
    expect(await asked(url, half)).toEqual([{ none: true }]);
    await until('the server has noticed', async () => (await asked(url, `${sleeping} and datname = current_database()`)).length === 0);
    expect(await asked(url, half)).toEqual([{ none: true }]);
    expect(await migrateUp(url, { folder })).toMatchObject({ ok: true, value: { names: [`${number}-next`] } });
    expect(await asked(url, half)).toEqual([{ none: false }]);
  },
);

const words = [['project'], ['follow']] as const;
for (const [word] of words) {
  test.skipIf(!server.isThere)(`H5: a schema that a newer version has changed is not written by db ${word}${server.why}`, async () => {
    const { journal } = journalOfEveryEvent();
    const url = await withSchema(await server.fresh());
    const folder = mkdtempSync(join(tmpdir(), 'catalyst-newer-'));
    cpSync(migrationFolder, folder, { recursive: true });
    const number = String(readdirSync(folder).length / 2 + 1).padStart(4, '0');
    for (const way of ['up', 'down']) writeFileSync(join(folder, `${number}-next.${way}.sql`), 'select 1');
    expect(await migrateUp(url, { folder })).toMatchObject({ ok: true });
    const { code, err } = await db(url, word, '--journal', journal).ended;
    expect(code).toBe(1);
    expect(err).toContain(`the database was migrated by a newer version, which this one does not know: ${number}-next`);
    expect(await asked(url, 'select * from catalyst.journals')).toEqual([]);
  });

  test.skipIf(!server.isThere)(
    `H5: a schema that stopped half way is not written by db ${word}, and it says what to do${server.why}`,
    async () => {
      const { journal } = journalOfEveryEvent();
      const url = await withSchema(await server.fresh());
      expect(await migrateDown(url, readdirSync(migrationFolder).length / 2 - 2)).toMatchObject({ ok: true });
      const { code, err } = await db(url, word, '--journal', journal).ended;
      expect(code).toBe(1);
      expect(err).toContain('run catalyst db migrate first');
      expect(await asked(url, 'select * from catalyst.journals')).toEqual([]);
    },
  );
}

const isWritten = (journal: string, last: number): boolean => {
  const lags = readFollower(journal)?.lags ?? [];
  return lags.length === 3 && lags.every(({ sequence }) => sequence === last);
};
