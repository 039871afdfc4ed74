import { existsSync, linkSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { openDatabase } from '#adapters/duckdb/database';
import { writeTable } from '#adapters/duckdb/table-file';
import { describe } from '#engine/journal/problems';
import { verifyJournal } from '#engine/journal/reader';
import { Failure } from '#main/commands/failure';
import { readingJournal } from '#main/commands/reading-journal';
import { dataCard } from '#main/dataset/data-card';
import { datasetColumns } from '#main/dataset/dataset-columns';
import { type Examples, readExamples } from '#main/dataset/read-examples';
import { note } from '#main/terminal';

export type ExportOptions = { readonly journal: string; readonly out: string; readonly refused: boolean };

/** Writes the trades of a journal as labelled examples, and a card beside them. What is there already is never changed. */
export async function exportCommand({ journal, out, refused }: ExportOptions): Promise<void> {
  const format = out.endsWith('.parquet') ? 'parquet' : out.endsWith('.csv') ? 'csv' : null;
  if (format === null) throw new Failure('usage', `${out}: expected a name that ends in .parquet or .csv`);
  const card = `${out}.card.md`;
  for (const path of [out, card])
    if (existsSync(path)) throw new Failure('badInput', `${path} is there already and is never changed: give another version another name`);
  if (!existsSync(dirname(out))) throw new Failure('badInput', `${dirname(out)} is no folder`);
  const run = headOf(journal);
  const examples = readingJournal(() => readExamples(journal, { run, refused }));
  const aside = `${out}.${process.pid}.writing`;
  try {
    await write(aside, format, examples);
    writeFileSync(card, dataCard({ file: basename(out), run, refused, examples }), { flag: 'wx' });
    // A link never takes the place of what somebody else has written meanwhile.
    linkSync(aside, out);
  } finally {
    rmSync(aside, { force: true });
  }
  note(`${examples.examples.length} rows in ${out}; ${card} tells what they are`);
}

async function write(path: string, format: 'parquet' | 'csv', { examples }: Examples): Promise<void> {
  const database = await openDatabase();
  try {
    const rows = examples.map((example) => datasetColumns.map(({ valueFor }) => valueFor(example)));
    await writeTable(database.connection, { path, format }, { columns: datasetColumns, rows });
  } finally {
    database.close();
  }
}

function headOf(journal: string): string {
  const verified = verifyJournal(journal);
  if (!verified.ok) throw new Failure('failedCheck', describe(verified.problem));
  return verified.value.head;
}
