import type { Buffer } from 'node:buffer';

/** The rows of a table in the text format of PostgreSQL's COPY, in the order of its primary key: the same rows, the same bytes. */
export type TableDump = { readonly name: string; readonly rows: AsyncIterable<Buffer> };

/** A database as it was at one moment, table by table, each behind those that it refers to; each is read to its end before the next. */
export type DatabaseDump = {
  /** The last migration that it has. */
  readonly schema: string;
  /** The first days of the months whose bars have a part of their own, such as 2026-11-01. */
  readonly months: readonly string[];
  tables(): AsyncIterable<TableDump>;
};
