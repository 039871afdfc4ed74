import { describe, expect, test } from 'vitest';
import type { CashActivity } from '#domain/brokerage/broker-order';
import type { Limits } from '#domain/risk/limits';
import { defaultSettings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import { ticker } from '#domain/values/symbol';
import { riskManager } from '#production/risk-manager/risk-manager';
import { Alone, opened } from '../one-service.js';
import { parts, quiet, working } from './held.js';
import { now, opening, Script } from './script.js';

const CAPITAL = 2_000_000_000;

/** A book that has begun with the broker's own cash, and has been compared. */
function begun(limits: Partial<Limits> = {}): Script {
  const script = new Script();
  script.record({
    kind: 'run_started',
    settings: { ...defaultSettings, capital: cash(CAPITAL), limits: { ...defaultSettings.limits, ...limits } },
    source: 'simulated_market',
    version: 'test',
  });
  has(script, CAPITAL);
  script.execution.start(script.now);
  script.news({ kind: 'line_ready' });
  quiet(script);
  return script;
}

function has(script: Script, money: number): void {
  script.world.account = { ...script.world.account, cash: cash(money), equity: cash(money) };
}

let rows = 0;
const row = (script: Script, amount: number, changes: Partial<CashActivity> = {}): CashActivity => ({
  id: `row-${++rows}`,
  cause: 'dividend',
  ticker: ticker('AAA'),
  amount: cash(amount),
  at: script.now,
  said: 'DIV',
  ...changes,
});

/** Money that the broker books, with its row. */
function books(script: Script, amount: number, changes: Partial<CashActivity> = {}): void {
  script.world.activities.push(row(script, amount, changes));
  has(script, script.world.account.cash + amount);
}

const cashOf = (script: Script): number =>
  script.journal.reduce((sum, { event }) => sum + (event.kind === 'cash_moved' ? event.amount : 0), CAPITAL);

describe('D9: cash that the broker moves', () => {
  test.each([
    ['a cent', CAPITAL + 100, []],
    ['less than a thousandth', CAPITAL + 1_900_000, []],
    ['more than that', CAPITAL + 3_000_000, ['difference cash 2000000000 2003000000']],
  ])('D9: cash that differs by more than its slack is told once: %s', (_, theirs, said) => {
    const script = begun();
    has(script, theirs);
    script.wait(200_000);
    expect(script.takeSaid()).toEqual(said);
  });

  test('D9: is taken over with its reason, once, also across a restart', () => {
    const script = begun();
    script.wait(10_000);
    books(script, 50_000_000);
    books(script, -7_500, { cause: 'fee', ticker: null, said: 'FEE' });
    script.wait(200_000);
    expect(script.takeSaid()).toEqual(['cash 5000 (dividend)', 'cash -0.75 (fee)']);
    const told = script.journal.flatMap(({ event }) => (event.kind === 'cash_moved' ? [[event.symbol, event.detail]] : []));
    expect(told).toEqual([
      [0, 'DIV'],
      [null, 'FEE'],
    ]);
    const again = Script.again(script);
    has(again, again.world.account.cash + 50_000_000);
    again.execution.start(again.now);
    again.news({ kind: 'line_ready' });
    again.wait(130_000);
    // The same row explains nothing twice: the same money again is a difference.
    expect(again.takeSaid().filter((said) => !said.startsWith('line'))).toEqual(['difference cash 2049992500 2099992500']);
  });

  test.each([
    ['taken out', -9_000_000],
    ['paid in', 9_000_000],
  ])('D9: money that is %s looks like a loss at no time', (_, amount) => {
    const script = begun({ lossTodayMax: cash(5_000_000) });
    script.wait(10_000);
    books(script, amount, { cause: 'transfer', ticker: null, said: 'CSW' });
    script.wait(130_000);
    const risk = new Alone(riskManager());
    const said = script.journal.flatMap(({ event, at }) => [
      ...risk.sees(event, at),
      ...(event.kind === 'run_started' ? risk.sees(opened(2), at) : []),
    ]);
    expect(said.filter(({ kind }) => kind === 'halt_ordered' || kind === 'loss_warned')).toEqual([]);
    expect(script.journal.findLast(({ event }) => event.kind === 'account_reported')?.event).toMatchObject({ cash: CAPITAL + amount });
  });

  test('D9: leaves only the rest as a difference', () => {
    const script = begun();
    script.wait(10_000);
    books(script, 10_000_000, { cause: 'interest', said: 'INT' });
    has(script, script.world.account.cash - 4_000_000);
    script.wait(200_000);
    expect(script.takeSaid()).toEqual(['cash 1000 (interest)', 'difference cash 2010000000 2006000000']);
  });

  test('D9: drifts by less than the slack, and is taken over all the same', () => {
    const script = begun();
    for (let day = 0; day < 40; day++) {
      script.wait(61_000);
      books(script, -100_000, { cause: 'fee', said: 'FEE' });
    }
    script.wait(61_000);
    expect(script.takeSaid()).toEqual(Array(40).fill('cash -10 (fee)'));
    expect(cashOf(script)).toBe(script.world.account.cash);
  });

  test('D9: a tax that is withheld goes with its dividend, in whatever order the two stand', () => {
    const script = begun();
    script.wait(10_000);
    books(script, -1_500_000, { said: 'DIVNRA' });
    books(script, 10_000_000);
    script.wait(61_000);
    expect(script.takeSaid()).toEqual(['cash 1000 (dividend)', 'cash -150 (dividend)']);
  });

  test('D9: a fee that the book has charged itself does not count twice', () => {
    const script = begun();
    script.wait(10_000);
    script.world.activities.push(row(script, -5_000_000, { cause: 'fee', said: 'FEE' }));
    has(script, CAPITAL + 400);
    script.wait(200_000);
    expect(script.takeSaid()).toEqual([]);
  });

  test('D9: a row of before the book began, or of before both were the same, explains nothing', () => {
    const script = begun();
    script.world.activities.push(row(script, 5_000_000, { at: instant(opening - 60_000) }));
    script.wait(1_000);
    script.world.activities.push(row(script, 5_000_000));
    script.wait(400_000);
    has(script, CAPITAL + 5_000_000);
    script.wait(61_000);
    expect(script.takeSaid()).toEqual(['difference cash 2000000000 2005000000']);
  });

  test('D9: nothing is judged by a reading after which something has filled', () => {
    const script = working(begun());
    script.wait(10_000);
    books(script, 400);
    script.looks = (ask) => (ask.kind === 'list_cash_activities' ? null : script.look(ask));
    script.wait(61_000);
    const { entry } = parts(script);
    script.told(now(entry, { status: 'filled', filled: 200 }), script.fill(entry, 200));
    script.world.positions = [script.position(200, 0)];
    has(script, script.world.account.cash - 200_000_000);
    script.looks = null;
    script.drain();
    script.wait(130_000);
    expect(script.takeSaid().filter((said) => /^(cash|difference)/.test(said))).toEqual(['cash 0.04 (dividend)']);
  });

  test('D9: a list that comes late is not held against a newer reading', () => {
    const script = begun();
    script.looks = (ask) => (ask.kind === 'list_cash_activities' ? null : script.look(ask));
    script.wait(10_000);
    has(script, CAPITAL + 400);
    script.wait(61_000);
    books(script, -5_000_000, { cause: 'transfer', ticker: null, said: 'CSW' });
    script.wait(61_000);
    script.answer('list_cash_activities', { kind: 'cash_activities', activities: [] });
    expect(script.takeSaid()).toEqual([]);
    expect(script.journal.filter(({ event }) => event.kind === 'account_reported').at(-1)?.event).toMatchObject({ cash: CAPITAL + 400 });
    script.looks = null;
    script.drain();
    script.wait(61_000);
    expect(script.takeSaid()).toEqual(['cash -500 (transfer)']);
  });

  test('D9: a list that cannot be read explains nothing, and what it would have explained is made good', () => {
    const script = begun();
    script.looks = (ask) => (ask.kind === 'list_cash_activities' ? { kind: 'ambiguous', why: 'timeout', said: '' } : script.look(ask));
    script.wait(10_000);
    books(script, 5_000_000);
    script.wait(61_000);
    expect(script.takeSaid()).toEqual(['difference cash 2000000000 2005000000']);
    script.looks = null;
    script.wait(61_000);
    expect(script.takeSaid()).toEqual(['cash 500 (dividend)']);
  });
});
