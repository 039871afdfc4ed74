import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { emptyDirectory, writeSample } from '#engine/journal/testing/sample-journal';
import { eagerJournal } from '../reporting/reported-days.js';
import { catalyst, objects } from './catalyst.js';

let journal = '';
let ledger: readonly Readonly<Record<string, unknown>>[] = [];

beforeAll(async () => {
  journal = await eagerJournal(2);
  ledger = objects(catalyst(['ledger', '--journal', journal, '--json']).out);
}, 300_000);

const report = (...args: readonly string[]) => catalyst(['report', '--journal', journal, ...args]);
const closedIn = () => ledger.filter(({ kind }) => kind === 'position_closed');
const centsOf = (text: unknown): number => Math.round(Number(text) * 100);
type Told = { readonly name: string; readonly value: unknown; readonly n: number };
type Document = {
  readonly reality: string;
  readonly whole: { readonly metrics: readonly Told[]; readonly account: readonly Told[] };
  readonly days: readonly { readonly date: string; readonly equity: string; readonly pnl: string }[];
  readonly trades: readonly { readonly id: string; readonly pnl: string }[];
  readonly groups: Readonly<Record<string, readonly { readonly trades: readonly string[] }[]>>;
};

test('what is reported is what the ledger tells, to the cent', () => {
  const { out, code } = report('--json');
  expect(code).toBe(0);
  const document = JSON.parse(out) as Document;
  const pnl = closedIn().reduce((sum, line) => sum + centsOf(line['pnl']), 0);
  expect(document.trades).toHaveLength(closedIn().length);
  expect(document.trades.reduce((sum, trade) => sum + centsOf(trade.pnl), 0)).toBe(pnl);
  expect(document.whole.metrics.find(({ name }) => name === 'net_pnl')).toMatchObject({ n: closedIn().length });
  expect(centsOf(document.whole.account.find(({ name }) => name === 'day_pnl')?.value)).toBe(pnl);
  const closes = ledger.filter(({ kind }) => kind === 'session_closed');
  expect(document.days.map(({ date, equity, pnl: made }) => [date, equity, made])).toEqual(
    closes.map((line) => [line['session'], line['cash'], line['pnl']]),
  );
  const ids = document.trades.map(({ id }) => id).toSorted();
  for (const groups of Object.values(document.groups)) expect(groups.flatMap(({ trades }) => trades).toSorted()).toEqual(ids);
});

test('the terminal says first that it is simulated, and that so few trades say nothing', () => {
  const { out } = report('--by', 'hour', '--period', 'day');
  expect(out.startsWith('SIMULATED')).toBe(true);
  expect(out).toContain('are too few to say anything about the strategy');
  expect(out).toContain('By hour of the decision');
  expect(out).not.toContain('By pattern');
  expect(out).toMatch(/win rate +at least 60 % .*(met|cannot be said yet)/);
});

test('a trade opens by its name, and one that there is not is told', () => {
  const [first] = closedIn();
  const { out } = report('--trade', String(first?.['intent']));
  expect(out).toContain(`${String(first?.['symbol'])} long`);
  expect(out).toMatch(/ {2}fill +\d{4}-\d\d-\d\dT.* buy /);
  expect(report('--trade', '1')).toMatchObject({ code: 3, out: '' });
});

test('files are written beside what is shown', () => {
  const folder = mkdtempSync(join(tmpdir(), 'catalyst-report-'));
  const [csv, html] = [join(folder, 'trades.csv'), join(folder, 'report.html')];
  expect(report('--csv', csv, '--html', html, '--period', 'week').code).toBe(0);
  const rows = readFileSync(csv, 'utf8').split('\r\n');
  expect(rows).toHaveLength(closedIn().length + 2);
  expect(rows[1]).toContain('SIMULATED');
  expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  expect(report('--html', join(folder, 'none', 'report.html')).code).toBe(3);
});

test.each<readonly [what: string, args: readonly string[], code: number, says: string]>([
  ['no such stage', ['--stage', '5'], 2, 'Expected a stage'],
  ['no such period', ['--period', 'year'], 2, 'Allowed choices are day, week, month, all'],
  ['no broker in a simulated run', ['--reconcile'], 3, 'has no account at a broker'],
])('%s', (_, args, code, says) => {
  const ran = report(...args);
  expect([ran.code, ran.out]).toEqual([code, '']);
  expect(ran.err).toContain(says);
});

test('dates without a session, a journal without a run, and one that is missing', () => {
  expect(report('--from', '2019-01-01').out).toContain('No session of the journal lies in these dates.');
  const backwards = report('--from', '2019-01-02', '--to', '2019-01-01');
  expect(backwards).toMatchObject({ code: 2, out: '' });
  expect(backwards.err).toContain('--from 2019-01-02 is after --to 2019-01-01');
  const empty = emptyDirectory();
  writeSample(empty);
  expect(catalyst(['report', '--journal', empty])).toMatchObject({ code: 3, out: '' });
  expect(catalyst(['report', '--journal', join(empty, 'none')])).toMatchObject({ code: 1, out: '' });
});
