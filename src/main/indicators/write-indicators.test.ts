import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { candlesticks } from '#domain/candlesticks/candlesticks';
import { parseRequested } from '#domain/indicators/requested';
import { indicatorProblemText } from '#main/indicators/indicator-problem';
import { standardOutput } from '#main/indicators/output-file';
import { writeIndicators } from '#main/indicators/write-indicators';

const path = join(mkdtempSync(join(tmpdir(), 'write-indicators-')), 'bars.csv');

/** What is written beside a file of bars, or why it is refused. */
async function resultOf(
  content: string | Uint8Array,
  calc = 'sma:2',
  meanwhile = (): void => undefined,
): Promise<{ readonly out: string; readonly refused: string }> {
  writeFileSync(path, content);
  const requested = parseRequested(calc, candlesticks);
  if (!requested.ok) throw new Error(`${calc} is not understood`);
  let out = '';
  const output = {
    write: (text: string): void => {
      out += text;
      meanwhile();
    },
    drained: () => Promise.resolve(),
    finish: () => Promise.resolve(),
    abandon: () => Promise.resolve(),
  };
  const options = { symbol: null, actions: null, session: null, output };
  const written = await writeIndicators({ path, name: 'bars.csv', requested: requested.value, ...options });
  return { out, refused: written.ok ? '' : indicatorProblemText(written.problem) };
}

const closes = (...prices: readonly (number | string)[]): string =>
  ['date,close', ...prices.map((price, i) => `2020-01-${String(i + 1).padStart(2, '0')},${price}`)].join('\n');

const hostile: readonly (readonly [what: string, content: string | Uint8Array, says: string])[] = [
  ['an empty file', '', ':1: the file is empty'],
  ['a header alone', 'date,close\n', 'a header and no bars'],
  ['no time', 'open,close\n1,2\n', 'no column is named date'],
  ['a column twice', 'date,close,Close\n2020-01-01,1,2\n', 'two columns are named close'],
  ['no column for it', 'date,open\n2020-01-01,1\n', 'no column close, which sma:2 needs'],
  ['our own output', 'date,close,sma_2\n2020-01-01,1,\n', 'has a column sma_2 already'],
  ['a line of a megabyte', `date,close\n${'9'.repeat(1_000_000)}\n`, ':2: more than 65536 bytes'],
  ['a short line', `${closes(1)}\n2020-01-02\n`, ':3: 1 columns, where the header has 2'],
  ['a long line', `${closes(1)}\n2020-01-02,1,2\n`, ':3: 3 columns'],
  ['an open quote', `${closes(1)}\n2020-01-02,"1\n`, ':3: a quote is not closed'],
  ['text for a price', closes(1, 'NaN'), ':3: close is "NaN", which is no number'],
  ['infinity', closes(1, 'Infinity'), ':3: close is "Infinity"'],
  ['a number beyond floats', closes(1, '1e999'), ':3: close is "1e999"'],
  ['a blank price', closes(1, ''), ':3: close is blank'],
  ['a price below zero', closes(1, -2), ':3: close is -2, below zero'],
  ['a price beyond 2^53', closes(1, '10000000000000000'), ':3: 10000000000000000 summed over 2 bars is beyond'],
  ['no such date', 'date,close\n2020-02-30,1\n', ':2: "2020-02-30" is no date'],
  ['a blank time', `${closes(1)}\n,1\n`, ':3: the time is blank'],
  ['time that runs backwards', 'date,close\n2020-01-02,1\n2020-01-01,1\n', ':3: a time before that on line 2'],
  ['a time twice', 'date,close\n2020-01-02,1\n2020-01-02,1\n', ':3: the same time as line 2'],
  ['two kinds of time', 'date,close\n2020-01-02,1\n2020-01-03T00:00:00Z,1\n', ':3: its time is written in another way'],
  ['bytes that are not text', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251), ':1: '],
  ['zeros', new Uint8Array(5000), ':1: bytes that are not text'],
  ['zeros after a header', `date,close\n${'\0'.repeat(500)}\n`, ':2: bytes that are not text'],
];

for (const [what, content, says] of hostile) {
  test(`${what} is refused with its place and reason, before anything is written`, async () => {
    const { out, refused } = await resultOf(content);
    expect(refused).toContain(says);
    expect(out).toBe('');
  });
}

test('high below low is refused', async () => {
  expect((await resultOf('date,high,low,close\n2020-01-01,1,2,1\n', 'atr')).refused).toContain(':2: high 1 lies below low 2');
});

const spellings: readonly (readonly string[])[] = [
  ['3/4/2015 10:40:00 AM', '3/4/2015 12:40:00 PM'],
  ['19980102 00:00', '19980105 00:00'],
  ['1640876400', '1640878200'],
  ['1640876400000', '1640878200000'],
  ['2020-12-15 09:30', '2020-12-15 09:31'],
  ['2020-01-02T14:30:00.000Z', '2020-01-02T14:31:00.000Z'],
  ['2020-01-02 09:30:00-05:00', '2020-01-02 09:31:00-05:00'],
  ['01/03/17', '01/04/17'],
  ['25.12.2020', '01.01.2021'],
  ['05/12/2020', '13/12/2020'],
];
for (const times of spellings) {
  test(`${times.join(' comes before ')}`, async () => {
    const rows = times.map((time) => `${time},5`);
    const { out, refused } = await resultOf(['Time,Close', ...rows].join('\n'));
    expect(refused).toBe('');
    expect(out).toBe(`Time,Close,sma_2\n${rows[0]},\n${rows[1]},5\n`);
    const backwards = await resultOf(['Time,Close', ...rows.reverse()].join('\n'));
    expect(backwards.refused).toMatch(/:3: a time before|is no date or time/);
  });
}

test('a number that is not needed may be anything', async () => {
  expect((await resultOf('date,close,volume\n2020-01-01,1,none\n2020-01-02,2,-\n')).out).toContain('2020-01-02,2,-,1.5');
});

test('digits finer than what is exact are rounded', async () => {
  const { out } = await resultOf(closes('151.02999877929688', '151.02999877929690'));
  expect(Number(out.trim().split(',').at(-1))).toBeCloseTo(151.0299987792969, 11);
});

test('a file that changes while it is read is refused, since its unit may be another one', async () => {
  const { refused } = await resultOf(closes(1, 2), 'sma:2', () => utimesSync(path, 1, 1));
  expect(refused).toBe('bars.csv changed while it was read; try again when nothing writes to it.');
});

test('a pipe gets the lines of a file as they are, a terminal what cannot steer it', async () => {
  const line = Buffer.from('Zoë 株\u001b[2J\u202e,1\n').toString('latin1');
  const written = async (isSeen: boolean): Promise<string> => {
    const pieces: Buffer[] = [];
    const output = standardOutput(
      isSeen,
      new Writable({
        write: (piece, _, done) => {
          pieces.push(piece);
          done();
        },
      }),
    );
    output.write(line);
    await output.finish();
    return Buffer.concat(pieces).toString();
  };
  expect(await written(false)).toBe('Zoë 株\u001b[2J\u202e,1\n');
  expect(await written(true)).toBe('Zoë 株\\u001b[2J\\u202e,1\n');
});
