import { describe, expect, test } from 'vitest';
import { bracketOf } from '#domain/risk/approval';
import { approved, id } from '../one-trade.js';
import { held, parts, quiet, working } from './held.js';
import { ambiguous, clientId, now, refused, Script } from './script.js';

/** Shares without any order of theirs at the broker. */
function alone(shares = 200): Script {
  const script = held(shares);
  const { entry, target, stop } = parts(script);
  script.told(now(target, { status: 'expired' }));
  script.told(now(stop, { status: 'expired' }));
  if (shares < 200) script.told(now(entry, { status: 'expired', filled: shares }, 5));
  script.world.positions = [script.position(shares)];
  quiet(script);
  return script;
}

describe('an entry in a name that is still being sold', () => {
  const another = bracketOf(approved(0).order, 9, { entry: id('entry-2'), stop: id('stop-2'), target: id('target-2') });
  const selling = (): Script => {
    const script = alone();
    script.act({ orders: [[script.exit(200)]] });
    script.answer('submit_exit', { kind: 'order', order: script.view({ clientId: clientId('exit-1'), status: 'new' }) });
    quiet(script);
    script.act({ orders: [another] });
    return script;
  };

  test('does not leave beside the sale', () => expect(selling().takeSent()).toEqual([]));

  test('is given up after five seconds: the move that it was for has gone', () => {
    const script = selling();
    script.wait(5_000);
    expect(script.takeSaid()).toEqual([]);
    script.wait(1);
    expect(script.takeSaid()).toEqual(['rejected entry-2 (not_sent)', 'rejected stop-2 (not_sent)', 'rejected target-2 (not_sent)']);
    expect(script.takeSent()).toEqual([]);
  });
});

describe('no more is sold than is held', () => {
  test('by a stop', () => {
    const script = alone(120);
    script.act({ orders: [[script.exit(200, { stop: 98 })]] });
    expect(script.takeSent()).toEqual(['sell 120 stop 98 exit-1-1 (protect)']);
  });

  test('by a limit exit', () => {
    const script = alone(120);
    script.act({ orders: [[script.exit(200, { limit: 103 })]] });
    expect(script.takeSent()).toEqual(['sell 120 at 103 exit-1-1 (flatten)']);
  });

  test.each([{ stop: 98 }, { limit: 103 }])('and nothing of what is not held: %o', (terms) => {
    const script = Script.ready();
    script.act({ orders: [[script.exit(200, terms)]] });
    expect(script.takeSaid()).toEqual(['cancelled exit-1 200']);
    expect(script.takeSent()).toEqual([]);
  });
});

test('B15: nobody knows whether a limit exit has taken the target’s place: no second one is sent', () => {
  const script = held();
  script.act({ cancels: [id('target')], orders: [[script.exit(200, { limit: 103 })]] });
  script.answer('replace_order', ambiguous);
  quiet(script);
  script.act({ cancels: [id('exit-1')], orders: [[script.exit(200, { limit: 102 })]] });
  script.wait(50_000);
  expect(script.takeSent()).toEqual([]);
});

test('B15: a stop whose group has just begun to end is not replaced: it may be over already', () => {
  const script = held();
  script.told(now(parts(script).target, { status: 'canceled' }));
  script.act({ cancels: [id('stop')], orders: [[script.exit(200, { stop: 99 })]] });
  script.wait(3_000);
  expect(script.takeSent().filter((sent) => sent.startsWith('replace'))).toEqual([]);
});

test('A16: another account is not taken over for a line that is refused meanwhile, and comes back', () => {
  const script = Script.ready();
  const { account } = script.world;
  script.world.account = { ...account, id: 'account-2' };
  script.wait(61_000);
  script.news({ kind: 'line_refused', said: 'unauthorized' });
  script.world.account = account;
  script.news({ kind: 'line_ready' });
  script.wait(200_000);
  expect(script.execution.state).toBe('refused');
});

test('A15: a reading that began before the keys were refused does not say that they are good', () => {
  const script = held();
  script.act({ cancels: [id('stop')], orders: [[script.exit(200, { stop: 99 })]] });
  script.wait(59_000);
  script.looks = (ask) => (ask.kind === 'list_positions' ? null : script.look(ask));
  script.wait(1_500);
  script.answer('replace_order', refused('not_authorized'));
  script.looks = null;
  script.drain();
  expect(script.execution.state).toBe('refused');
});

test('G1: what the broker had taken before a restart and has never heard of after it is told, and is over', () => {
  const before = working();
  const script = Script.again(before);
  script.world.orders = [];
  script.execution.start(script.now);
  script.news({ kind: 'line_ready' });
  script.wait(200_000);
  expect(script.takeSaid()).toEqual(expect.arrayContaining(['difference missing_order 200 0', 'quarantined 0', 'cancelled entry 200']));
});
