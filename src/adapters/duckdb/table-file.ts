import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText } from '#adapters/duckdb/database';

/** A column of a table; whole numbers are safe integers. */
export type TableColumn = { readonly name: string; readonly type: 'text' | 'integer' | 'number' | 'boolean' };
/** Null where nothing is known. */
export type TableValue = string | number | boolean | null;

const sqlTypes = { text: 'VARCHAR', integer: 'BIGINT', number: 'DOUBLE', boolean: 'BOOLEAN' } as const;
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Writes a new file with the rows as they stand: Parquet, or CSV with a head. */
export async function writeTable(
  connection: DuckDBConnection,
  file: { readonly path: string; readonly format: 'parquet' | 'csv' },
  table: { readonly columns: readonly TableColumn[]; readonly rows: readonly (readonly TableValue[])[] },
): Promise<void> {
  const { columns, rows } = table;
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE rows (${columns.map(({ name, type }) => `${quoted(name)} ${sqlTypes[type]}`).join(', ')})`,
  );
  const appender = await connection.createAppender('rows', null, 'temp');
  for (const row of rows) {
    for (const [place, { type }] of columns.entries()) {
      const value = row[place] ?? null;
      if (value === null) appender.appendNull();
      else if (type === 'text') appender.appendVarchar(String(value));
      else if (type === 'boolean') appender.appendBoolean(value === true);
      else if (type === 'integer') appender.appendBigInt(BigInt(value));
      else appender.appendDouble(Number(value));
    }
    appender.endRow();
  }
  appender.closeSync();
  const options = file.format === 'parquet' ? 'FORMAT parquet, COMPRESSION zstd' : 'FORMAT csv, HEADER true';
  await connection.run(`COPY (SELECT * FROM rows) TO ${sqlText(file.path)} (${options})`);
  await connection.run('DROP TABLE rows');
}
