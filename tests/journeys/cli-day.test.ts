import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeEntries } from '#engine/journal/reader';
import { catalyst, objects, type Ran, sessionLines, summaryIn } from './catalyst.js';
import { type MadeSession, madeSessions, newFolder, writeHeadlines, writeSessions } from './made-data.js';

const work = newFolder('cli-day');
const data = join(work, 'bars');
const journal = join(work, 'journal');
const news = join(work, 'good-news.csv');
/** Eight sessions; the last is the half day before Independence Day. */
const [from, to] = ['2019-06-24', '2019-07-03'];
const range = ['--from', from, '--to', to] as const;
const day = (...more: readonly string[]): Ran => catalyst(['day', ...range, '--news', news, '--json', ...more]);
const ledger = (folder: string) => objects(catalyst(['ledger', '--journal', folder, '--json']).out);
const money = /^-?\d+\.\d{4}$/;

let made: readonly MadeSession[] = [];
let first: Ran = { code: null, out: '', err: '' };

beforeAll(async () => {
  made = await madeSessions({ seed: 11, symbols: 12, from, count: 8 });
  writeSessions(data, made);
  writeHeadlines(news, made);
  first = day('--data', data, '--journal', journal);
}, 60_000);

describe('catalyst day --json', () => {
  test('prints an object a session and a summary', () => {
    expect(first.err).toBe('catalyst: 36 headlines read, 36 of them in the range\n');
    expect(first.code).toBe(0);
    expect(sessionLines(first.out).map(({ session }) => session)).toEqual(made.map(({ session }) => session.date));
    const rows = made.reduce((sum, session) => sum + session.rows.length, 0);
    expect(summaryIn(first.out)).toMatchObject({ sessions: 8, bars: rows, journalHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    for (const line of sessionLines(first.out)) {
      for (const field of ['pnl', 'fees', 'equity']) expect(line[field]).toMatch(money);
      expect(line).toMatchObject({ complete: true, halted: false, stateHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    }
    expect(sessionLines(first.out).reduce((sum, { trades }) => sum + Number(trades), 0)).toBeGreaterThan(1);
  });

  test('a funnel narrows at each stage, and what is judged is what was wanted', () => {
    for (const { session, funnel, intentsTotal, approved, refused } of sessionLines(first.out)) {
      const { universe, scanned, catalyst: confirmed, technical, pattern, intents } = funnel as Record<string, number>;
      const stages = [universe, scanned, confirmed, technical, pattern, intents] as number[];
      expect(stages, String(session)).toEqual([...stages].sort((a, b) => b - a));
      const no = (refused as { count: number }[]).reduce((sum, { count }) => sum + count, 0);
      expect(Number(approved) + no).toBe(intentsTotal);
    }
  });

  test('the first five sessions only teach: nobody is a candidate without a history', () => {
    expect(
      sessionLines(first.out)
        .slice(0, 5)
        .map(({ funnel }) => (funnel as { scanned: number }).scanned),
    ).toEqual([0, 0, 0, 0, 0]);
    expect(
      sessionLines(first.out)
        .slice(5)
        .every(({ funnel }) => (funnel as { scanned: number }).scanned > 0),
    ).toBe(true);
  });

  test('the table says so, and that nothing is known by its name', () => {
    const { out } = catalyst(['day', ...range, '--news', news, '--data', data]);
    const rows = out.split('\n').filter((line) => /^2019/.test(line));
    expect(rows.map((row) => /learning: \d of 5/.exec(row)?.[0] ?? '')).toEqual([
      ...[0, 1, 2, 3, 4].map((earlier) => `learning: ${earlier} of 5`),
      '',
      '',
      '',
    ]);
    expect(rows.at(-1)).toContain('12 symbols without a company name (--names)');
  });

  test('headlines of another time are told, with the time that they speak of; so is history that lies there unused', () => {
    const early = catalyst(['day', '--from', from, '--to', from, '--news', news, '--data', data]).err;
    expect(early).toContain('36 headlines read, 0 of them in the range; what counts as a catalyst is a surge');
    expect(early).toContain(
      `${news}: none of 36 headlines is in the range; the first became known 2019-07-01T12:30:00Z, the last 2019-07-03T12:30:00Z`,
    );
    const unused = /earlier sessions lie there unused/;
    const late = ['--from', '2019-06-25', '--to', to, '--data', data];
    expect(catalyst(['day', ...late]).err).toMatch(unused);
    expect(catalyst(['day', ...late, '--history', '0']).err).not.toMatch(unused);
  });

  test('E3: the half day closes at 13:00 in New York: no entry after 12:30, no fill after 13:00, flat', () => {
    const last = ledger(journal).filter(({ at }) => String(at).startsWith('2019-07-03'));
    const entries = last.filter(({ kind, entry }) => kind === 'order' && entry === true);
    const fills = last.filter(({ kind }) => kind === 'fill');
    expect(entries.length).toBeGreaterThan(0);
    for (const { at } of entries) expect(String(at) < '2019-07-03T16:30:00Z').toBe(true);
    for (const { bar } of fills) expect(String(bar) < '2019-07-03T17:00:00Z').toBe(true);
    expect(last.at(-1)).toMatchObject({ kind: 'session_closed', complete: true, at: '2019-07-03T17:00:00Z' });
  });

  test('a second process comes to the same lines and the same hashes', () => {
    const other = join(work, 'again');
    const again = day('--data', data, '--journal', other);
    expect(sessionLines(again.out)).toEqual(sessionLines(first.out));
    expect(summaryIn(again.out)?.journalHash).toBe(summaryIn(first.out)?.journalHash);
    expect(ledger(other)).toEqual(ledger(journal));
  });

  test('without --json people get a table and the size of the sample', () => {
    const { code, out } = catalyst(['day', ...range, '--data', data, '--news', news]);
    expect(code).toBe(0);
    expect(out).toContain('universe');
    expect(out).toMatch(/8 sessions: \d+ trades/);
    expect(out).toContain('too few trades');
  });
});

describe('the journal', () => {
  test('the ledger has a line for each order and fill, with money as text and what the day reported', () => {
    const lines = ledger(journal);
    const fills = lines.filter(({ kind }) => kind === 'fill');
    for (const { price, fees } of fills) expect([price, fees]).toEqual([expect.stringMatching(money), expect.stringMatching(money)]);
    for (const line of lines.filter(({ entry }) => entry === true)) {
      expect(line).toMatchObject({
        stop: expect.stringMatching(money),
        target: expect.stringMatching(money),
        risk: expect.stringMatching(money),
      });
    }
    const closed = lines.filter(({ kind }) => kind === 'session_closed');
    expect(closed.map(({ pnl, equity }) => [pnl, equity])).toEqual(sessionLines(first.out).map(({ pnl, equity }) => [pnl, equity]));
    const seqs = lines.map(({ seq }) => Number(seq));
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  });

  test('replay makes every decision again', () => {
    const { code, out } = catalyst(['replay', '--journal', journal, '--json']);
    expect(code).toBe(0);
    expect(objects(out)[0]).toMatchObject({
      same: true,
      torn: false,
      sessions: 8,
      stateHash: sessionLines(first.out).at(-1)?.['stateHash'],
    });
  });

  test('G7: verify finds it whole, and not after one byte has changed anywhere', () => {
    expect(catalyst(['verify', '--journal', journal]).code).toBe(0);
    for (const share of [0.05, 0.5, 0.95]) {
      const spoiled = join(work, `spoiled-${share}`);
      cpSync(journal, spoiled, { recursive: true });
      const [name] = readdirSync(spoiled).filter((file) => file.endsWith('.journal'));
      const file = join(spoiled, name ?? '');
      const bytes = readFileSync(file);
      const at = Math.floor(bytes.length * share);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(file, bytes);
      const { code, err } = catalyst(['verify', '--journal', spoiled]);
      expect(code).toBe(1);
      expect(err).toMatch(/^catalyst: .*\n$/);
      expect(catalyst(['replay', '--journal', spoiled]).code).toBe(1);
    }
  });

  test('a finished journal is checked by the same run again, and by a run of other settings refused with a hint', () => {
    const copy = join(work, 'continued');
    cpSync(journal, copy, { recursive: true });
    const again = day('--data', data, '--journal', copy);
    expect(again.code).toBe(0);
    expect(again.err).toContain('a journal is there');
    expect(sessionLines(again.out)).toEqual(sessionLines(first.out));
    const other = day('--data', data, '--journal', copy, '--capital', '50000');
    expect(other.code).toBe(4);
    expect(other.err).toContain('use another folder');
    expect(other.err).not.toMatch(/\n\s+at /);
  });
});

describe('what the world does', () => {
  test('data that end at 11:05 end the day flat, and it says so', () => {
    const cut = writeSessions(join(work, 'early'), made, ({ time }) => time < '2019-07-03T15:05:00Z');
    const folder = join(work, 'early-journal');
    const line = sessionLines(day('--data', cut, '--journal', folder).out).at(-1);
    expect(line).toMatchObject({ session: to, complete: false, lastBar: '2019-07-03T15:04:00Z' });
    expect(held(folder)).toEqual([]);
    expect(catalyst(['day', ...range, '--data', cut]).out).toContain('data end early, last bar 2019-07-03T15:04:00Z');
  });

  test('a name that stops trading with our shares in it is closed at its last close and flagged no_market', () => {
    const entry = ledger(journal).find(({ kind, side }) => kind === 'fill' && side === 'buy');
    const [symbol, bar] = [String(entry?.['symbol']), String(entry?.['bar'])];
    const session = bar.slice(0, 10);
    const stopped = writeSessions(
      join(work, 'stopped'),
      made,
      (row) => row.symbol !== symbol || row.time <= bar || !row.time.startsWith(session),
    );
    const folder = join(work, 'stopped-journal');
    const line = sessionLines(day('--data', stopped, '--journal', folder).out).find((one) => one['session'] === session);
    expect(line).toMatchObject({ noMarket: 1, complete: true });
    const closing = ledger(folder).filter((one) => one['symbol'] === symbol && one['kind'] === 'fill' && one['side'] === 'sell');
    const close = made
      .flatMap(({ rows }) => rows)
      .find((row) => row.symbol === symbol && row.time === bar)
      ?.line.split(',')[5];
    expect(closing[0]).toMatchObject({ flags: ['no_market'], price: close, bar });
  });

  test('a headline with a date and no time is known from the next session on', () => {
    const symbol = made[0]?.rows[0]?.symbol ?? '';
    const dated = join(work, 'dated.csv');
    writeFileSync(dated, `date,symbol,headline\n2019-07-01,${symbol},${symbol} beats quarterly earnings estimates\n`);
    const folder = join(work, 'news-journal');
    const { code, out } = catalyst(['day', ...range, '--json', '--data', data, '--news', dated, '--journal', folder]);
    expect(code).toBe(0);
    const counts = sessionLines(out).map(({ session, headlines }) => [session, headlines]);
    expect(counts.filter(([, headlines]) => headlines !== 0)).toEqual([['2019-07-02', 1]]);
    const [told] = [...decodeEntries(folder, { kinds: ['headline_published'] })];
    expect(told?.at).toBe(Date.UTC(2019, 6, 2, 8, 0));
  });
});

describe('what cannot be done ends in one clear line', () => {
  const empty = join(work, 'empty');
  mkdirSync(empty);
  const cases: readonly (readonly [what: string, code: number, args: readonly string[], says: RegExp])[] = [
    ['a missing folder of data', 3, ['day', ...range, '--data', join(work, 'nothing-here')], /nothing-here/],
    ['an empty folder of data', 3, ['day', ...range, '--data', empty], /\.csv/],
    ['a range without sessions', 3, ['day', '--from', '2001-01-02', '--to', '2001-01-03', '--data', data], /no session/],
    ['missing headlines', 3, ['day', ...range, '--data', data, '--news', join(work, 'no-news.csv')], /no-news\.csv/],
    ['a date that is none', 2, ['day', '--from', '2019-02-30', '--to', to, '--data', data], /2019-02-30/],
    ['an unknown command', 2, ['trade'], /trade/],
    ['a journal that is not there', 1, ['verify', '--journal', empty], /no journal/],
  ];
  test.each(cases)('%s: exit code %i', (_, code, args, says) => {
    const ran = catalyst(args);
    expect(ran.code).toBe(code);
    expect(ran.err).toMatch(says);
    expect(ran.err).not.toMatch(/\n\s+at /);
    if (code !== 2) expect(ran.err.trimEnd().split('\n')).toHaveLength(1);
  });

  test.each([['day'], ['start'], ['ledger']])('catalyst %s --help shows an example', (command) => {
    const { code, out } = catalyst([command, '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/Examples?:\n {2}catalyst /);
  });
});

/** Symbols in which shares are left after all fills of a journal. */
function held(folder: string): readonly string[] {
  const shares = new Map<string, number>();
  for (const { kind, symbol, side, shares: count } of ledger(folder)) {
    if (kind !== 'fill') continue;
    shares.set(String(symbol), (shares.get(String(symbol)) ?? 0) + (side === 'buy' ? Number(count) : -Number(count)));
  }
  return [...shares].filter(([, left]) => left !== 0).map(([symbol]) => symbol);
}
