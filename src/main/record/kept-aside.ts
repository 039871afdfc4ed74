import type { Client } from '#adapters/postgres/client';
import type { TableHash } from '#adapters/postgres/table-hashes';
import type { KnownJournal } from '#main/record/given-journals';

/** Tables of the record that no journal tells, in the order in which they can be filled: the log of alerts does. */
export const toldElsewhere = ['alerts', 'alert_deliveries', 'alert_acknowledgements'] as const;

/** What the record held before it was dropped: its journals and how far each was read, and what each table came to. */
export type Held = { readonly journals: readonly KnownJournal[]; readonly tables: readonly TableHash[] };

/**
 * Copies them to a schema of its own before the record is dropped, with what the record held. What lies there already was left by a
 * rebuild that was cut off: what it says of the record is from before, and stays; alerts that have been told since are added.
 */
export async function keepAside(client: Client, held: Held): Promise<void> {
  await client.query('begin');
  const { rows } = await client.query(`select to_regnamespace('catalyst_kept') is not null as is_there`);
  if (rows[0]?.is_there !== true) {
    await client.query('create schema catalyst_kept');
    for (const table of toldElsewhere) await client.query(`create table catalyst_kept.${table} (told jsonb not null)`);
    await client.query('create table catalyst_kept.held (told jsonb not null)');
    await client.query('insert into catalyst_kept.held values ($1)', [JSON.stringify(held)]);
  }
  for (const table of toldElsewhere)
    await client.query(
      `insert into catalyst_kept.${table} select to_jsonb(it) from catalyst.${table} it except select told from catalyst_kept.${table}`,
    );
  await client.query('commit');
}

/** What the record held when a rebuild began that was cut off; null where none was. */
export async function heldBefore(client: Client): Promise<Held | null> {
  const { rows } = await client.query(`select to_regclass('catalyst_kept.held') is not null as is_there`);
  if (rows[0]?.is_there !== true) return null;
  const kept = await client.query<{ told: Held }>('select told from catalyst_kept.held');
  return kept.rows[0]?.told ?? null;
}

/** Puts them back, and takes the copy away. */
export async function putBack(client: Client): Promise<void> {
  await client.query('begin');
  for (const table of toldElsewhere)
    await client.query(
      `insert into catalyst.${table} select (jsonb_populate_record(null::catalyst.${table}, told)).* from catalyst_kept.${table}
       on conflict do nothing`,
    );
  await client.query('drop schema catalyst_kept cascade');
  await client.query('commit');
}
