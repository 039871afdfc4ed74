import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '#adapters/duckdb/database';
import { parquetToCsv } from '#adapters/duckdb/parquet-to-csv';
import type { CsvBarsOptions } from '#adapters/files/csv-bars';
import { type CsvFileRead, readCsvFile } from '#adapters/files/csv-file';
import type { Result } from '#domain/values/result';
import type { BarProblem } from '#main/bars/bar-problem';

/** Reads a file of bars in any of the formats; one of Parquet passes through a CSV in the folder `scratch`. */
export async function readBarFile(
  path: string,
  options: CsvBarsOptions,
  scratch: string,
  rowsMax?: number,
): Promise<Result<CsvFileRead, BarProblem>> {
  if (!path.endsWith('.parquet')) return readCsvFile(path, options, rowsMax);
  await mkdir(scratch, { recursive: true });
  const csv = join(scratch, 'parquet.csv');
  const database = await openDatabase();
  try {
    const written = await parquetToCsv(database.connection, path, csv);
    return written.ok ? await readCsvFile(csv, options, rowsMax) : written;
  } finally {
    database.close();
    await rm(csv, { force: true });
  }
}
