import { linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalyst } from './catalyst.js';
import { newFolder } from './made-data.js';

const work = newFolder('own-output');
const bars = join(work, 'bars');
const file = join(bars, 'bars.csv');
const text = 'symbol,date,open,high,low,close,volume\nA,2018-03-12,1,2,1,2,100\n';
mkdirSync(bars);
writeFileSync(file, text);
linkSync(file, join(work, 'hard'));
symlinkSync(file, join(work, 'soft'));
symlinkSync(bars, join(work, 'folder'));
const spellings = [
  file,
  join(work, 'bars', '..', 'bars', 'bars.csv'),
  join(work, 'hard'),
  join(work, 'soft'),
  join(work, 'folder', 'bars.csv'),
];

const commands: readonly (readonly [what: string, args: (out: string) => readonly string[]])[] = [
  ['sentiment', (out) => ['sentiment', '--in', file, '--out', out]],
  ['indicators', (out) => ['indicators', '--in', file, '--calc', 'sma:1', '--out', out]],
  ['the actions of indicators', (out) => ['indicators', '--in', join(work, 'none'), '--calc', 'sma:1', '--actions', file, '--out', out]],
  ['scan', (out) => ['scan', '--data', bars, '--out', out]],
  ['study levels', (out) => ['study', 'levels', '--data', bars, '--out', out]],
  ['study patterns', (out) => ['study', 'patterns', '--data', file, '--out', out]],
];
for (const [what, args] of commands) {
  test(`${what} does not write over what it reads, by whatever name`, () => {
    for (const out of spellings)
      expect(catalyst(args(out)), out).toMatchObject({
        code: 3,
        err: `catalyst: ${out} is a file that is read; give --out another name\n`,
      });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
}

test('a new file in the folder that is read, and one that no command reads there, may be written', () => {
  for (const name of ['new.csv', 'notes.md', 'notes.md'])
    expect(catalyst(['sentiment', 'Acme rises', '--in', file, '--out', join(bars, name)]).err).not.toContain('is a file that is read');
});

test('a store is not made of what lies in it', () => {
  const store = join(work, 'store');
  expect(catalyst(['data', 'import', bars, '--store', store]).code).toBe(0);
  symlinkSync(store, join(work, 'linked'));
  for (const input of [store, join(store, 'bars'), join(work, 'linked', 'bars')])
    expect(catalyst(['data', 'import', input, '--store', store, '--replace'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('which is written'),
    });
  expect(catalyst(['data', 'check', '--store', store]).code).toBe(0);
});

test('news are not written over the list of companies, nor over their own state', () => {
  const fetch = (...more: readonly string[]) => catalyst(['news', 'fetch', '--source', 'newsapi', '--query', 'x', ...more]);
  process.env['NEWSAPI_KEY'] = 'made-up';
  const ciks = join(work, 'ciks.json');
  writeFileSync(ciks, '{}');
  expect(fetch('--out', ciks, '--ciks', ciks)).toMatchObject({ code: 3, err: expect.stringContaining('is a file that is read') });
  expect(fetch('--out', join(work, 'n.csv'), '--state', ciks, '--ciks', ciks)).toMatchObject({ code: 3 });
  expect(fetch('--out', join(work, 'n.csv'), '--state', join(work, 'bars', '..', 'n.csv'))).toMatchObject({ code: 2 });
  expect(readFileSync(ciks, 'utf8')).toBe('{}');
});

test('a run does not learn from the journal that it writes, by whatever name', () => {
  symlinkSync(join(work, 'journal'), join(work, 'other'));
  const range = ['--from', '2018-03-12', '--to', '2018-03-12'];
  mkdirSync(join(work, 'minutes'));
  writeFileSync(join(work, 'minutes', 'bars.csv'), 'symbol,timestamp_utc,open,high,low,close,volume\nA,2018-03-12T14:00:00Z,1,2,1,2,100\n');
  mkdirSync(join(work, 'journal'));
  const { code, err } = catalyst([
    'day',
    '--data',
    join(work, 'minutes'),
    ...range,
    '--journal',
    join(work, 'journal'),
    '--learn-from',
    join(work, 'other'),
  ]);
  expect(err).toContain('cannot learn from the journal that it writes');
  expect(code).toBe(2);
});
