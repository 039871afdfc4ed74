import type { Client } from '#adapters/postgres/client';

/** A table of the record with what is needed to write it out in one order and to read it in again; `ordering` is SQL. */
export type DumpedTable = { readonly name: string; readonly columns: readonly string[]; readonly ordering: readonly string[] };

const SCHEMA = 'catalyst';

/** The tables of the schema, each behind those that it refers to; a partitioned one stands for its parts. */
export async function dumpedTables(client: Client): Promise<readonly DumpedTable[]> {
  const { rows: tables } = await client.query<{ name: string; columns: string[]; ordering: string[] }>(
    `select c.relname as name,
       array(select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = ''
         order by attnum) as columns,
       -- The primary key; of a table without one every column. Texts by their bytes: other orders depend on the server.
       array(select quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and (i.indkey is null or a.attnum = any (i.indkey))
         order by array_position(i.indkey::smallint[], a.attnum), a.attnum) as ordering
     from pg_class c left join pg_index i on i.indrelid = c.oid and i.indisprimary
     where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     order by c.relname collate "C"`,
    [SCHEMA],
  );
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `select distinct f.relname as from, t.relname as to from pg_constraint k
     join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and k.conparentid = 0 and f.relnamespace = $1::regnamespace and f.oid <> t.oid`,
    [SCHEMA],
  );
  const byName = new Map(tables.map((table) => [table.name, table]));
  return inOrder([...byName.keys()], references).map((name) => {
    const { columns, ordering } = byName.get(name) ?? { columns: [], ordering: [] };
    return { name, columns, ordering };
  });
}

/** All rows of a table in the order of its key, the columns in the order in which they are given. */
export function rowsInOrder(client: Client, { name, ordering }: DumpedTable, columns: readonly string[]): string {
  const listed = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  return `select ${listed} from ${tableName(client, name)} order by ${ordering.join(', ')}`;
}

/** Every table with the parts of those that have any: each part has triggers of its own. */
export async function allTables(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'p')",
    [SCHEMA],
  );
  return rows.map(({ name }) => name);
}

export const tableName = (client: Client, name: string): string => `${SCHEMA}.${client.escapeIdentifier(name)}`;

/** The first days of the months whose bars have a part of their own. */
export async function barMonths(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_inherits h join pg_class c on c.oid = h.inhrelid
     where h.inhparent = to_regclass('catalyst.trading_history') order by 1`,
  );
  return rows.flatMap(({ name }) => {
    const [, year, month] = /_(\d{4})_(\d\d)$/.exec(name) ?? [];
    return year === undefined ? [] : [`${year}-${month}-01`];
  });
}

/** Each behind those that it refers to. Tables that refer to each other in a circle could not be filled one by one. */
export function inOrder(
  names: readonly string[],
  references: readonly { readonly from: string; readonly to: string }[],
): readonly string[] {
  const ordered: string[] = [];
  let rest = [...names];
  while (rest.length > 0) {
    const free = rest.filter((name) => !references.some(({ from, to }) => from === name && rest.includes(to)));
    if (free.length === 0) throw new Error(`tables refer to each other in a circle: ${rest.join(', ')}`);
    ordered.push(...free);
    rest = rest.filter((name) => !free.includes(name));
  }
  return ordered;
}
