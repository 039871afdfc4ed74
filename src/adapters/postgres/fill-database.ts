import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { type Client, newClient } from '#adapters/postgres/client';
import { type DumpProblem, problemOf } from '#adapters/postgres/database-dump';
import { allTables, type DumpedTable, dumpedTables, tableName } from '#adapters/postgres/dumped-tables';
import { migrateUp, migrationStatus } from '#adapters/postgres/migrations';
import { fail, ok, type Result } from '#domain/values/result';
import type { DatabaseDump } from '#engine/ports/database-dump';

/**
 * Makes the schema of a dump in a database that has none, and fills it in one transaction: all of it or nothing. Triggers of ours
 * stand back meanwhile, since what a migration brought itself has to go; references are checked as always.
 */
export async function fillDatabase(url: string, dump: DatabaseDump): Promise<Result<null, DumpProblem>> {
  const client = newClient(url, { name: 'catalyst restore' });
  client.on('error', () => {});
  try {
    const made = await makeSchema(url, dump.schema);
    if (!made.ok) return made;
    await client.connect();
    for (const month of dump.months) await client.query('select catalyst.ensure_bars_month($1)', [month]);
    await client.query('begin');
    await client.query('set local statement_timeout = 0');
    const tables = await dumpedTables(client);
    const all = await allTables(client);
    for (const name of all) await client.query(`alter table ${tableName(client, name)} disable trigger user`);
    await client.query(`truncate ${tables.map(({ name }) => tableName(client, name)).join(', ')}`);
    const filled = await fillTables(client, tables, dump);
    if (!filled.ok) return filled;
    for (const name of all) await client.query(`alter table ${tableName(client, name)} enable trigger user`);
    await client.query('commit');
    await client.query('analyze');
    return ok(null);
  } catch (error) {
    return fail(problemOf(error));
  } finally {
    // Without a commit the server takes everything back.
    await client.end().catch(() => {});
  }
}

async function makeSchema(url: string, schema: string): Promise<Result<null, DumpProblem>> {
  const before = await migrationStatus(url);
  if (!before.ok) return fail({ kind: 'schema_unusable', why: before.problem.kind });
  const { applied, pending } = before.value;
  if (applied.length > 0 && (await holdsRecord(url))) return fail({ kind: 'not_fresh' });
  const to = [...applied, ...pending].find(({ name }) => name === schema)?.number;
  if (to === undefined || to < applied.length) return fail({ kind: 'schema_unusable', why: `it is not one that can become ${schema}` });
  const migrated = await migrateUp(url, { to });
  return migrated.ok ? ok(null) : fail({ kind: 'schema_unusable', why: migrated.problem.kind });
}

/** Every fact names its journal and most of them a security; without any, what is there came with the schema. */
async function holdsRecord(url: string): Promise<boolean> {
  const client = newClient(url, { name: 'catalyst restore' });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ holds: boolean }>(
      'select exists (select from catalyst.journals) or exists (select from catalyst.securities) as holds',
    );
    return rows[0]?.holds !== false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function fillTables(client: Client, tables: readonly DumpedTable[], dump: DatabaseDump): Promise<Result<null, DumpProblem>> {
  const left = new Map(tables.map((table) => [table.name, table]));
  for await (const { name, rows } of dump.tables()) {
    const table = left.get(name);
    if (table === undefined) return fail({ kind: 'schema_unusable', why: `there is no table ${name} to fill, or it came twice` });
    left.delete(name);
    const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ');
    await pipeline(
      Readable.from(rows, { objectMode: false }),
      client.query(copyFrom(`copy ${tableName(client, name)} (${columns}) from stdin`)),
    );
  }
  const [missing] = left.keys();
  return missing === undefined ? ok(null) : fail({ kind: 'schema_unusable', why: `the dump has no table ${missing}` });
}
