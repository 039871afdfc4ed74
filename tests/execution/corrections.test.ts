import { describe, expect, test } from 'vitest';
import type { Execution as Fill } from '#domain/brokerage/broker-order';
import { defaultSettings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { DAY_MS, instant } from '#domain/values/instant';
import { held, parts, quiet, working } from './held.js';
import { clientId, e4, now, Script } from './script.js';

/** 200 shares at 100.00 are held, and the broker has another word on that trade. */
function corrected(terms: { readonly shares?: number; readonly dollars?: number }): Script {
  const script = held();
  script.world.executions.push(correctionOf(script, terms));
  return script;
}

function correctionOf(script: Script, { shares = 200, dollars = 100 }: { shares?: number; dollars?: number }): Fill {
  const traded = script.fill(parts(script).entry, 200);
  return { ...traded, id: `corrected-${shares}-${dollars}`, shares, cumulative: shares, price: e4(dollars), corrects: traded.id };
}

const again = (before: Script): Script => {
  const script = Script.again(before);
  script.execution.start(script.now);
  script.news({ kind: 'line_ready' });
  quiet(script);
  return script;
};

describe('D10: a trade that is corrected', () => {
  test('D10: has another price: the money is taken over once, also across a restart', () => {
    const script = corrected({ dollars: 101 });
    script.wait(200_000);
    expect(script.takeSaid()).toEqual(['cash -200 (correction)']);
    const restarted = again(script);
    restarted.wait(200_000);
    expect(restarted.journal.filter(({ event }) => event.kind === 'cash_moved')).toHaveLength(1);
  });

  test('D10: was made before a long weekend', () => {
    const script = held();
    const [traded] = script.world.executions;
    if (traded === undefined) throw new Error('nothing was traded');
    script.world.executions = [
      { ...traded, at: instant(script.now - 3.9 * DAY_MS) },
      { ...correctionOf(script, { shares: 150, dollars: 101 }) },
    ];
    script.world.positions = [script.position(150, 0)];
    script.wait(140_000);
    expect(script.takeSaid()).toEqual(expect.arrayContaining(['cash -200 (correction)', 'adjusted -50 at 101 (correction)']));
  });

  test('D10: has fewer shares at another price', () => {
    const script = corrected({ shares: 150, dollars: 101 });
    script.world.positions = [script.position(150, 0)];
    script.wait(140_000);
    // 50 shares of 200 given back at 101, and the 200 a dollar dearer: 150 at 101.
    expect(script.takeSaid()).toEqual([
      'cash -200 (correction)',
      'difference shares 200 150',
      'quarantined 0',
      'adjusted -50 at 101 (correction)',
    ]);
  });

  /** 150 of 200 shares were bought and the rest was cancelled; by another word on that trade it was 180, at 101. */
  function grown(): Script {
    const script = held(150);
    const { entry, target, stop } = parts(script);
    const traded = script.fill(entry, 150);
    for (const leg of [target, stop]) script.told(now(leg, { status: 'canceled' }));
    script.told(now(parts(script).entry, { status: 'canceled', filled: 150 }, 5));
    quiet(script);
    script.world.executions.push({ ...traded, id: 'corrected', shares: 180, cumulative: 180, price: e4(101), corrects: traded.id });
    script.world.positions = [script.position(180)];
    return script;
  }

  /** The order itself counts the corrected shares. */
  function counts(script: Script, shares: number): void {
    const { entry } = parts(script);
    script.told(now(entry, { filled: shares }, 10));
  }

  const leaves = (script: Script): readonly string[] => {
    script.act({ orders: [[script.exit(180)]] });
    script.wait(5_000);
    return script.takeSent();
  };

  test('D10: has more shares, which its order counts as well: what is held can be sold', () => {
    const script = grown();
    counts(script, 180);
    script.wait(140_000);
    const said = script.takeSaid().filter((word) => !word.startsWith('uncovered'));
    expect(said).toEqual(['filled entry 30 at 101', 'cash -150 (correction)']);
    expect(leaves(script)).toEqual([expect.stringContaining('sell 180 at market')]);
  });

  test.each([['in the same process'], ['after a restart']])('D10: has more shares, which its order counts only later, %s', (when) => {
    let script = grown();
    script.wait(140_000);
    expect(script.takeSaid()).toContain('adjusted 30 at 101 (correction)');
    if (when === 'after a restart') {
      counts(script, 180);
      script = again(script);
    } else counts(script, 180);
    script.wait(140_000);
    expect(script.takeSaid().filter((said) => /^(filled|difference|adjusted)/.test(said))).toEqual([]);
    expect(leaves(script)).toEqual([expect.stringContaining('sell 180 at market')]);
  });

  test('D10: is found again by a restart before its shares were taken over, and explains them once', () => {
    const script = corrected({ shares: 150 });
    script.wait(61_000);
    script.world.positions = [script.position(150, 0)];
    const restarted = again(script);
    restarted.wait(140_000);
    expect(restarted.takeSaid()).toContain('adjusted -50 at 100 (correction)');
    const later = again(restarted);
    later.world.positions = [later.position(100, 0)];
    later.wait(140_000);
    expect(later.takeSaid()).toContain('adjusted -50 (external_trade)');
  });

  test('D10: explains its own number of shares only, and only once', () => {
    const script = corrected({ shares: 150 });
    script.world.positions = [script.position(150, 0)];
    script.wait(140_000);
    expect(script.takeSaid()).toContain('adjusted -50 at 100 (correction)');
    script.world.positions = [script.position(100, 0)];
    script.wait(140_000);
    expect(script.takeSaid()).toContain('adjusted -50 (external_trade)');
    const other = corrected({ shares: 150 });
    other.world.positions = [other.position(120, 0)];
    other.wait(140_000);
    expect(other.takeSaid()).toContain('adjusted -80 (external_trade)');
  });

  test('D10: whose first terms are in no list is the trade', () => {
    const script = working();
    const { entry } = parts(script);
    script.told(now(entry, { status: 'filled', filled: 200 }));
    script.world.executions.push({ ...correctionOf(script, { dollars: 101 }), corrects: 'gone' });
    script.world.positions = [script.position(200, 0)];
    script.wait(70_000);
    expect(script.takeSaid()).toContain('filled entry 200 at 101');
    expect(script.execution.report().quarantined).toEqual([]);
  });

  test('D10: before the book began is in what it began with', () => {
    const script = new Script();
    const before = instant(script.now - 60_000);
    const traded = { ...script.fill(script.view({ clientId: clientId('entry'), side: 'buy' }), 200), at: before };
    script.world.executions.push(traded, { ...traded, id: 'corrected', price: e4(101), corrects: traded.id });
    script.record({ kind: 'run_started', settings: defaultSettings, source: 'simulated_market', version: 'test' });
    script.execution.start(script.now);
    script.news({ kind: 'line_ready' });
    script.wait(130_000);
    expect(script.takeSaid().filter((said) => said.startsWith('cash'))).toEqual([]);
  });

  test('D10: is looked for again when the list could not be read', () => {
    const script = corrected({ dollars: 99 });
    let reads = 0;
    script.looks = (ask) =>
      ask.kind === 'list_executions' && ++reads === 2 ? { kind: 'ambiguous', why: 'timeout', said: '' } : script.look(ask);
    script.wait(61_000);
    expect(script.takeSaid()).toEqual([]);
    script.wait(61_000);
    expect(script.takeSaid()).toEqual(['cash 200 (correction)']);
  });

  test('D9, D10: what the broker said of the account is told anew, so that the money does not count twice', () => {
    const script = new Script();
    const settings = { ...defaultSettings, capital: cash(2_000_000_000) };
    script.record({ kind: 'run_started', settings, source: 'simulated_market', version: 'test' });
    script.execution.start(script.now);
    script.news({ kind: 'line_ready' });
    working(script);
    const { entry } = parts(script);
    script.told(now(entry, { status: 'filled', filled: 200 }), script.fill(entry, 200));
    script.world.positions = [script.position(200, 0)];
    script.world.executions.push(correctionOf(script, { dollars: 101 }));
    script.world.account = { ...script.world.account, cash: cash(1_798_000_000), equity: cash(1_998_000_000) };
    script.wait(200_000);
    const kinds = script.journal.map(({ event }) => event.kind);
    expect(kinds.lastIndexOf('account_reported')).toBe(kinds.indexOf('cash_moved') + 1);
    expect(script.takeSaid().filter((said) => said.startsWith('difference'))).toEqual([]);
  });
});
