import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { openDatabase, sqlText } from '#adapters/duckdb/database';
import { walk } from '#tests/bar-columns';
import { hasReference, reference } from '#tests/reference-data';
import { catalyst, program, type Ran, started } from './catalyst.js';
import { newFolder } from './made-data.js';

const folder = newFolder('indicators');
let files = 0;

function written(content: string | Uint8Array, ending = 'csv'): string {
  const path = join(folder, `${++files}.${ending}`);
  writeFileSync(path, content);
  return path;
}

const indicators = (file: string, calc: string, ...more: readonly string[]): Ran =>
  catalyst(['indicators', '--in', file, '--calc', calc, ...more]);
const rowsOf = (text: string): readonly string[][] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
const numbers = (text: string, column: string): readonly (number | null)[] => {
  const [header = [], ...rows] = rowsOf(text);
  return rows.map((row) => ((row[header.indexOf(column)] ?? '') === '' ? null : Number(row[header.indexOf(column)])));
};
const closes = (...prices: readonly (number | string)[]): string =>
  ['date,close', ...prices.map((price, i) => `2020-01-${String(i + 1).padStart(2, '0')},${price}`)].join('\n');

describe('catalyst indicators', () => {
  test('writes every line as it was, then the values, empty while they warm up', () => {
    const path = written(`${closes('1.0', 2, '3.50')}\n`);
    expect(indicators(path, 'sma:2,max:3').out).toBe(
      'date,close,sma_2,max_3\n2020-01-01,1.0,,\n2020-01-02,2,1.5,\n2020-01-03,3.50,2.75,3.5\n',
    );
  });

  test('reads foreign headers, a mark of byte order, carriage returns, quotes and a last line without an end', () => {
    const text = '\uFEFFNote, CLOSE ,"Date"\r\n"a, ""b""",1.668889E+08,1/3/2017\r\nü,2e0,"1/4/2017"';
    const { code, out } = indicators(written(text), 'sma:2');
    expect(code).toBe(0);
    expect(out).toBe('\uFEFFNote, CLOSE ,"Date",sma_2\r\n"a, ""b""",1.668889E+08,1/3/2017,\r\nü,2e0,"1/4/2017",83444451\n');
  });

  test('keeps the symbols of a file apart, and takes one alone when asked', () => {
    const path = written('symbol,date,close\nA,2020-01-01,1\nB,2020-01-01,100\nA,2020-01-02,3\nB,2020-01-02,300\n');
    expect(numbers(indicators(path, 'sma:2').out, 'sma_2')).toEqual([null, null, 2, 200]);
    expect(indicators(path, 'sma:2', '--symbol', 'B').out).toBe('symbol,date,close,sma_2\nB,2020-01-01,100,\nB,2020-01-02,300,200\n');
    expect(indicators(path, 'sma:2', '--symbol', 'C')).toMatchObject({ code: 3, err: expect.stringContaining('no bars of C') });
  });

  test('anchors VWAP to the regular session in New York, or to each date', () => {
    const bars = [
      '2018-03-12T13:29:00Z,9',
      '2018-03-12T13:30:00Z,10',
      '2018-03-12T13:31:00Z,20',
      '2018-03-12T20:00:00Z,50',
      '2018-03-13T13:30:00Z,30',
    ];
    const text = [
      'symbol,timestamp_utc,high,low,close,volume',
      ...bars.map((bar) => `A,${bar},${bar.split(',')[1]},${bar.split(',')[1]},100`),
    ].join('\n');
    const path = written(text);
    expect(numbers(indicators(path, 'vwap').out, 'vwap')).toEqual([null, 10, 15, 15, 30]);
    expect(numbers(indicators(path, 'vwap', '--session', 'day').out, 'vwap')).toEqual([9, 9.5, 13, 22.25, 30]);
    expect(numbers(indicators(path, 'vwap:start').out, 'vwap_start')).toEqual([9, 9.5, 13, 22.25, 23.8]);
  });

  test('keeps the last VWAP in the evening, also where that is a Saturday in UTC, and reads times without a separator', () => {
    const rows = ['202001031430,10', '202001031431,20', '202001032359,50', '202001040030,60', '202001061430,30'];
    const text = ['timestamp_utc,high,low,close,volume', ...rows.map((row) => `${row},${row.split(',')[1]},${row.split(',')[1]},100`)];
    expect(numbers(indicators(written(text.join('\n')), 'vwap').out, 'vwap')).toEqual([10, 15, 15, 15, 30]);
  });

  test('reads and writes gzip by name, and reads Parquet of any layout', async () => {
    const zipped = written(gzipSync(closes(1, 2, 4)), 'csv.gz');
    const out = join(folder, 'out.csv.gz');
    expect(indicators(zipped, 'sma:2', '--out', out).code).toBe(0);
    expect(numbers(gunzipSync(readFileSync(out)).toString(), 'sma_2')).toEqual([null, 1.5, 3]);
    const parquet = join(folder, 'bars.parquet');
    const database = await openDatabase();
    const select = `SELECT "date" AS "Date", "close" AS "Close", 7 AS other FROM read_csv(${sqlText(zipped)})`;
    await database.connection.run(`COPY (${select}) TO ${sqlText(parquet)} (FORMAT parquet)`);
    database.close();
    expect(indicators(parquet, 'sma:2').out).toBe('Date,Close,other,sma_2\n2020-01-01,1,7,\n2020-01-02,2,7,1.5\n2020-01-03,4,7,3\n');
  });

  test('calculates prices and volumes that do not fit 32 bits exactly', () => {
    const rows = ['date,close,volume', '2020-01-01,374175175057530.5,1246315913747970', '2020-01-02,374175175057531.5,3000000000'];
    const { out } = indicators(written(rows.join('\n')), 'sma:2,obv');
    expect(numbers(out, 'sma_2')).toEqual([null, 374_175_175_057_531]);
    expect(numbers(out, 'obv')).toEqual([null, 3_000_000_000]);
  });

  test('adjusts for a split what is calculated and leaves the columns as they are', () => {
    const rows = walk(3, 60).map((bar, i) => {
      const [open = 0, high = 0, low = 0, close = 0, volume = 0] = bar ?? [];
      const [times, date] = [i < 40 ? 7 : 1, `${i < 40 ? '2020-01' : '2020-03'}-${String((i % 40) + 1).padStart(2, '0')}`];
      const real = i < 40 && i % 40 > 30 ? `2020-02-${String((i % 40) - 30).padStart(2, '0')}` : date;
      return [real, ...[open, high, low, close].map((price) => (price * times) / 10_000), times === 7 ? volume : volume * 7].join(',');
    });
    const raw = written(['date,open,high,low,close,volume', ...rows].join('\n'));
    const actions = written('symbol,date,kind,ratio\nA,2020-03-01,split,7\n');
    const adjusted = indicators(raw, 'rsi,atr,obv', '--actions', actions, '--symbol', 'A');
    expect(adjusted.err).toBe('');
    const jump = (text: string): number => Math.abs((numbers(text, 'rsi_14')[40] ?? 0) - (numbers(text, 'rsi_14')[39] ?? 0));
    expect(jump(adjusted.out)).toBeLessThan(15);
    expect(jump(indicators(raw, 'rsi').out)).toBeGreaterThan(30);
    expect(rowsOf(adjusted.out).map((row) => row.slice(0, 6).join(','))).toEqual(['date,open,high,low,close,volume', ...rows]);
    expect(indicators(raw, 'rsi', '--actions', actions, '--symbol', 'B').err).toContain('says nothing of B');
  });

  test('lists what there is, and says so to a name that it does not know', () => {
    const list = catalyst(['indicators', '--list']);
    expect(list.out).toContain('macd:12/26/9');
    expect(list.out).toContain('warm-up: all first on bar `slow` + `signal` − 1');
    const path = written(closes(1, 2));
    expect(indicators(path, 'nonsense')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('stochastic:14/3/3') });
  });
});

const volumes = 'date,open,high,low,close,volume\n';

describe('what cannot be used is refused with its place and reason', () => {
  test('an empty file, with no output and no trace of a stack', () => {
    expect(indicators(written(''), 'sma:2')).toMatchObject({
      code: 3,
      out: '',
      err: expect.stringMatching(/^catalyst: .*:1: the file is empty; .*\n$/),
    });
  });

  test('a gzip that was cut off leaves no output', () => {
    const bars = closes(...Array.from({ length: 28 }, (_, i) => 1 + i / 7));
    const path = written(gzipSync(bars).subarray(0, 100), 'csv.gz');
    const out = join(folder, 'never.csv');
    expect(indicators(path, 'sma:2', '--out', out)).toMatchObject({ code: 3, err: expect.stringContaining('damaged or cut off') });
    expect(readdirSync(folder).filter((name) => name.startsWith('never'))).toEqual([]);
  });

  test('a full disk, a folder that is not there, and the file itself', () => {
    const path = written(closes(1, 2));
    const link = join(folder, 'sub');
    mkdirSync(link);
    expect(indicators(path, 'sma:2', '--out', '/dev/full')).toMatchObject({ code: 3, err: expect.stringContaining('the disk is full') });
    expect(indicators(path, 'sma:2', '--out', join(folder, 'no', 'x.csv'))).toMatchObject({
      code: 3,
      err: expect.stringContaining('could not be written'),
    });
    expect(indicators(path, 'sma:2', '--out', join(link, '..', `${files}.csv`))).toMatchObject({
      code: 3,
      err: expect.stringContaining('give --out another name'),
    });
    expect(readFileSync(path, 'utf8')).toBe(closes(1, 2));
  });

  test('a file of actions and the file that standard output is appended to are not written over', () => {
    const bars = closes(1, 2);
    const path = written(bars);
    const actions = written('symbol,date,kind,ratio\n');
    expect(indicators(path, 'sma:2', '--actions', actions, '--out', actions)).toMatchObject({
      code: 3,
      err: expect.stringContaining('give --out another name'),
    });
    const appended = openSync(path, 'a');
    const { status, stderr } = spawnSync(process.execPath, [program, 'indicators', '--in', path, '--calc', 'sma:2'], {
      stdio: ['ignore', appended, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(appended);
    expect([status, stderr]).toEqual([3, expect.stringContaining('give --out another name')]);
    expect([readFileSync(path, 'utf8'), readFileSync(actions, 'utf8')]).toEqual([bars, 'symbol,date,kind,ratio\n']);
  });

  test('a link to a file stays one, and a run that is stopped leaves nothing behind', async () => {
    const target = written('old');
    const link = join(folder, 'link.csv');
    symlinkSync(target, link);
    expect(indicators(written(closes(1, 2)), 'sma:2', '--out', link).code).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toContain('sma_2');
    const many = written(`time,close\n${Array.from({ length: 400_000 }, (_, i) => `${1_500_000_000 + i},${i % 97}`).join('\n')}\n`);
    const writing = (): readonly string[] => readdirSync(folder).filter((name) => name.startsWith('stopped'));
    const child = started(['indicators', '--in', many, '--calc', 'sma:2', '--out', join(folder, 'stopped.csv')]);
    const ended = once(child, 'exit');
    await vi.waitFor(() => expect(writing()).toHaveLength(1), { timeout: 10_000 });
    child.kill('SIGTERM');
    expect(await ended).toEqual([null, 'SIGTERM']);
    expect(writing()).toEqual([]);
  });

  test('a folder, a file that is not there, and a command that lacks its options', () => {
    expect(indicators(folder, 'sma:2')).toMatchObject({ code: 3, err: expect.stringContaining('no plain file') });
    expect(indicators(join(folder, 'none.csv'), 'sma:2')).toMatchObject({ code: 3, err: expect.stringContaining('does not exist') });
    expect(indicators(join(folder, 'none.parquet'), 'sma:2')).toMatchObject({ code: 3, err: expect.stringContaining('does not exist') });
    expect(catalyst(['indicators', '--in', 'x.csv'])).toMatchObject({ code: 2 });
  });

  test('prices of zero divide nothing', () => {
    const rows = Array.from({ length: 28 }, (_, i) => `2020-01-${String(i + 1).padStart(2, '0')},0,0,0,0,0`);
    const all =
      'sma:5,rsi:5,macd:3/5/2,atr:5,natr:5,bollinger:5,keltner:5/2/5,adx:5,stoch:5,williamsr:5,roc:5,vwap,vwapbands,mvwap:5,profile,obv';
    const { code, out } = indicators(written(volumes + rows.join('\n')), all);
    expect(code).toBe(0);
    expect(out).not.toMatch(/nan|infinity/i);
  });
});

describe.skipIf(!hasReference)('real files (needs CATALYST_REFERENCE)', () => {
  const quotes = (name: string): string => reference(`data/open/indicator_oracles/skender/quotes/${name}.csv`);
  const all = 'sma,rsi,macd,atr,natr,bollinger,keltner,donchian,adx,stoch,williamsr,roc,obv,vwap:start,mvwap';

  test('ugly ones are calculated or refused, and never give what is no number', () => {
    const found = ['bad', 'zeros', 'mismatch', 'toobig', 'penny', 'msft', 'intraday'].map((name) => {
      const { code, out, err } = indicators(quotes(name), all);
      expect(out).not.toMatch(/nan|infinity/i);
      return `${name} ${code} ${err.split('\n')[0]?.replace(/^.*quotes\//, '') ?? ''}`.trim();
    });
    expect(found).toEqual([
      'bad 3 bad.csv:202: the time is blank.',
      'zeros 0',
      'mismatch 3 mismatch.csv:21: a time before that on line 20: bars must come oldest first, each once.',
      'toobig 3 toobig.csv:1244: 914010493822515 summed over 20 bars is beyond 9007199254740991, the largest whole number that can be exact.',
      'penny 0',
      'msft 0',
      'intraday 0',
    ]);
    expect(indicators(quotes('toobig'), 'rsi,atr,ema:20').code).toBe(0);
  });

  test('Apple before and after its split of 7 to 1 on 2014-06-09: RSI and ATR do not jump', () => {
    const path = reference('data/open/us_equity/lean/daily/AAPL.csv.gz');
    const factors = reference('data/open/us_equity/lean/corporate_actions/factors.csv');
    const raw = indicators(path, 'rsi:14,atr:14').out;
    const adjusted = indicators(path, 'rsi:14,atr:14', '--actions', factors).out;
    const dates = rowsOf(raw)
      .slice(1)
      .map((row) => row[1]);
    const at = dates.indexOf('2014-06-09');
    const change = (text: string, column: string): number => {
      const values = numbers(text, column);
      return (values[at] ?? 0) / (values[at - 1] ?? 1);
    };
    expect(change(raw, 'rsi_14')).toBeLessThan(0.2);
    expect(change(raw, 'atr_14')).toBeGreaterThan(4);
    expect(change(adjusted, 'rsi_14')).toBeCloseTo(1, 1);
    expect(change(adjusted, 'atr_14')).toBeCloseTo(1, 1);
    expect(rowsOf(adjusted).map((row) => row.slice(0, 7))).toEqual(rowsOf(raw).map((row) => row.slice(0, 7)));
  });
});
