import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { catalyst, objects, type Ran, sessionLines, summaryIn } from './catalyst.js';
import { madeDay, newFolder } from './made-data.js';

const work = newFolder('supervised-cli');
const page = readFileSync(new URL('../../docs/reference/operator-script.md', import.meta.url), 'utf8');
const example = /```json\n(.*?)```/s.exec(page)?.[1] ?? '';
const script = join(work, 'answers.json');
let day: (journal: string) => string[];
const supervised = (journal: string, ...more: readonly string[]): Ran =>
  catalyst([...day(join(work, journal)), '--mode', 'supervised', ...more]);
const ledger = (journal: string, kind: string) =>
  objects(catalyst(['ledger', '--journal', join(work, journal), '--json']).out).filter((line) => line['kind'] === kind);

beforeAll(async () => {
  day = await madeDay(work, { seed: 5, symbols: 40 });
  writeFileSync(script, example);
}, 60_000);

type Counts = { asked: number; answered: number; expired: number; withdrawn: number; overrides: number; refusedAnswers: number };
const countsIn = (line: unknown): Counts => (line as { questions: Counts }).questions;

describe('the script of the reference', () => {
  test('answers a day; the counts are in its lines and in its summary, and the ledger tells each question', { timeout: 60_000 }, () => {
    const ran = supervised('first', '--operator', script);
    expect([ran.code, ran.err]).toEqual([0, expect.not.stringContaining('bug')]);
    const total = countsIn(summaryIn(ran.out));
    expect(total.asked).toBeGreaterThan(4);
    expect(total.asked).toBe(total.answered + total.expired + total.withdrawn);
    expect([total.answered > 2, total.expired > 1, total.overrides > 0, total.refusedAnswers]).toEqual([true, true, true, 1]);
    const sum = (name: keyof Counts): number => sessionLines(ran.out).reduce((all, line) => all + countsIn(line)[name], 0);
    expect(sum('asked')).toBe(total.asked);
    expect(ledger('first', 'question_asked')).toHaveLength(total.asked);
    expect(ledger('first', 'question_asked')[0]).toMatchObject({
      subject: 'entry',
      recommended: 'enter',
      whenSilent: 'decline',
      symbol: expect.any(String),
      price: expect.stringMatching(/^\d+\.\d{4}$/),
      terms: expect.stringMatching(/^[0-9a-f]{64}$/),
      deadline: expect.stringMatching(/Z$/),
      options: [
        {
          choice: 'enter',
          cash: expect.any(String),
          risk: expect.any(String),
          atStop: expect.stringMatching(/^-/),
          atTarget: expect.any(String),
        },
        { choice: 'decline', cash: '0.0000', risk: '0.0000', atStop: '0.0000', atTarget: '0.0000' },
      ],
    });
    expect(ledger('first', 'question_settled')).toHaveLength(total.asked);
    expect(ledger('first', 'request_refused')).toMatchObject([{ reason: 'too_late', by: 'operator' }]);
    expect(catalyst(['replay', '--journal', join(work, 'first')]).code).toBe(0);
  });

  test('gives the same journal again; a table for people ends with the questions', { timeout: 60_000 }, () => {
    const hash = summaryIn(supervised('second', '--operator', script).out)?.journalHash;
    const args = [...day(join(work, 'second')), '--mode', 'supervised', '--operator', script].filter((arg) => arg !== '--json');
    const { out } = catalyst(args);
    expect(out).toContain(`Journal hash ${hash}.`);
    expect(out).toMatch(/\d+ questions: \d+ answered \(\d+ against the recommendation\), \d+ expired, \d+ withdrawn; 1 answers refused\./);
    expect(catalyst(['replay', '--journal', join(work, 'first')]).out).toContain('same');
    expect(ledger('second', 'question_settled')).toEqual(ledger('first', 'question_settled'));
  });
});

describe('nothing begins that could not be answered', () => {
  test.each<readonly [what: string, more: readonly string[], code: number, says: string]>([
    ['no script and no terminal', [], 2, 'run it in a terminal, or give a script with --operator <file>'],
    ['two who decide', ['--mode', 'autonomous'], 2, 'It cannot be supervised and autonomous at once.'],
    ['a mode that is none', ['--mode', 'relaxed'], 2, 'Expected one of normal, aggressive, conservative, autonomous, supervised.'],
    ['a script that is not there', ['--operator', join(work, 'none.json')], 3, 'none.json: the file cannot be read (ENOENT)'],
  ])('%s', (_, more, code, says) => {
    const ran = supervised('never', ...more);
    expect(ran.code).toBe(code);
    expect(ran.err).toContain(says);
    expect(catalyst(['verify', '--journal', join(work, 'never')]).code).toBe(1);
  });

  test('a script for an autonomous day', () => {
    const ran = catalyst([...day(join(work, 'never')), '--operator', script]);
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('with --mode supervised only')]);
  });

  test('a script with a mistake, with its place', () => {
    const bad = join(work, 'bad.json');
    writeFileSync(bad, example.replace('"silence"', '"quiet"'));
    const ran = supervised('never', '--operator', bad);
    expect([ran.code, ran.err]).toEqual([3, expect.stringContaining('bad.json: rules[1].answer must be one of recommended, silence')]);
  });
});

test('a simulated day is answered by a script, too', { timeout: 60_000 }, () => {
  const args = ['start', '--speed', 'max', '--symbols', '60', '--seed', '6', '--mode', 'supervised', '--operator', script];
  const ran = catalyst([...args, '--journal', join(work, 'started')]);
  expect(ran.code).toBe(0);
  expect(ran.out).toMatch(/asked {4}\d+: entry \w+, recommended enter/);
  expect(ran.out).toMatch(/(answered|expired  )\d*/);
});
