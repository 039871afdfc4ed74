import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import { type Client, newClient, sqlStateOf } from '#adapters/postgres/client';
import { fail, type Result } from '#domain/values/result';

/** A connection, for statements that are written out. */
export type Connected = Kysely<Record<never, never>>;

/** Why nothing could be asked of the database, or it would not answer. */
export type ConnectionProblem =
  | { readonly kind: 'not_connected'; readonly why: string }
  /** It would not let us look, or take a note: rights, a read-only server, a disk that is full. */
  | { readonly kind: 'database_refused'; readonly sqlState: string; readonly why: string };

/** Does it over one connection, which holds locks and settings until it is done. */
export async function oneConnection<Value, Problem extends { readonly kind: string }>(
  url: string,
  work: (db: Connected) => Promise<Result<Value, Problem>>,
): Promise<Result<Value, Problem | ConnectionProblem>> {
  const client = newClient(url, { name: 'catalyst schema' });
  // The loss of an idle connection; the next statement says so.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return fail({ kind: 'not_connected', why: error.message });
  }
  try {
    return await work(over(client));
  } catch (error) {
    const sqlState = sqlStateOf(error);
    if (sqlState !== null && error instanceof Error) return fail({ kind: 'database_refused', sqlState, why: error.message });
    throw error;
  } finally {
    await client.end();
  }
}

/** Kysely asks for a pool; here it is the one connection, whatever it asks for. */
function over(client: Client): Connected {
  const held = Object.assign(client, { release: () => {} }) as PostgresPoolClient;
  return new Kysely({ dialect: new PostgresDialect({ pool: { connect: async () => held, end: async () => {} } }) });
}
