import { CopyRows } from '#adapters/postgres/copy-rows';
import { assert } from '#domain/values/assert';
import { type Projection, projectedTables, type RecordTable } from '#main/record/tables';

/** What one table is given in one batch. */
export type TableRows = { readonly table: string; readonly columns: readonly string[]; readonly rows: CopyRows };

/** The rows of one projection that wait to be written, table by table in the order in which they can be filled. */
export class Rows {
  readonly journal: number;
  readonly #tables: ReadonlyMap<string, TableRows>;

  constructor(projection: Projection, journal: number) {
    this.journal = journal;
    const tables = Object.entries<readonly string[]>(projectedTables[projection]);
    this.#tables = new Map(tables.map(([table, columns]) => [table, { table, columns, rows: new CopyRows() }]));
  }

  /** A new row of a table: its first field, the journal, stands already. Ends with `end`. */
  into(table: RecordTable): CopyRows {
    const found = this.#tables.get(table);
    assert(found !== undefined, 'a projection fills its own tables only');
    return found.rows.int(this.journal);
  }

  get filled(): readonly TableRows[] {
    return [...this.#tables.values()].filter(({ rows }) => rows.rows > 0);
  }

  get count(): number {
    let count = 0;
    for (const { rows } of this.#tables.values()) count += rows.rows;
    return count;
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
    for (const { rows } of this.#tables.values()) rows.clear();
  }
}
