import type { Client } from '#adapters/postgres/client';

/** A row of a batch names something that is not there. */
export class ReferenceMissing extends Error {
  override readonly name = 'ReferenceMissing';
}

/** A batch's rows of one table: the second column of its key lies between `least` and `most`. */
export type KeyRange = {
  readonly table: string;
  readonly columns: readonly string[];
  readonly least: number;
  readonly most: number;
  /** All values of that column where a range says too little; null otherwise. */
  readonly keys: ReadonlySet<number> | null;
};

type ForeignKey = {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly targets: readonly string[];
};

/**
 * Foreign keys held batch by batch: the server asks for each row as it comes, which costs it two thirds of its time, so that we take
 * that away while the rows of a batch are copied (`session_replication_role`) and ask for all of them at once before the commit. Where
 * the login may not do that the server asks as usual: slower, and as right.
 */
export class BatchReferences {
  readonly #keys: readonly ForeignKey[];

  private constructor(keys: readonly ForeignKey[]) {
    this.#keys = keys;
  }

  /** Null where the login may not. */
  static async of(client: Client): Promise<BatchReferences | null> {
    const { rows: may } = await client.query(`select has_parameter_privilege('session_replication_role', 'set') as may`);
    if (may[0]?.may !== true) return null;
    const { rows } = await client.query(
      `select conname as name, r.relname as table, f.relname as target,
         array(select attname::text from unnest(conkey) with ordinality k (num, place) join pg_attribute on attrelid = conrelid and attnum = num order by place) as columns,
         array(select attname::text from unnest(confkey) with ordinality k (num, place) join pg_attribute on attrelid = confrelid and attnum = num order by place) as targets
       from pg_constraint c join pg_class r on r.oid = conrelid join pg_class f on f.oid = confrelid
       where contype = 'f' and connamespace = 'catalyst'::regnamespace and not r.relispartition`,
    );
    return new BatchReferences(rows as readonly ForeignKey[]);
  }

  /** Within the transaction, before its rows are copied. */
  async leave(client: Client): Promise<void> {
    await client.query('set local session_replication_role = replica');
  }

  /** After it; throws `ReferenceMissing`. Every row is of that journal. */
  async check(client: Client, journal: number, tables: readonly KeyRange[]): Promise<void> {
    // A look at the key for each new row, whatever the server thinks of tables that it has not counted yet.
    await client.query(
      'set local session_replication_role = origin; set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off',
    );
    const asked = tables.flatMap((range) => this.#keys.filter(({ table }) => table === range.table).map((key) => ({ key, range })));
    if (asked.length === 0) return;
    // One statement: each answer waits for a turn of our own thread, which has the next rows to make.
    const { rows } = await client.query(
      asked.map(({ key, range }, place) => `select ${place} as place where ${missing(key, journal, range)}`).join(' union all '),
    );
    const first = rows[0] === undefined ? undefined : asked[Number(rows[0].place)];
    if (first !== undefined)
      throw new ReferenceMissing(`a row of ${first.key.table} names no row of ${first.key.target} (${first.key.name})`);
  }
}

const isOfJournal = ({ columns }: ForeignKey): boolean => columns.length === 1 && columns[0] === 'journal_id';
const isByKeys = ({ columns }: ForeignKey, { keys, columns: all }: KeyRange): boolean =>
  keys !== null && columns.length === 1 && columns[0] === all[1];

/** Whether a row of the batch names something that is not there. All that goes into the text are numbers, and names of the schema. */
function missing(key: ForeignKey, journal: number, range: KeyRange): string {
  const { table, target, columns, targets } = key;
  const { keys, least, most } = range;
  if (isOfJournal(key)) return `not exists (select from catalyst.${target} where ${targets[0]} = ${journal})`;
  if (isByKeys(key, range))
    return `exists (select from unnest('{${[...(keys ?? [])].join(',')}}'::bigint[]) as k (key) where not exists (select from catalyst.${target} p where p.${targets[0]} = k.key))`;
  // Said as a question of its own the journal is no number that the server looks up in its statistics: of one that is new to them it
  // thinks that it has no rows, and then it may walk through all of them for each.
  const isThere = columns.map((column, place) => `p.${targets[place]} = t.${column}`).join(' and ');
  const isSaid = columns.map((column) => `t.${column} is not null`).join(' and ');
  return `exists (
    select from catalyst.${table} t
    where t.journal_id = (select ${journal}::bigint) and t.${range.columns[1]} between ${least} and ${most} and ${isSaid}
      and not exists (select from catalyst.${target} p where ${isThere}))`;
}
