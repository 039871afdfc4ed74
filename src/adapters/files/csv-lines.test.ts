import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsOf, readLines } from '#adapters/files/csv-lines';

const file = join(mkdtempSync(join(tmpdir(), 'catalyst-csv-lines-')), 'lines.csv');

async function linesOf(text: string) {
  writeFileSync(file, text, 'latin1');
  const lines: string[] = [];
  return { read: await readLines(file, (line) => (lines.push(line), null)), lines };
}

test('lines are what stands between line feeds, however they fall into chunks', async () => {
  const text = Array.from({ length: 30_000 }, (_, i) => 'é,'.repeat(i % 41)).join('\n');
  const { read, lines } = await linesOf(text);
  expect(read).toEqual({ ok: true, value: 30_000 });
  expect(lines.join('\n') === text).toBe(true);
});

test.each([
  ['that ends', `a\n${'x'.repeat(65_537)}\nb\n`],
  ['that never ends', `a\n${'x'.repeat(1_000_000)}`],
])('a line %s is refused when it is too long', async (_, text) => {
  const { read, lines } = await linesOf(text);
  expect(read).toEqual({ ok: false, problem: { kind: 'bad_line', path: file, line: 2, found: 'more than 65536 bytes in one line' } });
  expect(lines).toEqual(['a']);
});

test('cells that were quoted come back as they were', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ' ', 'é') });
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
      const line = cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(',');
      expect(cellsOf(line)).toEqual(cells);
    }),
  );
});

test.each([
  ['a,b,', ['a', 'b', '']],
  ['', ['']],
  ['"a", "b" ,c', ['a', 'b', 'c']],
  ['a"b,c', ['a"b', 'c']],
  ['"a', null],
  ['"a"b,c', null],
])('%s has the cells %o', (line, cells) => expect(cellsOf(line)).toEqual(cells));
