import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText } from '#adapters/duckdb/database';
import { assert } from '#domain/values/assert';

/** The bars of a session as columns, by minute and then by symbol; a symbol is its place in the store's list. */
export type StoredBars = {
  readonly rows: number;
  readonly minute: Int32Array;
  readonly symbol: Int32Array;
  readonly open: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly close: Int32Array;
  readonly volume: Int32Array;
};

const columns = ['minute', 'symbol', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Room for so many rows. */
export function storedBars(rows: number): StoredBars {
  const column = (): Int32Array => new Int32Array(rows);
  return { rows, minute: column(), symbol: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
}

const CHUNK_ROWS = 2048;

/** Writes a new Parquet file with the rows as they stand. Prices are integers of 1e-4. */
export async function writeSessionParquet(connection: DuckDBConnection, path: string, bars: StoredBars): Promise<void> {
  const { DuckDBDataChunk, INTEGER } = await import('@duckdb/node-api');
  await connection.run(`CREATE OR REPLACE TEMP TABLE session (${columns.map((name) => `"${name}" INTEGER`).join(', ')})`);
  const appender = await connection.createAppender('session', null, 'temp');
  for (let from = 0; from < bars.rows; from += CHUNK_ROWS) {
    const rows = Math.min(CHUNK_ROWS, bars.rows - from);
    const chunk = DuckDBDataChunk.create(
      columns.map(() => INTEGER),
      rows,
    );
    for (const [index, name] of columns.entries()) {
      const vector = chunk.getColumnVector(index);
      const values = bars[name];
      for (let row = 0; row < rows; row++) vector.setItem(row, values[from + row] as number);
      vector.flush();
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  const list = columns.map((name) => (name === 'minute' ? 'CAST("minute" AS SMALLINT) AS "minute"' : `"${name}"`)).join(', ');
  await connection.run(`COPY (SELECT ${list} FROM session) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 1048576)`);
  await connection.run('DROP TABLE session');
}

/** Reads a file that `writeSessionParquet` wrote. All of it is fetched at once: a streamed result takes four times as long. */
export async function readSessionParquet(connection: DuckDBConnection, path: string): Promise<StoredBars> {
  const list = columns.map((name) => `"${name}"`).join(', ');
  const result = await connection.run(`SELECT ${list} FROM read_parquet(${sqlText(path)})`);
  const chunks = await result.fetchAllChunks();
  const bars = storedBars(chunks.reduce((rows, chunk) => rows + chunk.rowCount, 0));
  let from = 0;
  for (const chunk of chunks) {
    for (const [index, name] of columns.entries()) bars[name].set(integersOf(chunk.getColumnVector(index)), from);
    from += chunk.rowCount;
  }
  return bars;
}

/** The array behind a vector. The library keeps it private but has no other way to read without a call for each value. */
function integersOf(vector: object): Int32Array | Int16Array {
  const items: unknown = 'items' in vector ? vector.items : null;
  assert(items instanceof Int32Array || items instanceof Int16Array, 'a vector of integers holds an array of them');
  return items;
}
