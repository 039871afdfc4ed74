import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { cellsOf } from '#adapters/files/csv-lines';
import { indicatorProblemText } from '#main/indicators/indicator-problem';
import { writeIndicators } from '#main/indicators/write-indicators';
import { hasReference, reference } from '#tests/reference-data';
import { type Compared, catalogueMarkdown, indicatorsPage, oracleMarkdown, PAGE } from './indicators-page.js';
import { type Oracle, oracles } from './oracle-table.js';
import { requestedFor } from './series-bars.js';

const FOLDER = 'data/open/indicator_oracles';
/** One place of a float of 32 bits, in parts of the number. */
const SINGLE = 2 ** -23;

type Cell = { readonly value: number; readonly digits: number; readonly decimals: number };
type Table = { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

function textOf(path: string): string {
  const bytes = readFileSync(reference(`${FOLDER}/${path}`));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function tableOf(text: string): Table {
  const [header = [], ...rows] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => (cellsOf(line) ?? []).map((cell) => cell.trim()));
  return { header, rows };
}

/** What the tool printed for each bar, as text; `null` where it has no answer yet. */
function answersOf({ file, column }: Oracle): readonly (string | null)[] {
  if (file.endsWith('.json.gz')) {
    const rows = JSON.parse(textOf(file)) as readonly Readonly<Record<string, number | null>>[];
    return rows.map((row) => (row[column] === null || row[column] === undefined ? null : String(row[column])));
  }
  const { header, rows } = tableOf(textOf(file));
  const at = header.indexOf(column);
  expect(at, `${file} has a column ${column}`).toBeGreaterThan(-1);
  return rows.map((row) => (row[at] === undefined || row[at] === '' || row[at] === 'NaN' ? null : (row[at] as string)));
}

/** The bars of the oracle's file, in single precision when the tool had them so. */
function barsOf({ file, single }: Oracle): string {
  const bars = file.startsWith('skender') ? 'skender/quotes/default.csv' : file;
  if (single === undefined) return reference(`${FOLDER}/${bars}`);
  const { header, rows } = tableOf(textOf(bars));
  const keep = header.flatMap((name, i) => (/^(date|time|open|high|low|close|volume)$/i.test(name) ? [i] : []));
  const cell = (row: readonly string[], i: number): string =>
    /^(open|high|low|close)$/i.test(header[i] ?? '') ? String(Math.fround(Number(row[i]))) : (row[i] ?? '');
  const lines = [keep.map((i) => header[i]).join(','), ...rows.map((row) => keep.map((i) => cell(row, i)).join(','))];
  const path = join(mkdtempSync(join(tmpdir(), 'oracles-')), 'single.csv');
  writeFileSync(path, lines.join('\n'));
  return path;
}

/** Our column, as the command writes it beside the bars. */
async function oursFor(oracle: Oracle): Promise<readonly string[]> {
  const requested = requestedFor(oracle.calc);
  let text = '';
  const output = {
    write: (more: string): void => {
      text += more;
    },
    drained: () => Promise.resolve(),
    finish: () => Promise.resolve(),
    abandon: () => Promise.resolve(),
  };
  const path = barsOf(oracle);
  const written = await writeIndicators({ path, name: oracle.file, requested, symbol: null, actions: null, session: null, output });
  if (!written.ok) throw new Error(indicatorProblemText(written.problem));
  const { header, rows } = tableOf(text);
  const at = header.indexOf(oracle.ours ?? requested[0]?.columns[0] ?? '');
  expect(at).toBeGreaterThan(-1);
  return rows.map((row) => row[at] ?? '');
}

function cellOf(text: string): Cell {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const decimals = (mantissa.split('.')[1]?.length ?? 0) - Number(exponent);
  return { value: Number(text), digits: mantissa.replace(/[-.]/g, '').replace(/^0+/, '').length, decimals };
}

/**
 * Half a unit of the last digit that was printed. Tools leave zeros at the end away, so the column tells how many digits it has:
 * so many after the point, or so many in all.
 */
function halfUnit(cell: Cell, column: readonly Cell[]): number {
  const decimals = Math.max(...column.map((one) => one.decimals));
  const digits = Math.max(...column.map((one) => one.digits));
  const magnitude = cell.value === 0 ? -decimals : Math.floor(Math.log10(Math.abs(cell.value)));
  return 0.5 * Math.max(Number(`1e${-decimals}`), Number(`1e${magnitude + 1 - digits}`)) * (1 + 1e-9);
}

async function compared(oracle: Oracle): Promise<Compared> {
  const ours = await oursFor(oracle);
  const theirs = answersOf(oracle);
  const column = theirs.flatMap((text) => (text === null ? [] : [cellOf(text)]));
  const scale = Math.max(...column.map(({ value }) => Math.abs(value)));
  let [rows, worst, outside] = [0, 0, ''];
  theirs.forEach((text, i) => {
    const mine = ours[i];
    if (text === null || mine === undefined || mine === '' || i + 1 < (oracle.from ?? 1)) return;
    const cell = cellOf(text);
    const error = Math.abs(Number(mine) - cell.value);
    const allowed =
      Math.max(1e-9 * Math.abs(cell.value), halfUnit(cell, column)) + (oracle.open ?? 0) + (oracle.single ? SINGLE * scale : 0);
    rows++;
    if (error > 0) worst = Math.max(worst, cell.value === 0 ? error : error / Math.abs(cell.value));
    if (!(error <= allowed) && outside === '') outside = `row ${i + 1}: ${mine} for ${text}, more than ${allowed} off`;
  });
  return { oracle, rows, worst, outside };
}

describe.skipIf(!hasReference)('what others computed (needs CATALYST_REFERENCE)', () => {
  for (const oracle of oracles) {
    test(`${oracle.calc} gives ${oracle.column} of ${oracle.file}`, async () => {
      const result = await compared(oracle);
      expect(result.outside).toBe('');
      expect(result.rows).toBeGreaterThan(100);
    });
  }

  test(`the table in ${PAGE} is up to date (CATALYST_WRITE_DOCS=1 writes it)`, async () => {
    const results: Compared[] = [];
    for (const oracle of oracles) results.push(await compared(oracle));
    const page = indicatorsPage(catalogueMarkdown(), oracleMarkdown(results));
    if (process.env['CATALYST_WRITE_DOCS'] === '1') writeFileSync(PAGE, page);
    expect(readFileSync(PAGE, 'utf8')).toBe(page);
  });
});

test(`the calculations in ${PAGE} are those of the catalogue`, () => {
  expect(readFileSync(PAGE, 'utf8')).toContain(catalogueMarkdown());
});
