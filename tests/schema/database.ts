import { type Client, newClient, sqlStateOf } from '#adapters/postgres/client';
import { migrateUp } from '#adapters/postgres/migrations';
import type { TestServer } from '#tests/postgres/servers';

/** A database with the whole schema in it. */
export async function migrated(server: TestServer): Promise<string> {
  const url = await server.fresh();
  const outcome = await migrateUp(url);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return url;
}

/** What a statement answers, over a connection of its own. */
export const rowsOf = <Row>(url: string, text: string, values: readonly unknown[] = []): Promise<readonly Row[]> =>
  connectedTo(url, async (client) => (await client.query(text, [...values])).rows);

/** Over one connection, on which every name must be told with its schema. */
export async function connectedTo<Value>(url: string, work: (client: Client) => Promise<Value>): Promise<Value> {
  const client = newClient(url);
  await client.connect();
  try {
    // A user by the name of the schema would find its tables without it.
    await client.query("set search_path = ''");
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The SQLSTATE with which a statement is refused, or the connection; null when neither is. */
export async function refusalOf(url: string, text: string): Promise<string | null> {
  try {
    return await connectedTo(url, (client) => stateOf(client, text));
  } catch (error) {
    return sqlStateOf(error) ?? String(error);
  }
}

/** The same over a connection that goes on. */
export async function stateOf(client: Client, text: string): Promise<string | null> {
  try {
    await client.query(text);
    return null;
  } catch (error) {
    return sqlStateOf(error) ?? String(error);
  }
}
