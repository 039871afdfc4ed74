import { rowsOf } from '#tests/schema/database';

export type Column = { readonly name: string; readonly type: string; readonly nullable: boolean; readonly comment: string };
export type Reference = { readonly columns: readonly string[]; readonly to: string; readonly toColumns: readonly string[] };
export type Table = {
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly otherKeys: readonly (readonly string[])[];
  readonly references: readonly Reference[];
  readonly checks: readonly string[];
};
export type View = { readonly name: string; readonly comment: string; readonly columns: readonly string[] };
export type Schema = { readonly tables: readonly Table[]; readonly views: readonly View[] };

const names = (keys: string, of: string) =>
  `array(select a.attname::text from unnest(${keys}) with ordinality as k (number, place) join pg_attribute a on a.attrelid = ${of} and a.attnum = k.number order by place)`;

const tables = `select c.relname::text as name, obj_description(c.oid, 'pg_class') as comment,
    (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'nullable', not a.attnotnull,
      'comment', col_description(c.oid, a.attnum)) order by a.attnum)
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select ${names('k.conkey', 'c.oid')} from pg_constraint k where k.conrelid = c.oid and k.contype = 'p') as key,
    coalesce((select json_agg(${names('k.conkey', 'c.oid')} order by k.conname) from pg_constraint k where k.conrelid = c.oid and k.contype = 'u'), '[]')
      as "otherKeys",
    coalesce((select json_agg(json_build_object('columns', ${names('k.conkey', 'c.oid')}, 'to', t.relname, 'toColumns', ${names('k.confkey', 't.oid')})
      order by k.conname) from pg_constraint k join pg_class t on t.oid = k.confrelid where k.conrelid = c.oid and k.contype = 'f' and k.conparentid = 0), '[]')
      as references,
    coalesce((select json_agg(pg_get_constraintdef(k.oid) order by k.conname) from pg_constraint k where k.conrelid = c.oid and k.contype in ('c', 'x')), '[]')
      as checks
  from pg_class c where c.relnamespace::regnamespace::text = 'catalyst' and c.relkind in ('r', 'p') and not c.relispartition order by c.oid`;

const views = `select c.relname::text as name, obj_description(c.oid, 'pg_class') as comment,
    (select array_agg(a.attname::text order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0) as columns
  from pg_class c where c.relnamespace::regnamespace::text = 'catalyst' and c.relkind = 'v' order by c.oid`;

/** The schema as it stands in a database. */
export const readSchema = async (url: string): Promise<Schema> => ({
  tables: await rowsOf<Table>(url, tables),
  views: await rowsOf<View>(url, views),
});
