import { CopyRows } from '#adapters/postgres/copy-rows';
import { assert } from '#domain/values/assert';
import { type Projection, projectedTables, type RecordTable } from '#main/record/tables';

/** What one table is given in one batch; the second column of its key lies between `least` and `most`. */
export type TableRows = {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: CopyRows;
  least: number;
  most: number;
  /** All of that column's values, of a table whose rows of a batch lie scattered over it. */
  readonly keys: Set<number> | null;
};

/** The rows of one projection that wait to be written, table by table in the order in which they can be filled. */
export class Rows {
  readonly journal: number;
  readonly #tables: ReadonlyMap<string, TableRows>;
  #count = 0;

  constructor(projection: Projection, journal: number) {
    this.journal = journal;
    const tables = Object.entries<readonly string[]>(projectedTables[projection]);
    this.#tables = new Map(
      tables.map(([table, columns]) => {
        const keys = table === 'trading_history' ? new Set<number>() : null;
        return [table, { table, columns, rows: new CopyRows(), least: 0, most: 0, keys }];
      }),
    );
  }

  /** A new row of a table with the two columns that its key begins with: the journal, and an entry, a session or the like. Ends with `end`. */
  into(table: RecordTable, key: number): CopyRows {
    const found = this.#tables.get(table);
    assert(found !== undefined, 'a projection fills its own tables only');
    const { rows } = found;
    found.least = rows.rows === 0 ? key : Math.min(found.least, key);
    found.most = rows.rows === 0 ? key : Math.max(found.most, key);
    found.keys?.add(key);
    this.#count++;
    return rows.int(this.journal).int(key);
  }

  get filled(): readonly TableRows[] {
    return [...this.#tables.values()].filter(({ rows }) => rows.rows > 0);
  }

  get count(): number {
    return this.#count;
  }

  get size(): number {
    let size = 0;
    for (const { rows } of this.#tables.values()) size += rows.size;
    return size;
  }

  /** Characters of texts since the beginning that had to be shown as others. */
  get replaced(): number {
    let replaced = 0;
    for (const { rows } of this.#tables.values()) replaced += rows.replaced;
    return replaced;
  }

  clear(): void {
    for (const { rows, keys } of this.#tables.values()) {
      rows.clear();
      keys?.clear();
    }
    this.#count = 0;
  }
}
