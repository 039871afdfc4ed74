import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findNamesFiles, readNamesFile } from '#adapters/headlines/names-file';
import { companyNames } from '#domain/news/company-names';
import { symbolIndex } from '#domain/values/symbol';
import { headlinesIn } from '#tests/headlines-in';
import { hasReference, reference } from '#tests/reference-data';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'names-'));
  await mkdir(join(folder, 'news'));
  await mkdir(join(folder, 'reference'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, 'reference', name);
  await writeFile(file, text);
  return file;
}

test('a company has its name of that year first and then what headlines call it', async () => {
  const file = await write(
    'symbols_2018.csv',
    'symbol,name_2018,aliases\nAABA,Altaba Inc,Altaba|Yahoo\nBOX,Box Inc,\n"C",,Citi\nBOX,Box again,\n',
  );
  expect(await readNamesFile(file)).toEqual({
    ok: true,
    value: {
      year: 2018,
      companies: [
        { ticker: 'AABA', names: ['Altaba Inc', 'Altaba', 'Yahoo'] },
        { ticker: 'BOX', names: ['Box Inc'] },
      ],
      refused: [
        { kind: 'bad_row', file, line: 4 },
        { kind: 'ticker_twice', file, line: 5 },
      ],
    },
  });
});

test('a names file of another shape, or one whose name says another year, is refused whole', async () => {
  for (const [name, text] of [
    ['symbols_2017.csv', 'symbol,name_2018,aliases\n'],
    ['symbols_2016.csv', 'symbol,name\nA,B\n'],
    ['symbols_2015.csv', ''],
  ] as const) {
    expect(await readNamesFile(await write(name, text))).toMatchObject({ ok: false, problem: { kind: 'not_a_names_file' } });
  }
});

test('names files are looked for beside the news, oldest first', async () => {
  await write('symbols_2019.csv', '');
  await write('other_2019.csv', '');
  const found = await findNamesFiles(join(folder, 'news', 'any.csv.gz'));
  expect(found.map((file) => file.slice(-16))).toEqual([
    'symbols_2015.csv',
    'symbols_2016.csv',
    'symbols_2017.csv',
    'symbols_2018.csv',
    'symbols_2019.csv',
  ]);
  expect(await findNamesFiles(join(folder, 'elsewhere', 'deep', 'any.csv'))).toEqual([]);
});

test.skipIf(!hasReference)(
  'ten days of Reuters name as many companies as were read and found true (needs CATALYST_REFERENCE)',
  async () => {
    const file = reference('data/open/news/reuters_headlines_daily.csv.gz');
    const [namesFile = ''] = await findNamesFiles(file);
    const names = await readNamesFile(namesFile);
    const news = await headlinesIn(file);
    if (!names.ok || !news.ok) throw new Error('unreadable');
    const { companies } = names.value;
    expect(companies).toHaveLength(284);
    const index = companyNames(
      companies.map(({ names: each }, at) => ({ symbol: symbolIndex(at), names: each })),
      new Map(companies.map(({ ticker }, at) => [ticker, symbolIndex(at)])),
    );
    const days = news.value.headlines.filter(({ date }) => date !== null && date >= '2018-03-20' && date <= '2018-03-29');
    expect([days.length, days.filter(({ text }) => index.resolve(text).length > 0).length]).toEqual([505, 173]);
  },
);
