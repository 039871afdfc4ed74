import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { misalignment } from '#main/metrics/aligned';
import { type DatedReturns, readSeries, type SeriesOptions } from '#main/metrics/read-series';
import { seriesProblemText } from '#main/metrics/series-problem';

const folder = mkdtempSync(join(tmpdir(), 'catalyst-series-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

async function read(content: string | Uint8Array, options: Partial<SeriesOptions> = {}, ending = 'csv') {
  const path = join(folder, `${++files}.${ending}`);
  writeFileSync(path, content);
  return readSeries({ path, kind: 'returns', column: undefined, percent: false, ...options });
}

async function returnsIn(...given: Parameters<typeof read>): Promise<DatedReturns> {
  const found = await read(...given);
  if (!found.ok) throw new Error(seriesProblemText(found.problem));
  return found.value;
}

/** What is said of a file, without its folder. */
async function refusal(...given: Parameters<typeof read>): Promise<string> {
  const found = await read(...given);
  return found.ok ? 'nothing' : seriesProblemText(found.problem).replaceAll(/\S*\/\d+\.csv/g, 'FILE');
}

describe('a file of returns', () => {
  test.each([
    ['with a header', 'date,return\n2020-01-02,0.01\n2020-01-03,-0.02\n'],
    ['with names in any case and order, and other columns', 'Volume, Return ,DATE\n5,0.01,2020-01-02\n6,-0.02,2020-01-03\n'],
    ['without a header', '2020-01-02,0.01\n2020-01-03,-0.02'],
    [
      'with an index without a name and one column of any name',
      ',my fund\n2020-01-02 00:00:00+00:00,0.01\n2020-01-03 00:00:00+00:00,-0.02\n',
    ],
    [
      'with line ends of Windows, blank lines, a byte order mark and quotes',
      '\uFEFF"Date","Returns"\r\n\r\n"2020-01-02","0.01"\r\n20200103,-2e-2\r\n',
    ],
  ])('is read %s', async (_, text) => {
    const found = await returnsIn(text);
    expect([found.dates, found.returns]).toEqual([
      ['2020-01-02', '2020-01-03'],
      [0.01, -0.02],
    ]);
  });

  test('is read packed, in percent, and by the name of a column', async () => {
    const { returns, column } = await returnsIn(gzipSync('date,a,B\n2020-01-02,1,2\n'), { percent: true, column: 'b' }, 'csv.gz');
    expect([returns, column]).toEqual([[0.02], 'B']);
  });

  test('keeps the time of day, and the lines', async () => {
    const { dates, lines } = await returnsIn('time,return\n\n2020-01-02T14:30:00Z,1\n2020-01-02T14:31:00Z,1\n');
    expect([dates, lines]).toEqual([
      ['2020-01-02T14:30:00Z', '2020-01-02T14:31:00Z'],
      [3, 4],
    ]);
  });

  const header = 'date,return\n2020-01-02,0.01\n';
  test.each([
    ['a hole', '2020-01-03,\n', 'FILE:3: return is blank: take the row out, or fill it.'],
    ['no number', '2020-01-03,nan\n', 'FILE:3: return is "nan", which is no number.'],
    ['no bound', '2020-01-03,1e999\n', 'FILE:3: return is "1e999", which is no number.'],
    [
      'a gain that nobody makes',
      '2020-01-03,1e308\n',
      'FILE:3: return is 1e308, more than a thousandfold in one period: if the file is in percent give --percent, if it holds prices --prices.',
    ],
    [
      'a loss of everything',
      '2020-01-03,-1\n',
      'FILE:3: return is -1, a loss of everything or more, which cannot be compounded: if the file is in percent',
    ],
    ['no date', '2020-13-03,0.1\n', 'FILE:3: "2020-13-03" is no date that can be read.'],
    ['a date that may be read in two ways', '03/04/2020,0.1\n', 'FILE:3: "03/04/2020" may be read in two ways'],
    ['a blank date', ',0.1\n', 'FILE:3: the date is blank.'],
    ['a date twice', '2020-01-02,0.1\n', 'FILE:3: the date 2020-01-02 stands in line 2 already.'],
    ['a date out of order', '2020-01-01,0.1\n', 'FILE:3: 2020-01-01 comes after 2020-01-02 (line 2): rows must come oldest first.'],
    ['a cell too many', '2020-01-03,0.1,7\n', 'FILE:3: 3 columns, where the first line has 2.'],
    ['an open quote', '2020-01-03,"0.1\n', 'FILE:3: a quote is not closed on the line.'],
    ['bytes', '2020-01-03,\0\n', 'FILE:3: bytes that are not text.'],
  ])('is refused with %s, by line', async (_, row, said) => expect(await refusal(`${header}${row}`)).toContain(said));

  test.each([
    ['no date', 'day of week,return\n', 'no column is named date'],
    ['two dates', 'date,time,return\n', 'several columns hold a date'],
    ['two of its name', 'date,return,Return\n', '2 columns are named return'],
    [
      'several that could be meant',
      'date,a,b\n',
      'no column is named return or returns: give its name with --column; its columns are: date, a, b.',
    ],
    ['prices alone', 'date,close\n', 'there are prices: give --prices'],
    ['no names and many columns', '2020-01-02,1,2\n', 'has 3 of them where a date and one number were expected'],
  ])('is refused with %s', async (_, text, said) => expect(await refusal(text)).toContain(said));

  test('is refused when it is not there, holds nothing, or has not the column that is asked for', async () => {
    expect(await refusal('date,return\n')).toBe('FILE holds no returns.');
    expect(await refusal('')).toBe('FILE holds no returns.');
    expect(await refusal(header, { column: 'x' })).toContain('no column is named x');
    expect(await refusal('2020-01-02,1\n', { column: 'x' })).toContain('names no columns, so none is "x"');
    const none = await readSeries({ path: join(folder, 'none.csv'), kind: 'returns', column: undefined, percent: false });
    expect(none).toMatchObject({ ok: false, problem: { kind: 'not_found', expected: 'a CSV file of returns' } });
    expect(await refusal('no gzip', {}, 'csv.gz')).toContain('no complete gzip file');
  });
});

describe('a file of prices', () => {
  test('becomes returns; the adjusted close is preferred, and the first price has none', async () => {
    const text = 'Date,Open,Close,Adj Close\n2020-01-02,1,1,100\n2020-01-03,1,1,110\n2020-01-06,1,1,99\n';
    const found = await returnsIn(text, { kind: 'prices' });
    expect(found).toMatchObject({ column: 'Adj Close', dates: ['2020-01-03', '2020-01-06'], lines: [3, 4] });
    expect(found.returns).toEqual([expect.closeTo(0.1, 12), expect.closeTo(-0.1, 12)]);
    expect((await returnsIn(text, { kind: 'prices', column: 'CLOSE' })).returns).toEqual([0, 0]);
  });
  test('is refused with a price that is none, or only one', async () => {
    expect(await refusal('date,close\n2020-01-02,0\n', { kind: 'prices' })).toBe('FILE:2: close is 0, and a price is above zero.');
    expect(await refusal('date,close\n2020-01-02,5\n', { kind: 'prices' })).toContain('holds one price, and a return is made of two');
    expect(await refusal('date,close\n2020-01-02,1e-300\n2020-01-03,1e300\n', { kind: 'prices' })).toContain(
      'FILE:3: the price rises more than a thousandfold, or falls to nothing',
    );
    expect(await refusal('date,close\n2020-01-02,1e300\n2020-01-03,1e-300\n', { kind: 'prices' })).toContain(
      'FILE:3: the price rises more than a thousandfold, or falls to nothing',
    );
  });
});

describe('two files', () => {
  const of = (...days: readonly number[]): Promise<DatedReturns> => returnsIn(days.map((day) => `2020-01-0${day},0.1\n`).join(''));

  test('of the same dates go together', async () => expect(misalignment(await of(2, 3), await of(2, 3))).toBeNull());
  test('of others are told by the first date that is missing, and where it stands', async () => {
    const [all, hole, short] = [await of(2, 3, 6), await of(2, 6), await of(2, 3)];
    expect(misalignment(all, hole)).toEqual({ kind: 'unaligned', date: '2020-01-03', in: all.path, line: 2, not: hole.path });
    expect(misalignment(hole, all)).toEqual({ kind: 'unaligned', date: '2020-01-03', in: all.path, line: 2, not: hole.path });
    expect(misalignment(all, short)).toMatchObject({ date: '2020-01-06', in: all.path, line: 3, not: short.path });
    expect(misalignment(short, all)).toMatchObject({ date: '2020-01-06', in: all.path, line: 3, not: short.path });
  });
});
