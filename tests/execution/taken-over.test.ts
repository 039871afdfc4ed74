import { describe, expect, test } from 'vitest';
import type { BrokerOrder, ClientOrderId } from '#domain/brokerage/broker-order';
import { id } from '../one-trade.js';
import { held, parts, quiet, stoppedPlainly } from './held.js';
import { ambiguous, clientId, e4, now, Script } from './script.js';

function started(script: Script): Script {
  script.execution.start(script.now);
  script.news({ kind: 'line_ready' });
  return script;
}
const sent = (script: Script): readonly string[] => script.takeSent();
const stages = (script: Script): readonly string[] =>
  script.execution.report().orders.map(({ order, stage, broker }) => `${order.slice(13)} ${stage} ${broker}`);

/** The plain stop b4 of exit-1 has become that of exit-2, which wants the same. */
function takenOver(): Script {
  const script = stoppedPlainly();
  script.act({ cancels: [id('exit-1')], orders: [[script.exit(200, { stop: 98 })]] });
  return script;
}

/** The leg has been moved for exit-1, and has become the stop of exit-2. */
function takenOverInGroup(): { readonly script: Script; readonly moved: BrokerOrder } {
  const script = held();
  script.act({ cancels: [id('stop')], orders: [[script.exit(200, { stop: 99 })]] });
  const { stop } = parts(script);
  const moved = script.view({ clientId: clientId('exit-1'), type: 'stop', stop: e4(99), replaces: stop.id });
  script.answer('replace_order', { kind: 'order', order: moved });
  script.told(now(stop, { status: 'replaced', replacedBy: moved.id }));
  script.act({ cancels: [id('exit-1')], orders: [[script.exit(200, { stop: 99 })]] });
  expect(script.takeSaid()).toContain(`renamed exit-1 to exit-2 ${moved.id}`);
  return { script, moved };
}

/** The broker puts another in its place, which triggers; of the chain only that one is shown after it. */
function triggers(script: Script, last: BrokerOrder): void {
  const { entry, target } = parts(script);
  const triggered = script.view({ clientId: 'leg-4' as ClientOrderId, replaces: last.id, status: 'filled', filled: 200 });
  script.told(now(last, { status: 'replaced', replacedBy: triggered.id }));
  script.told(triggered, script.fill(triggered, 200, { dollars: 98 }));
  script.told(now(target, { status: 'canceled' }));
  expect(script.takeSaid()).toContain('filled exit-2 200 at 98');
  script.world.orders = [{ ...entry, status: 'filled', filled: 200, legs: [now(target, { status: 'canceled' }), triggered] }];
  script.world.positions = [];
  // Nobody knows what became of an entry in another name, so all orders are listed.
  script.act({ orders: [script.bracket(1)] });
  script.answer('submit_bracket', ambiguous);
}

describe('a stop that one of ours has taken over from another, after a restart', () => {
  test('G1: a stop that only changed its name is known by the name before', () => {
    const before = takenOver();
    expect(before.takeSaid()).toContain('renamed exit-1 to exit-2 b4');
    const script = started(Script.again(before));
    expect(stages(script)).toEqual(['exit-2 live b4']);
    script.wait(200_000);
    expect(script.takeSaid()).toEqual(['line reconciling', 'line ready']);
    script.act({ cancels: [id('exit-2')], orders: [[script.exit(200, { stop: 99, name: 'exit-9' })]] });
    expect(sent(script)).toEqual(['replace b4 stop 99 (protect)']);
  });

  test('G1: is found, when it filled unseen, by the broker’s name for it, since by ours it never was there', () => {
    const before = takenOver();
    const stop = before.world.orders.find(({ id }) => id === 'b4');
    if (stop === undefined) throw new Error('no stop');
    const filled = now(stop, { status: 'filled', filled: 200 });
    before.put(filled);
    before.world.executions.push(before.fill(filled, 200, { dollars: 98 }));
    before.world.positions = [];
    const script = Script.again(before);
    // The list of all orders goes back to where the newest of them was asked for, and this one is older.
    script.looks = (ask) => (ask.kind === 'list_orders' ? { kind: 'orders', orders: [] } : script.look(ask));
    started(script);
    script.wait(1_000);
    expect(script.takeSaid()).toEqual(['line reconciling', 'filled exit-2 200 at 98', 'line ready']);
  });

  test('B8, G1: is known by what took its place when it triggered', () => {
    const { script: before, moved } = takenOverInGroup();
    triggers(before, moved);
    const script = started(Script.again(before));
    script.wait(30_000);
    expect(script.takeSaid().filter((said) => /filled|adjusted|difference/.test(said))).toEqual([]);
  });

  test('D5, B8: is counted once also when a person had moved it before it triggered', () => {
    const { script: before, moved } = takenOverInGroup();
    const byHand = before.view({ clientId: 'by-hand' as ClientOrderId, type: 'stop', stop: e4(99.5), replaces: moved.id });
    before.told(now(moved, { status: 'replaced', replacedBy: byHand.id }));
    before.told(byHand);
    triggers(before, byHand);
    const script = started(Script.again(before));
    script.wait(30_000);
    expect(script.takeSaid().filter((said) => /filled|adjusted|difference/.test(said))).toEqual([]);
  });

  test('A1: is looked for by the name of the new attempt when it has vanished and left anew', () => {
    const before = takenOver();
    before.record({ kind: 'order_unknown', order: id('exit-2'), why: 'the broker does not know it any more' });
    before.world.orders = before.world.orders.filter(({ id }) => id !== 'b4');
    before.world.positions = [before.position(200)];
    const script = started(Script.again(before));
    script.wait(130_000);
    script.put(script.view({ clientId: clientId('exit-2', 2), type: 'stop', stop: e4(98), status: 'new' }));
    script.looks = (ask) =>
      ask.kind === 'list_orders' || ask.kind === 'list_open_orders' ? { kind: 'orders', orders: [] } : script.look(ask);
    script.answer('submit_exit', ambiguous);
    quiet(script);
    script.wait(5_000);
    expect(script.takeSaid()).toContain('accepted exit-2');
  });
});

describe('G1: the journal ends', () => {
  const after = ['order_renamed', 'order_cancelled', 'order_accepted'] as const;
  const rows = after.flatMap((kind) => [0, 3_000].map((failMs) => [kind, failMs] as const));

  test.each(rows)('after the %s of a stop that was taken over, and the first lists fail for %i ms: it moves on', (kind, failMs) => {
    const before = takenOver();
    const renamed = before.journal.findIndex(({ event }) => event.kind === 'order_renamed');
    const upTo = before.journal.findIndex(({ event }, place) => place >= renamed && event.kind === kind) + 1;
    expect(upTo).toBeGreaterThan(0);
    const script = Script.again(before, { upTo });
    const until = script.now + failMs;
    script.looks = (ask) => (script.now < until && ask.kind.startsWith('list_') ? ambiguous : script.look(ask));
    started(script);
    script.wait(200_000);
    quiet(script);
    script.act({ cancels: [id('exit-2')], orders: [[script.exit(200, { stop: 99, name: 'exit-9' })]] });
    script.wait(60_000);
    expect(sent(script)).toEqual(['replace b4 stop 99 (protect)']);
  });

  test('between the two of a stop that was taken over, and it expires: the shares get another', () => {
    const before = takenOver();
    const upTo = before.journal.findIndex(({ event }) => event.kind === 'order_renamed') + 1;
    const script = started(Script.again(before, { upTo }));
    script.wait(200_000);
    const stop = script.world.orders.find(({ id }) => id === 'b4');
    if (stop === undefined) throw new Error('no stop');
    script.told(now(stop, { status: 'expired' }, 300_000));
    script.world.positions = [script.position(200)];
    quiet(script);
    script.act({ orders: [[script.exit(200, { stop: 98, name: 'exit-9' })]] });
    script.wait(1_000);
    expect(sent(script)).toEqual(['sell 200 stop 98 exit-9-1 (protect)']);
  });
});
