import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText } from '#adapters/duckdb/database';
import { fail, ok, type Result } from '#domain/values/result';

export type ParquetProblem =
  | { readonly kind: 'unreadable_parquet'; readonly path: string; readonly reason: string }
  | { readonly kind: 'other_shape'; readonly path: string; readonly expected: string; readonly found: string };

const numbers = ['open', 'high', 'low', 'close', 'volume'] as const;
const expected = 'columns symbol, timestamp_utc (text or timestamp) or date, open, high, low, close, volume';

/**
 * Writes the rows of a Parquet file as CSV in our layout, so that one parser judges every row whatever it came from.
 * DuckDB writes the shortest decimal of a double, which is the number that was meant. Row n becomes line n + 1.
 */
export async function parquetToCsv(connection: DuckDBConnection, path: string, csv: string): Promise<Result<null, ParquetProblem>> {
  try {
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${sqlText(path)})`);
    const types = new Map(described.getRows().map(([name, type]) => [String(name), String(type)]));
    const time = types.has('timestamp_utc') ? 'timestamp_utc' : 'date';
    if (![time, 'symbol', ...numbers].every((name) => types.has(name))) {
      return fail({ kind: 'other_shape', path, expected, found: `columns ${[...types.keys()].join(', ').slice(0, 200)}` });
    }
    const list = ['"symbol"', `${timeText(time, types.get(time) ?? '')} AS "${time}"`, ...numbers.map((name) => `"${name}"`)].join(', ');
    await connection.run(`COPY (SELECT ${list} FROM read_parquet(${sqlText(path)})) TO ${sqlText(csv)} (FORMAT csv, HEADER true)`);
    return ok(null);
  } catch (error) {
    return fail({ kind: 'unreadable_parquet', path, reason: firstLine(error) });
  }
}

/** Writes all columns of a Parquet file of any layout as CSV, its times in ISO-8601. */
export async function parquetAsItIs(connection: DuckDBConnection, path: string, csv: string): Promise<Result<null, ParquetProblem>> {
  try {
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${sqlText(path)})`);
    const list = described.getRows().map(([name, type]) => {
      const column = `"${String(name).replaceAll('"', '""')}"`;
      if (!String(type).startsWith('TIMESTAMP')) return column;
      return `strftime(make_timestamp(epoch_us(${column})), '%Y-%m-%dT%H:%M:%S.%fZ') AS ${column}`;
    });
    await connection.run(
      `COPY (SELECT ${list.join(', ')} FROM read_parquet(${sqlText(path)})) TO ${sqlText(csv)} (FORMAT csv, HEADER true)`,
    );
    return ok(null);
  } catch (error) {
    return fail({ kind: 'unreadable_parquet', path, reason: firstLine(error) });
  }
}

function timeText(column: string, type: string): string {
  const name = `"${column}"`;
  if (column === 'date') return type === 'VARCHAR' ? name : `strftime(CAST(${name} AS DATE), '%Y-%m-%d')`;
  return type === 'VARCHAR' ? name : `strftime(make_timestamp(epoch_us(${name})), '%Y-%m-%dT%H:%M:%S.%fZ')`;
}

const firstLine = (error: unknown): string => {
  if (!(error instanceof Error)) throw error;
  return error.message.split('\n', 1)[0] ?? '';
};
