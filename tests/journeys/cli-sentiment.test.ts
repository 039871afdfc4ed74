import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { catalyst, objects } from './catalyst.js';

const folder = mkdtempSync(join(tmpdir(), 'catalyst-sentiment-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => join(folder, name);

test('each text is shown with its verdict and the words that spoke', () => {
  const { code, out } = catalyst(['sentiment', 'Acme beats estimates', 'Acme makes pumps']);
  expect(code).toBe(0);
  expect(out).toBe(
    [
      'positive +0.47  Acme beats estimates',
      '                +0.90 opinion          beats estimates',
      'neutral  +0.00  Acme makes pumps',
      '',
    ].join('\n'),
  );
});

test('nothing of a text steers the terminal', () => {
  const { out } = catalyst(['sentiment', 'Acme \u001b[31mprofit\u202e rose\u0007']);
  expect(out).toContain('Acme \\u001b[31mprofit\\u202e rose\\u0007');
  expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('a table is read, and its results are written', () => {
  writeFileSync(file('in.csv'), 'id,headline\n1,"Acme ""soars"""\n2,Acme cuts dividend\n');
  expect(catalyst(['sentiment', '--in', file('in.csv'), '--out', file('out.csv')])).toMatchObject({ code: 0, out: '' });
  expect(readFileSync(file('out.csv'), 'utf8').split('\n')).toEqual([
    'line,polarity,score,text',
    '2,positive,0.4444,"Acme ""soars"""',
    '3,negative,-0.4444,"Acme cuts dividend"',
    '',
  ]);
});

test('a table for a spreadsheet holds no formula and nothing that steers, one text a line', () => {
  writeFileSync(file('odd.csv'), 'text\n"=HYPERLINK(""http://e"")"\n  @SUM(A1)\n-1 a share\n"two\nlines \u001b[2J"\n');
  expect(catalyst(['sentiment', '--in', file('odd.csv'), '--out', file('odd-out.csv')]).code).toBe(0);
  const rows = readFileSync(file('odd-out.csv'), 'utf8').trim().split('\n').slice(1);
  expect(rows.map((row) => row.replace(/^(?:[^,]*,){3}/, ''))).toEqual([
    `"'=HYPERLINK(""http://e"")"`,
    `"'  @SUM(A1)"`,
    `"'-1 a share"`,
    '"two\\u000alines \\u001b[2J"',
  ]);
});

test('as JSON the evidence has its place in the text', () => {
  const { out } = catalyst(['sentiment', '--json', 'Acme costs fell']);
  expect(objects(out)).toEqual([
    {
      line: 1,
      text: 'Acme costs fell',
      polarity: 'positive',
      score: expect.closeTo(0.444, 3),
      spans: [{ from: 11, to: 15, weight: 0.8, why: 'measure_moved', text: 'fell' }],
    },
  ]);
});

const refusals: readonly (readonly [why: string, args: readonly string[], code: number, says: string])[] = [
  ['nothing to read', [], 2, 'give texts'],
  ['a file that is not there', ['--in', file('none.csv')], 3, 'cannot be read (ENOENT)'],
  ['a folder without a model', ['x', '--finbert', folder], 3, 'config.json is missing'],
  ['a place that cannot be written', ['x', '--out', join(folder, 'no', 'where')], 3, 'cannot be written (ENOENT)'],
];
for (const [why, args, code, says] of refusals) {
  test(`${why} ends with code ${code}`, () => {
    const ran = catalyst(['sentiment', ...args]);
    expect(ran.code).toBe(code);
    expect(ran.err).toContain(says);
  });
}
