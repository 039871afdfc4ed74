import type { DuckDBConnection } from '@duckdb/node-api';

/** A database in memory, for Parquet only. The library is loaded when first needed, because it is large. */
export type Database = { readonly connection: DuckDBConnection; close(): void };

export async function openDatabase(): Promise<Database> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '256MB' });
  const connection = await instance.connect();
  return {
    connection,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A text as a literal of SQL. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
