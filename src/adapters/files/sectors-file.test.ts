import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSectors } from '#adapters/files/sectors-file';
import { hasReference, reference } from '#tests/reference-data';

const folder = mkdtempSync(join(tmpdir(), 'sectors-'));
function written(text: string): string {
  const file = join(folder, 'sectors.csv');
  writeFileSync(file, text);
  return file;
}

test('symbols with their sectors, wherever the two columns stand', async () => {
  const read = await readSectors(
    written('Security,Symbol,"GICS Sector"\n"Smith, A. O.",AOS,Industrials\nApple,AAPL,Information Technology\n'),
  );
  expect(read.ok && [...read.value]).toEqual([
    ['AOS', 'Industrials'],
    ['AAPL', 'Information Technology'],
  ]);
});

test.each([
  ['another header', 'name,price\nA,1\n', { kind: 'other_shape' }],
  ['an empty file', '', { kind: 'other_shape' }],
  ['a company without a sector', 'symbol,sector\nA,Energy\nB,\n', { kind: 'bad_sector', line: 3, found: 'B,' }],
  ['a company twice', 'symbol,sector\nA,Energy\nA,Health Care\n', { kind: 'bad_sector', line: 3 }],
  ['a quote that is never closed', 'symbol,sector\n"A,Energy\n', { kind: 'bad_sector', line: 2 }],
])('%s is refused with its line', async (_, text, problem) => {
  expect(await readSectors(written(text))).toMatchObject({ ok: false, problem });
});

test('a file that is not there is told', async () => {
  expect(await readSectors(join(folder, 'none.csv'))).toMatchObject({ ok: false, problem: { path: join(folder, 'none.csv') } });
});

test.skipIf(!hasReference)('the constituents of the S&P 500 lie in the eleven GICS sectors (needs CATALYST_REFERENCE)', async () => {
  const read = await readSectors(reference('data/open/reference/sp500_constituents.csv'));
  expect(read.ok && new Set(read.value.values()).size).toBe(11);
});
