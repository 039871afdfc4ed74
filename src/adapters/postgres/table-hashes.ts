import { createHash } from 'node:crypto';
import type { Client } from '#adapters/postgres/client';
import { copyOut } from '#adapters/postgres/copy-in';

/** What a table of the record holds: how many rows, and SHA-256 over all of them as COPY writes them, by their key. */
export type TableHash = { readonly table: string; readonly rows: number; readonly hash: string };

/** All tables of the record but those named, in order of their names. The same content has the same hash on every server. */
export async function tableHashes(client: Client, without: readonly string[] = []): Promise<readonly TableHash[]> {
  // One moment for all of them.
  await client.query('begin isolation level repeatable read read only');
  try {
    const { rows } = await client.query(tables);
    const hashes: TableHash[] = [];
    for (const { name, columns, keys } of rows as readonly Described[])
      if (!without.includes(name)) hashes.push(await hashOf(client, name, { columns, keys }));
    return hashes;
  } finally {
    await client.query('rollback');
  }
}

type Described = { readonly name: string; readonly columns: string; readonly keys: string };

/** Columns in order of their names, since a table may have been altered; texts by their bytes, since servers sort words differently. */
const tables = `
  select c.relname as name,
    (select string_agg(quote_ident(a.attname), ', ' order by a.attname collate "C")
     from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select string_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end, ', ' order by k.place)
     from pg_index i, unnest(i.indkey) with ordinality k (attnum, place), pg_attribute a
     where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.attnum) as keys
  from pg_class c
  where c.relnamespace = 'catalyst'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  order by c.relname collate "C"`;

async function hashOf(client: Client, table: string, { columns, keys }: Omit<Described, 'name'>): Promise<TableHash> {
  const sum = createHash('sha256');
  let rows = 0;
  await copyOut(client, `select ${columns} from catalyst.${table} order by ${keys}`, (piece) => {
    sum.update(piece);
    // A line end within a text is escaped.
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) rows++;
  });
  return { table, rows, hash: sum.digest('hex') };
}
