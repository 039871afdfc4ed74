import { describe, expect, test } from 'vitest';
import { cash } from '#domain/values/cash';
import { bare, held, parts, quiet, working } from './held.js';
import { ambiguous, clientId, e4, now, Script } from './script.js';

const differences = (script: Script): readonly string[] =>
  script.takeSaid().filter((said) => /^(difference|adjusted|quarantined)/.test(said));
const readAgain = (script: Script): void => script.news({ kind: 'line_ready' });

/** A sale at the market of 200 shares that fills in parts of ten; the list of positions lags by one of them. */
function selling(): { readonly script: Script; readonly sell: (sold: number) => void } {
  const script = bare();
  script.act({ orders: [[script.exit(200)]] });
  const exit = script.view({ clientId: clientId('exit-1') });
  script.answer('submit_exit', { kind: 'order', order: exit });
  quiet(script);
  const sell = (sold: number): void => {
    script.told(now(exit, { status: 'partially_filled', filled: sold }, sold), script.fill(exit, 10, { cumulative: sold }));
    script.world.positions = [script.position(210 - sold)];
  };
  return { script, sell };
}

describe('nothing is judged', () => {
  test('by a reading in the middle of which something has filled', () => {
    const script = held(120);
    const { entry } = parts(script);
    script.looks = (ask) => (ask.kind === 'list_positions' ? null : script.look(ask));
    readAgain(script);
    script.wait(900);
    script.told(now(entry, { status: 'filled', filled: 200 }), script.fill(entry, 80, { cumulative: 200 }));
    script.looks = null;
    script.drain();
    // The list lags ten seconds behind that fill.
    script.wait(10_050);
    script.world.positions = [script.position(200)];
    script.wait(120_000);
    expect(differences(script)).toEqual([]);
  });

  test('while an order is on its way and nobody has answered', () => {
    const script = Script.ready();
    script.act({ orders: [script.bracket()] });
    script.world.positions = [script.position(200)];
    readAgain(script);
    script.wait(39_000);
    expect(differences(script)).toEqual([]);
  });

  test('while executions are known to be missing', () => {
    const script = working();
    const { entry } = parts(script);
    const filled = now(entry, { status: 'filled', filled: 200 });
    script.told(filled);
    script.world.positions = [script.position(200)];
    script.wait(39_000);
    expect(differences(script)).toEqual([]);
    script.world.executions.push(script.fill(filled, 200));
    script.wait(66_000);
    expect(script.takeSaid()).toContain('filled entry 200 at 100');
  });

  test('while an exit at the market works, whose executions may be on their way', () => {
    const { script } = selling();
    script.world.positions = [script.position(100)];
    readAgain(script);
    script.wait(39_000);
    expect(differences(script)).toEqual([]);
  });

  test('I3: but what cannot be judged for most of a minute shuts its name, and is told once', () => {
    const script = Script.ready();
    script.act({ orders: [script.bracket()] });
    script.answer('submit_bracket', ambiguous);
    script.world.positions = [script.position(120)];
    readAgain(script);
    script.wait(55_000);
    expect(differences(script)).toEqual(['difference shares 0 120', 'quarantined 0']);
    script.wait(30_000);
    expect(differences(script)).toEqual(['difference orphan 0 120', 'adjusted 120 (orphan)']);
  });

  test('I3: a slow sale, behind which the list of positions lags five seconds, shuts nothing', () => {
    const { script, sell } = selling();
    for (let sold = 10; sold <= 160; sold += 10) {
      sell(sold);
      script.wait(5_000);
    }
    expect(differences(script)).toEqual([]);
  });

  test('I3: a difference of before readings that failed is not one that has lasted', () => {
    const { script, sell } = selling();
    let fails = false;
    script.looks = (ask) => (fails && ask.kind !== 'read_order' ? ambiguous : script.look(ask));
    script.wait(19_000);
    sell(10);
    script.wait(3_000);
    fails = true;
    script.wait(57_000);
    sell(20);
    fails = false;
    script.wait(6_000);
    expect(differences(script)).toEqual([]);
  });

  test('I3: what has come right in between is a new difference when it comes again', () => {
    const script = Script.ready();
    script.act({ orders: [script.bracket()] });
    script.answer('submit_bracket', ambiguous);
    for (const shares of [120, 0, 120]) {
      script.world.positions = shares === 0 ? [] : [script.position(shares)];
      readAgain(script);
      script.wait(18_000);
    }
    expect(differences(script)).toEqual([]);
  });
});

test('what strangers have traded explains a difference only when it is all of it', () => {
  const script = held();
  const theirs = script.view({ clientId: 'by-hand' as ReturnType<typeof clientId>, status: 'filled', filled: 50, shares: 50 });
  script.world.executions.push(script.fill(theirs, 50, { dollars: 103 }));
  script.world.positions = [script.position(120)];
  script.wait(71_000);
  const told = script.journal.flatMap(({ event }) => (event.kind === 'position_adjusted' ? [event.price] : []));
  expect(told).toEqual([e4(100)]);
  expect(script.journal.flatMap(({ event }) => (event.kind === 'difference_found' ? [event.detail] : []))).toEqual([
    'without an execution',
  ]);
});

test('A2: an order that is told of while it is looked for is not proven absent by the look-up that was under way', () => {
  const script = Script.ready();
  script.act({ orders: [script.bracket()] });
  script.answer('submit_bracket', ambiguous);
  script.wait(59_000);
  script.looks = (ask) => (ask.kind === 'find_order' ? null : script.look(ask));
  script.wait(1_500);
  script.news({ kind: 'order_news', order: script.bracketView({ status: 'new' }), execution: null });
  script.looks = null;
  for (const asking of script.open.filter(({ ask }) => ask.kind === 'find_order')) script.answerTo(asking, { kind: 'not_found' });
  expect(script.takeSaid().filter((said) => said.startsWith('rejected'))).toEqual([]);
});

test('D13: an order that one reading does not find is not missing yet', () => {
  const script = working();
  const { orders } = script.world;
  script.world.orders = [];
  readAgain(script);
  script.world.orders = orders;
  quiet(script);
  script.wait(200_000);
  expect(script.takeSaid()).toEqual([]);
});

test.each(['list_open_orders', 'list_executions', 'list_positions', 'read_account'] as const)(
  'D12: a list that is said not to exist is no empty list: %s',
  (kind) => {
    const script = held();
    script.world.account = { ...script.world.account, cash: cash(0), equity: cash(200_000_000) };
    script.looks = (ask) => (ask.kind === kind ? { kind: 'not_found' } : script.look(ask));
    script.wait(90_000);
    expect(script.takeSaid()).toEqual(['line lost']);
  },
);

test('C7: what is told of orders that nobody knows is kept up to a bound', () => {
  const script = Script.ready();
  for (let order = 0; order < 300; order++) {
    const view = script.view({ clientId: `stranger-${order}` as ReturnType<typeof clientId> });
    script.news({ kind: 'order_news', order: view, execution: null });
  }
  script.wait(66_000);
  expect(script.takeSaid().filter((said) => said.startsWith('difference foreign_order'))).toHaveLength(256);
});

test('C2: a word that cannot follow the one before makes the order unknown until it is read', () => {
  const script = held();
  const { target } = parts(script);
  script.news({ kind: 'order_news', order: now(target, { status: 'pending_new' }), execution: null });
  expect(script.takeSaid()).toEqual(['unknown target', 'accepted target']);
});
