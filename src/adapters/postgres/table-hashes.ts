import { createHash } from 'node:crypto';
import type { Client } from '#adapters/postgres/client';
import { copyOut } from '#adapters/postgres/copy-in';
import { type DumpedTable, dumpedTables, rowsInOrder } from '#adapters/postgres/dumped-tables';

/** What a table of the record holds: how many rows, and SHA-256 over all of them as COPY writes them, by their key. */
export type TableHash = { readonly table: string; readonly rows: number; readonly hash: string };

/** All tables of the record but those named, in order of their names. The same content has the same hash on every server. */
export async function tableHashes(client: Client, without: readonly string[] = []): Promise<readonly TableHash[]> {
  // One moment for all of them.
  await client.query('begin isolation level repeatable read read only');
  try {
    const hashes: TableHash[] = [];
    for (const table of (await dumpedTables(client)).toSorted(byName))
      if (!without.includes(table.name)) hashes.push(await hashOf(client, table));
    return hashes;
  } finally {
    await client.query('rollback');
  }
}

const byName = (one: DumpedTable, other: DumpedTable): number => (one.name < other.name ? -1 : 1);

async function hashOf(client: Client, table: DumpedTable): Promise<TableHash> {
  const sum = createHash('sha256');
  let rows = 0;
  // Columns in order of their names: a table that was altered has them in another order than one that was made so.
  await copyOut(client, rowsInOrder(client, table, table.columns.toSorted()), (piece) => {
    sum.update(piece);
    // A line end within a text is escaped.
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) rows++;
  });
  return { table: table.name, rows, hash: sum.digest('hex') };
}
