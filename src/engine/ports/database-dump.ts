/** The rows of a table in the text format of PostgreSQL's COPY, in the order of its primary key: the same rows, the same bytes. */
export type TableDump = { readonly name: string; readonly rows: AsyncIterable<Buffer> };

/** A database as it was at one moment, table by table; each table is read to its end before the next. */
export type DatabaseDump = {
  /** The last migration that it has. */
  readonly schema: string;
  tables(): AsyncIterable<TableDump>;
};
