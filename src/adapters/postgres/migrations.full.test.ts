import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { newClient } from '#adapters/postgres/client';
import { migrationFolder, readMigrations } from '#adapters/postgres/migration-files';
import { migrateDown, migrateUp, migrationStatus } from '#adapters/postgres/migrations';
import { withDebian15, withEmbedded } from '../../../tests/postgres/servers.js';

const texts = readMigrations();
if (!texts.ok) throw new Error(texts.problem.why);
const last = texts.value.length;
const names = texts.value.map(({ name }) => name);

/** Everything that migrations may have left in a database. */
const objects = `
  select 'schema ' || nspname as it from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
  union all select format('relation %s %s.%s', relkind, relnamespace::regnamespace, relname) from pg_class
    where relnamespace::regnamespace::text in ('catalyst', 'public')
  union all select 'function ' || oid::regprocedure from pg_proc where pronamespace::regnamespace::text in ('catalyst', 'public')
  union all select 'type ' || oid::regtype from pg_type where typnamespace::regnamespace::text in ('catalyst', 'public')
  union all select 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where connamespace::regnamespace::text in ('catalyst', 'public')
  union all select 'index ' || pg_get_indexdef(indexrelid) from pg_index where indrelid::regclass::text !~ '^pg_'
  union all select 'trigger ' || tgrelid::regclass || ' ' || tgname from pg_trigger where not tgisinternal
  union all select 'comment ' || coalesce(classoid::regclass || ' ' || objoid::text, '') || description from pg_description
    where objoid in (select oid from pg_namespace where nspname = 'catalyst')
  union all select 'extension ' || extname from pg_extension
  order by 1`;

async function rows<Row>(url: string, sql: string): Promise<readonly Row[]> {
  const client = newClient(url);
  await client.connect();
  try {
    // Every name is told with its schema.
    await client.query("set search_path = ''");
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
const column = async (url: string, sql: string) => (await rows<{ it: string }>(url, sql)).map(({ it }) => it);
/** Object numbers differ from one time to the next. */
const found = async (url: string) => (await column(url, objects)).map((it) => it.replace(/^(comment pg_namespace) \d+/, '$1'));

function copied(): string {
  const folder = mkdtempSync(join(tmpdir(), 'database-'));
  cpSync(migrationFolder, folder, { recursive: true });
  return folder;
}

function next(folder: string, up: string, down = 'select 1'): void {
  const number = String(readdirSync(folder).length / 2 + 1).padStart(4, '0');
  writeFileSync(join(folder, `${number}-next.up.sql`), up);
  writeFileSync(join(folder, `${number}-next.down.sql`), down);
}

for (const server of [withEmbedded(), withDebian15()]) {
  const on = test.skipIf(!server.isThere);

  on(`${server.name}: up, down to nothing, up again${server.why}`, async () => {
    const url = await server.fresh();
    const before = await found(url);
    expect(await migrationStatus(url)).toMatchObject({ ok: true, value: { applied: [], pending: { length: last } } });
    expect(await found(url)).toEqual(before);
    expect(await migrateUp(url)).toEqual({ ok: true, value: { way: 'up', names, applied: last } });
    const made = await found(url);
    expect(made).toContain('relation r catalyst.securities');
    expect(await migrateUp(url)).toEqual({ ok: true, value: { way: 'up', names: [], applied: last } });
    expect(await migrateDown(url, 0)).toEqual({ ok: true, value: { way: 'down', names: names.toReversed(), applied: 0 } });
    const left = (await found(url)).filter((it) => !before.includes(it));
    expect(left.filter((it) => !it.includes('catalyst_migrations'))).toEqual([]);
    expect(await migrateUp(url)).toMatchObject({ ok: true });
    expect(await found(url)).toEqual(made);
    const status = await migrationStatus(url);
    expect(status.ok && status.value.applied.map(({ name }) => name)).toEqual(names);
    expect(status.ok && status.value.pending).toEqual([]);
  });

  on(`${server.name}: each migration's way back leaves what was there before it${server.why}`, async () => {
    const url = await server.fresh();
    const stages: (readonly string[])[] = [];
    for (let number = 1; number <= last; number++) {
      expect(await migrateUp(url, { to: number })).toMatchObject({ ok: true, value: { names: [names[number - 1]], applied: number } });
      stages.push(await found(url));
    }
    for (let number = last - 1; number >= 1; number--) {
      expect(await migrateDown(url, number)).toMatchObject({ ok: true, value: { names: [names[number]], applied: number } });
      expect([number, await found(url)]).toEqual([number, stages[number - 1]]);
    }
  });

  on(`${server.name}: a migration that fails half-way changes nothing, and those before it stay${server.why}`, async () => {
    const url = await server.fresh();
    const folder = copied();
    next(folder, 'create table catalyst.half_way (it integer primary key);\ninsert into catalyst.half_way values (1), (1);');
    expect(await migrateUp(url, { folder })).toMatchObject({
      ok: false,
      problem: { kind: 'migration_failed', name: `${String(last + 1).padStart(4, '0')}-next`, way: 'up', sqlState: '23505' },
    });
    expect(await migrationStatus(url)).toMatchObject({ ok: true, value: { applied: { length: last }, pending: [] } });
    expect(await column(url, "select to_regclass('catalyst.half_way')::text as it")).toEqual([null]);
    rmSync(folder, { recursive: true });
  });

  on(`${server.name}: a way back that fails changes nothing${server.why}`, async () => {
    const url = await server.fresh();
    const folder = copied();
    next(folder, 'create table catalyst.extra (it integer primary key)', 'drop table catalyst.extra; drop table catalyst.nowhere');
    await migrateUp(url, { folder });
    expect(await migrateDown(url, last, { folder })).toMatchObject({
      ok: false,
      problem: { kind: 'migration_failed', way: 'down', sqlState: '42P01' },
    });
    expect(await column(url, "select to_regclass('catalyst.extra')::text as it")).toEqual(['catalyst.extra']);
    expect(await migrationStatus(url, { folder })).toMatchObject({ ok: true, value: { applied: { length: last + 1 } } });
    rmSync(folder, { recursive: true });
  });

  on(`${server.name}: what newer software has made is left alone${server.why}`, async () => {
    const url = await server.fresh();
    const folder = copied();
    next(folder, 'create table catalyst.extra (it integer primary key)');
    await migrateUp(url, { folder });
    const problem = { kind: 'database_newer', names: [`${String(last + 1).padStart(4, '0')}-next`] };
    for (const outcome of [await migrateUp(url), await migrateDown(url, 0), await migrationStatus(url)])
      expect(outcome).toEqual({ ok: false, problem });
    expect(await column(url, "select to_regclass('catalyst.extra')::text as it")).toEqual(['catalyst.extra']);
    rmSync(folder, { recursive: true });
  });

  on(`${server.name}: a migration whose text was changed after it was applied is refused${server.why}`, async () => {
    const url = await server.fresh();
    const folder = copied();
    await migrateUp(url, { folder, to: 2 });
    appendFileSync(join(folder, `${names[1]}.up.sql`), '\n-- a second thought\n');
    const problem = { kind: 'migration_changed', names: [names[1]] };
    for (const outcome of [await migrateUp(url, { folder }), await migrateDown(url, 0, { folder }), await migrationStatus(url, { folder })])
      expect(outcome).toEqual({ ok: false, problem });
    rmSync(folder, { recursive: true });
  });

  on(`${server.name}: the ends of lines and a mended way back are no change${server.why}`, async () => {
    const url = await server.fresh();
    const folder = copied();
    await migrateUp(url, { folder, to: 1 });
    const first = texts.value[0];
    writeFileSync(join(folder, `${names[0]}.up.sql`), first?.up.replaceAll('\n', '\r\n') ?? '');
    appendFileSync(join(folder, `${names[0]}.down.sql`), '\nselect 1;\n');
    expect(await migrateDown(url, 0, { folder })).toMatchObject({ ok: true });
    rmSync(folder, { recursive: true });
  });

  on(
    `${server.name}: a history that was written by hand is refused, and so is a schema that was dropped by hand${server.why}`,
    async () => {
      const url = await server.fresh();
      await migrateUp(url, { to: 3 });
      await rows(url, 'drop schema catalyst cascade');
      expect(await migrateUp(url)).toEqual({ ok: false, problem: { kind: 'schema_gone', applied: 3 } });
      await rows(url, 'delete from catalyst_migrations.applied where number = 2');
      expect(await migrateUp(url)).toEqual({ ok: false, problem: { kind: 'history_broken', missing: names[1] } });
    },
  );

  on(`${server.name}: a clock that was set back changes nothing of the order in which migrations are undone${server.why}`, async () => {
    const url = await server.fresh();
    await migrateUp(url, { to: 3 });
    await rows(url, `update catalyst_migrations.kysely_migration set timestamp = '2001-01-01T00:00:00.000Z' where name = '${names[2]}'`);
    expect(await migrateDown(url, 1)).toMatchObject({ ok: true, value: { names: [names[2], names[1]] } });
    expect(await migrateUp(url)).toMatchObject({ ok: true });
  });

  on(`${server.name}: of three processes at the same instant one migrates and the others find it done${server.why}`, async () => {
    const url = await server.fresh();
    const script = `import { migrateUp } from '#adapters/postgres/migrations';
      process.stdin.resume();
      console.log('ready');
      process.stdin.once('data', async () => { console.log(JSON.stringify(await migrateUp(${JSON.stringify(url)}))); process.exit(); });`;
    const root = join(migrationFolder, '..');
    const children = [1, 2, 3].map(() =>
      spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] }),
    );
    const outputs = children.map(({ stdout }) => text(stdout));
    await Promise.all(children.map(({ stdout }) => new Promise((resolve) => stdout.once('readable', resolve))));
    for (const child of children) child.stdin.write('now\n');
    const outcomes = (await Promise.all(outputs)).map((output) => JSON.parse(output.slice('ready'.length)));
    expect(outcomes.map((outcome) => [outcome.ok, outcome.value?.names.length]).sort()).toEqual([
      [true, 0],
      [true, 0],
      [true, last],
    ]);
  });

  on(`${server.name}: whoever waits too long for another says so${server.why}`, async () => {
    const url = await server.fresh();
    const client = newClient(url);
    await client.connect();
    await client.query('select pg_advisory_lock(7265746273)');
    expect(await migrateUp(url, { waitMs: 100 })).toEqual({ ok: false, problem: { kind: 'busy', waitedMs: 100 } });
    await client.end();
    expect(await migrateUp(url, { waitMs: 10_000, to: 1 })).toMatchObject({ ok: true });
  });

  on(`${server.name}: who may not write is told what the server said${server.why}`, async () => {
    const url = await server.fresh();
    const [name] = await column(url, 'select current_database() as it');
    await rows(url, `alter database ${name} set default_transaction_read_only = on`);
    expect(await migrateUp(url)).toMatchObject({ ok: false, problem: { kind: 'database_refused', sqlState: '25006' } });
  });
}
