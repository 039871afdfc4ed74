import type { Buffer } from 'node:buffer';
import { to as copyTo } from 'pg-copy-streams';
import { type Client, newClient, sqlStateOf } from '#adapters/postgres/client';
import { barMonths, type DumpedTable, dumpedTables, rowsInOrder } from '#adapters/postgres/dumped-tables';
import { migrationStatus } from '#adapters/postgres/migrations';
import { fail, ok, type Result } from '#domain/values/result';
import type { DatabaseDump, TableDump } from '#engine/ports/database-dump';

/** Why a database cannot be written out or filled. `why` is what the server or the line to it said. */
export type DumpProblem =
  | { readonly kind: 'database_failed'; readonly sqlState: string | null; readonly why: string }
  /** The schema has never been made there, or is of another catalyst. */
  | { readonly kind: 'schema_unusable'; readonly why: string }
  | { readonly kind: 'not_fresh' };

/** Stops whoever reads the tables; the rest of a dump that failed is not there. */
export class DumpError extends Error {
  override readonly name = 'DumpError';
  readonly problem: DumpProblem;

  constructor(problem: DumpProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** A dump that holds its moment until it is closed. */
export type OpenDump = DatabaseDump & { close(): Promise<void> };

/** The record as it is now: everything is read in one transaction that sees nothing of what is written meanwhile. */
export async function openDump(url: string): Promise<Result<OpenDump, DumpProblem>> {
  const status = await migrationStatus(url);
  if (!status.ok) return fail({ kind: 'schema_unusable', why: status.problem.kind });
  const schema = status.value.applied.at(-1)?.name;
  if (schema === undefined) return fail({ kind: 'schema_unusable', why: 'no migration has been applied' });
  const client = newClient(url, { name: 'catalyst backup' });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('begin isolation level repeatable read read only');
    await client.query("set local bytea_output = 'hex'; set local extra_float_digits = 1; set local statement_timeout = 0");
    const tables = await dumpedTables(client);
    const months = await barMonths(client);
    return ok({ schema, months, tables: () => each(client, tables), close: () => client.end() });
  } catch (error) {
    await client.end().catch(() => {});
    return fail(problemOf(error));
  }
}

async function* each(client: Client, tables: readonly DumpedTable[]): AsyncGenerator<TableDump> {
  for (const table of tables) yield { name: table.name, rows: rowsOf(client, rowsInOrder(client, table, table.columns)) };
}

async function* rowsOf(client: Client, select: string): AsyncGenerator<Buffer> {
  try {
    yield* client.query(copyTo(`copy (${select}) to stdout`)) as AsyncIterable<Buffer>;
  } catch (error) {
    throw new DumpError(problemOf(error));
  }
}

/** Whatever a server or the line to it says is weather. */
export function problemOf(error: unknown): DumpProblem {
  if (error instanceof DumpError) return error.problem;
  if (!(error instanceof Error)) throw error;
  return { kind: 'database_failed', sqlState: sqlStateOf(error), why: error.message };
}
