import type { Client } from '#adapters/postgres/client';

/** Tables of the record that no journal tells, in the order in which they can be filled: the log of alerts does. */
export const toldElsewhere = ['alerts', 'alert_deliveries', 'alert_acknowledgements'] as const;

/**
 * Copies them to a schema of its own before the record is dropped. What lies there already was left by a rebuild that was cut off; what
 * has been told since is added to it.
 */
export async function keepAside(client: Client): Promise<void> {
  await client.query('begin');
  const { rows } = await client.query(`select to_regnamespace('catalyst_kept') is not null as is_there`);
  if (rows[0]?.is_there !== true) {
    await client.query('create schema catalyst_kept');
    for (const table of toldElsewhere) await client.query(`create table catalyst_kept.${table} (told jsonb not null)`);
  }
  for (const table of toldElsewhere)
    await client.query(
      `insert into catalyst_kept.${table} select to_jsonb(it) from catalyst.${table} it except select told from catalyst_kept.${table}`,
    );
  await client.query('commit');
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
