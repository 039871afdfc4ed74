import { Client, type ClientConfig, DatabaseError, Pool, types } from 'pg';
import { columnReaders } from '#adapters/postgres/column-values';

/** The driver, which is imported nowhere else; kysely is given a pool of these. */
export type { Client, Pool, PoolClient, QueryResult } from 'pg';

export type ClientOptions = {
  /** Stands in `pg_stat_activity` and in the server's log. */
  readonly name?: string;
  readonly connectWithinMs?: number;
  /** What takes longer is broken off by the server. */
  readonly statementWithinMs?: number;
  /** Who waits longer for a lock gives up. */
  readonly lockWithinMs?: number;
};

const CONNECT_WITHIN = 10_000;

/** One connection, not yet connected. What it loses while idle comes as an `error` event, which somebody has to hear. */
export const newClient = (url: string, options: ClientOptions = {}): Client => new Client(settings(url, options));

/** Connections to be shared; `end()` closes them. */
export function newPool(url: string, { max = 8, ...options }: ClientOptions & { readonly max?: number } = {}): Pool {
  const pool = new Pool({ ...settings(url, options), max });
  // A connection that is lost while idle leaves the pool by itself; the next query makes another, or says what is wrong.
  pool.on('error', () => {});
  return pool;
}

/** Whether this connection alone keeps the process going; the driver can do it, its types don't say so. */
export function keepsProcess(client: Client, keeps: boolean): void {
  const name = keeps ? 'ref' : 'unref';
  const act: unknown = Reflect.get(client, name);
  if (typeof act === 'function') act.call(client);
}

/** The five letters of the server's own list of errors (SQLSTATE); null when it was not the server that spoke. */
export const sqlStateOf = (error: unknown): string | null => (error instanceof DatabaseError ? (error.code ?? null) : null);

function settings(
  url: string,
  { name = 'catalyst', connectWithinMs = CONNECT_WITHIN, statementWithinMs, lockWithinMs }: ClientOptions,
): ClientConfig {
  return {
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: connectWithinMs,
    keepAlive: true,
    ...(statementWithinMs !== undefined && { statement_timeout: statementWithinMs }),
    ...(lockWithinMs !== undefined && { lock_timeout: lockWithinMs }),
    // Days and moments must not depend on how somebody has set up a server; options in the address go before these.
    options: '-c datestyle=ISO -c timezone=UTC -c intervalstyle=iso_8601',
    types: { getTypeParser: readerOf },
  };
}

function readerOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  const ours = format === 'binary' ? undefined : columnReaders.get(oid);
  return ours ?? (types.getTypeParser(oid, format as 'text') as (value: string) => unknown);
}
