import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, sqlText } from '#adapters/duckdb/database';
import { catalyst, objects, started } from './catalyst.js';
import { type MadeSession, madeSessions, newFolder, writeHeadlines, writeSessions } from './made-data.js';

const work = newFolder('terminal');
const journal = join(work, 'journal');
const bars = join(work, 'bars');
const hostile = join(work, 'news\u001b[2J\u202e.csv');
const range = ['--from', '2019-06-20', '--to', '2019-07-03'] as const;
const steering = /[\p{Cc}\p{Cf}\u2028\u2029]/u;
const odd = '\u001b]0;PWNED\u0007\u001b[2J\u202e\u009b\n2019-07-03 forged: bought 1000000';

let made: readonly MadeSession[] = [];
let name = '';
const day = (...more: readonly string[]): readonly string[] => ['day', '--data', bars, ...range, ...more];

beforeAll(async () => {
  made = await madeSessions({ seed: 11, symbols: 12, from: range[1], count: 10 });
  name = made[0]?.rows[0]?.symbol ?? '';
  writeSessions(bars, made);
  writeHeadlines(hostile, made);
  const [head = '', ...rows] = readFileSync(hostile, 'utf8').trim().split('\n');
  const quoted = rows.map((row) => row.replace(/^([^,]*,[^,]*),(.*)$/s, (_, before, text) => `${before},"${text}${odd}","Wire${odd}"`));
  writeFileSync(hostile, `${[`${head},source`, ...quoted, '2019-06-20T13:00:00Z,"open'].join('\n')}\n`);
}, 60_000);

describe('L4: nothing from outside steers the terminal or forges a line', () => {
  test.each<readonly [what: string, args: () => readonly string[]]>([
    ['the notes of a run, the names of files in them', () => day('--news', hostile, '--journal', journal)],
    ['the explanation of a scan', () => ['explain', '--journal', journal, '--symbol', name, '--at', '10:15']],
    ['a name that was mistyped', () => ['explain', '--journal', journal, '--symbol', `x${odd}`]],
    ['an option that is none', () => ['ledger', '--journal', journal, `--x${odd}`]],
    ['the ledger', () => ['ledger', '--journal', journal]],
    ['a file of texts that cannot be read', () => ['sentiment', '--in', join(work, odd)]],
    ['bars that are not there', () => ['indicators', '--in', join(work, odd), '--calc', 'rsi']],
    ['a journal that is not there', () => ['verify', '--journal', join(work, odd)]],
    ['a store that is not there', () => ['data', 'list', '--store', join(work, odd)]],
    ['daily bars that are not there', () => ['scan', '--data', join(work, odd)]],
  ])('%s', (_, args) => {
    const { out, err } = catalyst(args().map((arg) => arg.replaceAll('\0', '')));
    const lines = `${out}${err}`.split('\n');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      expect(line).not.toMatch(steering);
      expect(line).not.toMatch(/^\s*2019-07-03 forged/);
    }
  });

  test('the headline itself is shown, with numbers for what would steer', () => {
    const { out } = catalyst(['explain', '--journal', journal, '--symbol', name, '--at', '10:15']);
    expect(out).toContain('estimates\\u001b]0;PWNED\\u0007\\u001b[2J\\u202e\\u009b\\u000a2019-07-03 forged');
  });

  test('JSON is read back as it was, and steers no terminal either', () => {
    const names = new Set(made[0]?.rows.map(({ symbol }) => symbol));
    let out = '';
    for (const symbol of names) {
      out = catalyst(['explain', '--journal', journal, '--symbol', symbol, '--at', '10:15', '--json']).out;
      if (out.includes('headlineText')) break;
    }
    expect(out.trimEnd()).not.toMatch(steering);
    expect(JSON.stringify(objects(out))).toContain(JSON.stringify(`estimates${odd}`).slice(1, -1));
  });
});

describe('a reader that goes away ends the command quietly', () => {
  const untilFirstLine = (args: readonly string[]) =>
    new Promise<{ code: number | null; err: string }>((done) => {
      const child = started(args);
      let err = '';
      child.stderr?.on('data', (text) => {
        err += String(text);
      });
      child.stdout?.once('data', () => child.stdout?.destroy());
      child.once('close', (code) => done({ code, err }));
    });

  test.each([[['--json']], [[]]])('day %o: the journal is closed whole, and another run goes on from there', async (more) => {
    const cut = join(work, `cut${more.length}`);
    expect(await untilFirstLine(day(...more, '--journal', cut))).toEqual({ code: 0, err: '' });
    expect(catalyst(['verify', '--journal', cut]).code).toBe(0);
    expect(catalyst([...day('--journal', cut), ...more]).code).toBe(0);
  });

  test.each<readonly [args: readonly string[]]>([
    [['ledger', '--journal', journal, '--json']],
    [['start', '--speed', 'max', '--symbols', '20', '--journal', join(work, 'started')]],
    [['indicators', '--list']],
  ])('%o', async (args) => {
    expect(await untilFirstLine(args)).toEqual({ code: 0, err: '' });
  });

  test.each(['parquet', 'csv'])('indicators beside many bars, read from %s', async (ending) => {
    const file = join(work, `many.${ending}`);
    const database = await openDatabase();
    const bars = "SELECT TIMESTAMP '2018-01-01' + to_minutes(i::INT) AS time, 1 + i % 7 AS close FROM range(200000) t(i)";
    await database.connection.run(`COPY (${bars}) TO ${sqlText(file)} (FORMAT ${ending})`);
    database.close();
    expect(await untilFirstLine(['indicators', '--in', file, '--calc', 'sma:2'])).toMatchObject({
      code: 0,
      err: expect.not.stringMatching(/catalyst|at /),
    });
  });
});
