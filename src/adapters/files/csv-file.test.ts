import { Buffer } from 'node:buffer';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { TickerTable } from '#adapters/files/bar-rows';
import { readCsvFile } from '#adapters/files/csv-file';
import { RefusedRows } from '#adapters/files/refused-rows';
import { SessionWindows } from '#adapters/files/session-windows';

const folder = mkdtempSync(join(tmpdir(), 'csv-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hours = { openMinute: 570, closeMinute: 960, preOpenMinute: 240, postCloseMinute: 1200, utcOffsetMinutes: -240 };
const text = `symbol,timestamp_utc,open,high,low,close,volume\n${'A,2018-03-12T13:30:00Z,1,1,1,1,1\n'.repeat(50_000)}`;

async function read(name: string, content: Buffer | string | null, rowsMax?: number) {
  const path = join(folder, name);
  if (content !== null) writeFileSync(path, content);
  const options = {
    file: path,
    fileIndex: 0,
    tickers: new TickerTable(),
    windows: new SessionWindows(() => hours),
    barLabel: 'start' as const,
    refused: new RefusedRows(),
    take: () => {},
  };
  return readCsvFile(path, options, rowsMax);
}

test('a file and its gzip hold the same rows', async () => {
  expect(await read('a.csv', text)).toMatchObject({ ok: true, value: { rows: 50_000, resolution: 'minute' } });
  expect(await read('a.csv.gz', gzipSync(text))).toMatchObject({ ok: true, value: { rows: 50_000, bytes: text.length } });
});

const zipped = gzipSync(text);
const refused: readonly [why: string, name: string, content: Buffer | string | null, kind: string][] = [
  ['a gzip that is cut off', 'cut.csv.gz', zipped.subarray(0, zipped.length - 9), 'damaged_gzip'],
  ['a gzip that is no gzip', 'no.csv.gz', text, 'damaged_gzip'],
  [
    'a gzip with a byte changed',
    'changed.csv.gz',
    Buffer.from(zipped.map((byte, at) => (at === zipped.length - 6 ? byte ^ 1 : byte))),
    'damaged_gzip',
  ],
  ['an empty file', 'empty.csv', '', 'other_shape'],
  ['an empty gzip', 'empty.csv.gz', gzipSync(''), 'other_shape'],
  ['bytes that are not text', 'bytes.csv', Buffer.from([0, 1, 2, 255, 10, 3]), 'other_shape'],
  ['another header', 'header.csv', 'time,price\n1,2\n', 'other_shape'],
  ['a file that is not there', 'none.csv', null, 'not_found'],
];
for (const [why, name, content, kind] of refused) {
  test(`${why} is refused whole`, async () => expect(await read(name, content)).toMatchObject({ ok: false, problem: { kind } }));
}

test('reading stops when there are too many rows', async () =>
  expect(await read('many.csv', text, 10)).toMatchObject({ ok: false, problem: { kind: 'too_many_rows', max: 10 } }));
