import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readHeadlineFile } from '#adapters/headlines/headline-file';
import { fail, ok } from '#domain/values/result';
import { type HeadlinesIn, headlinesIn } from '#tests/headlines-in';
import { hasReference, reference } from '#tests/reference-data';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headlines-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, name.endsWith('.gz') ? gzipSync(text) : text);
  return file;
}

async function read(text: string, name = 'news.csv'): Promise<HeadlinesIn> {
  const result = await headlinesIn(await write(name, text));
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

/** What only files of `catalyst news` tell. */
const untold = { vendorId: null, receivedAt: null, knownAt: null };

test('a timed headline has its instant, its source and its tickers', async () => {
  const { headlines, refused } = await read(
    'timestamp_utc,symbol,headline,publisher,url\n2020-06-05T14:30:54Z,A,"Highs, on Friday",Benzinga,https://x\n',
  );
  expect(headlines).toEqual([
    {
      line: 2,
      publishedAt: Date.parse('2020-06-05T14:30:54Z'),
      date: null,
      text: 'Highs, on Friday',
      source: 'Benzinga',
      tickers: ['A'],
      ...untold,
    },
  ]);
  expect(refused).toEqual([]);
});

test('a dated headline has no instant, and columns stand in any order', async () => {
  const { headlines } = await read('headline,date\nStocks jump,2018-03-29\n');
  expect(headlines).toEqual([{ line: 2, publishedAt: null, date: '2018-03-29', text: 'Stocks jump', source: '', tickers: [], ...untold }]);
});

test('a packed file reads like an open one', async () => {
  const text = 'date,headline,section\n2018-03-29,"Two\nlines",Business\n2018-03-29,Next,\n';
  expect(await read(text, 'news.csv.gz')).toEqual(await read(text));
  expect((await read(text)).headlines.map(({ line }) => line)).toEqual([2, 4]);
});

const bad: readonly [row: string, kind: string][] = [
  ['2018-02-30,,x,', 'bad_date'],
  ['29.03.2018,,x,', 'bad_date'],
  [',,x,', 'bad_date'],
  [',2018-03-29T24:00:00Z,x,', 'bad_time'],
  [',2018-03-29T12:00:00,x,', 'bad_time'],
  [',2018-03-29T12:00:00+02:00,x,', 'bad_time'],
  ['2018-03-29,,,', 'no_headline'],
  ['2018-03-29,,\u200b\u0007,', 'no_headline'],
  [',2018-03-29T12:00:00.5Z,x,', 'bad_time'],
  ['2018-03-29,,x', 'wrong_cell_count'],
  ['2018-03-29,,x,,y', 'wrong_cell_count'],
  ['2018-03-29,,x,DROP TABLE;--', 'bad_symbol'],
  ['2018-03-29,,a "b" c,', 'stray_quote'],
];
for (const [row, kind] of bad) {
  test(`the row ${JSON.stringify(row)} is refused as ${kind} with its line, and the rest goes on`, async () => {
    const { headlines, refused } = await read(`date,timestamp_utc,headline,symbol\n${row}\n2018-03-29,,Good,F\n`);
    expect(refused).toEqual([{ kind, line: 2 }]);
    expect(headlines.map(({ text }) => text)).toEqual(['Good']);
  });
}

test('the original text is kept, markup and all, up to 500 characters and never half a character', async () => {
  const { headlines } = await read(`date,headline\n2018-03-29,<b>Buy</b>\u202e now\n2018-03-29,${'x'.repeat(499)}😀😀\n`);
  expect(headlines[0]?.text).toBe('<b>Buy</b>\u202e now');
  expect(headlines[1]?.text).toBe('x'.repeat(499));
});

const otherShapes: readonly [what: string, text: string][] = [
  ['no headline column', 'date,text\n2018-03-29,x\n'],
  ['no time and no date', 'headline,source\nx,y\n'],
  ['a column twice', 'date,headline,headline\n2018-03-29,x,y\n'],
  ['nothing in it', ''],
  ['no table in it', '<html>\n<body>"no" news</body>\n'],
];
for (const [what, text] of otherShapes) {
  test(`a file with ${what} is refused whole, with what was expected`, async () => {
    const result = await headlinesIn(await write('other.csv', text));
    expect(result).toMatchObject({
      ok: false,
      problem: { kind: 'not_a_headline_file', expected: expect.stringContaining('timestamp_utc') },
    });
  });
}

test('a file that is not there or is no gzip is weather', async () => {
  expect(await headlinesIn(join(folder, 'none.csv'))).toMatchObject({
    ok: false,
    problem: { kind: 'unreadable_file', code: 'ENOENT' },
  });
  expect(await headlinesIn(join(folder, 'none.csv.gz'))).toMatchObject({
    ok: false,
    problem: { kind: 'unreadable_file', code: 'ENOENT' },
  });
  const file = join(folder, 'false.csv.gz');
  await writeFile(file, 'date,headline\n2018-03-29,x\n');
  expect(await headlinesIn(file)).toMatchObject({ ok: false, problem: { kind: 'unreadable_file', code: 'Z_DATA_ERROR' } });
});

test('whoever takes the headlines may end the reading, and the reason comes back', async () => {
  const file = await write('three.csv', 'date,headline\n2018-03-29,One\n2018-03-29,Two\n2018-03-29,Three\n');
  const taken: string[] = [];
  const read = await readHeadlineFile(file, {
    take: ({ text }) => {
      taken.push(text);
      return text === 'Two' ? fail({ kind: 'enough' }) : ok(null);
    },
    refuse: () => {},
  });
  expect(read).toEqual({ ok: false, problem: { kind: 'enough' } });
  expect(taken).toEqual(['One', 'Two']);
});

const real: readonly [file: string, rows: number][] = [
  ['data/open/news/benzinga_sample_A.csv', 100],
  ['data/open/news/cnbc_headlines_timed.csv.gz', 2226],
  ['data/open/news/guardian_headlines_daily.csv.gz', 13_680],
  ['data/open/news/reuters_headlines_daily.csv.gz', 23_500],
  ['data/restricted/news/us_news_2026_03.csv.gz', 102],
];
for (const [file, rows] of real) {
  test.skipIf(!hasReference)(`every row of ${file} is read (needs CATALYST_REFERENCE)`, async () => {
    const result = await headlinesIn(reference(file));
    expect(result).toMatchObject({ ok: true, value: { refused: [] } });
    expect(result.ok && result.value.headlines.length).toBe(rows);
  });
}
