import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, sqlText } from '#adapters/duckdb/database';
import { recording } from '#engine/journal/recorder';
import { JournalWriter } from '#engine/journal/writer';
import { exportCommand } from '#main/commands/dataset';
import { type ColumnPart, datasetColumns } from '#main/dataset/dataset-columns';
import { readExamples } from '#main/dataset/read-examples';
import { scaled } from '../simulation/bends.js';
import type { Bend } from '../simulation/simulated-house.js';
import { HISTORY, runEagerDays } from './eager-days.js';

const folder = mkdtempSync(join(tmpdir(), 'dataset-'));
const past = join(folder, 'past');
const other = join(folder, 'other-future');
const BENT_FROM = 120;
/** The first session that trades goes on otherwise from 11:30 on. */
const bend: Bend = (bars, index) => {
  if (index === HISTORY)
    scaled(
      bars,
      BENT_FROM,
      (row) => 1 + 0.03 * Math.min(1, (row - BENT_FROM + 1) / 5),
      () => true,
    );
};

async function journalOf(directory: string, bent: Bend | null): Promise<void> {
  const opened = JournalWriter.open(directory);
  if (!opened.ok) throw new Error(opened.problem.kind);
  const recorder = recording(opened.value);
  await runEagerDays(() => {}, { recorder, sessions: 1, ...(bent && { bend: bent }) });
  recorder.commit();
  recorder.close();
}

beforeAll(async () => {
  await journalOf(past, null);
  await journalOf(other, bend);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(path: string): Promise<readonly Record<string, unknown>[]> {
  const database = await openDatabase();
  try {
    const result = await database.connection.runAndReadAll(`SELECT * FROM read_parquet(${sqlText(path)})`);
    return result.getRowObjects();
  } finally {
    database.close();
  }
}

describe('a data set', () => {
  const out = join(folder, 'trades.parquet');
  let rows: readonly Record<string, unknown>[] = [];
  beforeAll(async () => {
    await exportCommand({ journal: past, out, refused: true });
    rows = await read(out);
  });

  test('is read back with every column, a key that is unique, and trades beside entries that were not made', () => {
    expect(Object.keys(rows[0] ?? {})).toEqual(datasetColumns.map(({ name }) => name));
    expect(
      new Set(rows.map(({ run, label_version, decision }) => `${String(run)} ${String(label_version)} ${String(decision)}`)).size,
    ).toBe(rows.length);
    expect(new Set(rows.map(({ taken }) => taken))).toEqual(new Set([true, false]));
  });

  test('knows no feature later than its entry, and no label before it', () => {
    const late = rows.filter(
      ({ features_known_at, decided_at, label_entered_at }) =>
        String(features_known_at) > String(decided_at) || String(label_entered_at) < String(decided_at),
    );
    expect(late).toEqual([]);
  });

  test('has a card that tells its rows, its journal and every column', () => {
    const card = readFileSync(`${out}.card.md`, 'utf8');
    expect(card).toContain(`| rows | ${rows.length}, of which taken ${rows.filter(({ taken }) => taken === true).length} |`);
    expect(card).toContain(String(rows[0]?.['run']));
    for (const { name } of datasetColumns) expect(card).toContain(`| \`${name}\` |`);
  });

  test('is never written over, nor is its card', async () => {
    const before = readFileSync(out);
    await expect(exportCommand({ journal: past, out, refused: false })).rejects.toThrow('is never changed');
    expect(readFileSync(out).equals(before)).toBe(true);
    const lonely = join(folder, 'lonely.csv');
    writeFileSync(`${lonely}.card.md`, 'mine');
    await expect(exportCommand({ journal: past, out: lonely, refused: false })).rejects.toThrow('is never changed');
    expect(existsSync(lonely)).toBe(false);
  });

  test('another ending is not understood', async () => {
    await expect(exportCommand({ journal: past, out: join(folder, 'trades.json'), refused: false })).rejects.toThrow('.parquet or .csv');
  });
});

test('another future changes labels and no feature of what was decided before it', () => {
  const partOf = (directory: string, part: ColumnPart): ReadonlyMap<string, string> => {
    const { examples } = readExamples(directory, { run: 'same', refused: true });
    const columns = datasetColumns.filter((column) => column.part === part);
    const before = examples.filter(({ record }) => record.minute < 570 + BENT_FROM);
    return new Map(before.map((example) => [example.record.id, JSON.stringify(columns.map(({ valueFor }) => valueFor(example)))]));
  };
  const features = partOf(past, 'feature');
  const labels = partOf(past, 'label');
  const otherLabels = partOf(other, 'label');
  expect(features.size).toBeGreaterThan(10);
  // An entry near the bend may not have filled in one of the two: what both have must be alike.
  const both = [...partOf(other, 'feature')].filter(([id]) => features.has(id));
  expect(both.length).toBeGreaterThan(10);
  for (const [id, known] of both) expect(known).toBe(features.get(id));
  expect([...labels].some(([id, told]) => otherLabels.get(id) !== told)).toBe(true);
});
