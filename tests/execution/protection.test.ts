import { describe, expect, test } from 'vitest';
import { id } from '../one-trade.js';
import { bare, held, parts, quiet, stoppedPlainly, working } from './held.js';
import { ambiguous, clientId, e4, now, refused, Script } from './script.js';

/** All that the broker has of the bracket ends. */
function endAll(script: Script, available: number | null = null): void {
  const { target, stop } = parts(script);
  script.world.positions = script.world.positions.map((row) => ({ ...row, available: available ?? row.shares }));
  script.told(now(target, { status: 'canceled' }, 5));
  script.told(now(stop, { status: 'canceled' }, 5));
}

describe('an entry that fills in parts', () => {
  test('B1: every part is told once', () => {
    const script = working();
    const { entry } = parts(script);
    for (const cumulative of [1, 40, 41, 199])
      script.told(
        now(entry, { status: 'partially_filled', filled: cumulative }, cumulative),
        script.fill(entry, cumulative === 1 ? 1 : cumulative === 40 ? 39 : cumulative === 41 ? 1 : 158, { cumulative }),
      );
    expect(script.takeSaid()).toEqual([
      'filled entry 1 at 100',
      'filled entry 39 at 100',
      'filled entry 1 at 100',
      'filled entry 158 at 100',
    ]);
  });

  test('B2: its legs sleep until the last share: what has come is told as uncovered after the grace, and again', () => {
    const script = held(120);
    script.wait(4_999);
    expect(script.takeSaid()).toEqual([]);
    script.wait(1);
    expect(script.takeSaid()).toEqual(['uncovered 120 of 120']);
    script.wait(15_000);
    expect(script.takeSaid()).toEqual(['uncovered 120 of 120']);
  });

  test('B2: a stop for the part waits until the rest of the entry has ended with its group: beside it, it would be a wash trade', () => {
    const script = held(120);
    script.act({ cancels: [id('entry')], orders: [[script.exit(120, { stop: 98 })]] });
    expect(script.takeSent()).toEqual(['cancel b3 (cancel)']);
    script.answer('cancel_order', { kind: 'done' });
    endAll(script);
    script.told(now(parts(script).entry, { status: 'canceled', filled: 120 }, 5));
    expect(script.takeSaid()).toEqual(['cancelled target 200', 'cancelled stop 200', 'cancelled entry 80']);
    expect(script.takeSent()).toEqual(['sell 120 stop 98 exit-1-1 (protect)']);
  });

  test('B2: a stop that is asked for while the entry still works ends the entry first by itself', () => {
    const script = held(120);
    script.act({ orders: [[script.exit(120, { stop: 98 })]] });
    expect(script.takeSent()).toEqual(['cancel b3 (protect)']);
  });

  test('B13: a target that is left alone holds the shares: it goes before a stop can come', () => {
    const script = held();
    script.told(now(parts(script).stop, { status: 'rejected' }));
    script.act({ orders: [[script.exit(200, { stop: 98 })]] });
    expect(script.takeSent()).toEqual(['cancel b1 (protect)']);
  });

  test('B2: the end of the legs need not be told: they are read', () => {
    const script = held(120);
    script.act({ cancels: [id('entry')] });
    script.answer('cancel_order', { kind: 'done' });
    const { target, stop } = parts(script);
    script.put(now(target, { status: 'canceled' }));
    script.put(now(stop, { status: 'canceled' }));
    script.news({
      kind: 'order_news',
      order: now(parts(script).entry, { status: 'canceled', filled: 120, legs: null }, 9),
      execution: null,
    });
    script.wait(2_000);
    expect([...script.takeSaid()].sort()).toEqual(['cancelled entry 80', 'cancelled stop 200', 'cancelled target 200']);
  });
});

describe('a bracket whose legs are not as they were asked for', () => {
  test.each<[why: string, legs: (script: Script) => ReturnType<Script['bracketView']>['legs']]>([
    ['the stop is missing', (script) => [script.view({ clientId: clientId('x'), type: 'limit', limit: e4(104), status: 'held' })]],
    ['the legs were ignored', () => []],
    [
      'the stop stands elsewhere',
      (script) => [
        script.view({ clientId: clientId('x'), type: 'limit', limit: e4(104), status: 'held' }),
        script.view({ clientId: clientId('y'), type: 'stop', stop: e4(89), status: 'held' }),
      ],
    ],
    [
      'the stop was rejected',
      (script) => [
        script.view({ clientId: clientId('x'), type: 'limit', limit: e4(104), status: 'held' }),
        script.view({ clientId: clientId('y'), type: 'stop', stop: e4(98), status: 'rejected' }),
      ],
    ],
  ])('B3: it is looked at three times more, then its entry is ended and the name told of: %s', (_, legs) => {
    const script = Script.ready();
    script.act({ orders: [script.bracket()] });
    quiet(script);
    script.answer('submit_bracket', { kind: 'order', order: script.bracketView({ status: 'new', legs: legs(script) }) });
    script.wait(10_000);
    expect(script.takeSaid().join()).toMatch(/accepted entry.*difference missing_order/);
    expect(script.takeSent()).toEqual([expect.stringMatching(/^cancel b\d \(cancel\)$/)]);
  });

  test('B3: shares without a stop are told at once, without a grace', () => {
    const script = Script.ready();
    script.act({ orders: [script.bracket()] });
    const order = script.bracketView({ status: 'filled', filled: 200, legs: [] });
    script.world.executions.push(script.fill(order, 200));
    script.world.positions = [script.position(200)];
    script.answer('submit_bracket', { kind: 'order', order });
    script.wait(3_600);
    expect(script.takeSaid()).toContain('uncovered 200 of 200');
  });

  test('B3: legs that an answer leaves out are looked for, and the bracket is whole', () => {
    const script = Script.ready();
    script.act({ orders: [script.bracket()] });
    const order = script.bracketView({ status: 'new' });
    script.answer('submit_bracket', { kind: 'order', order: { ...order, legs: null } });
    script.put(order);
    script.wait(1_000);
    expect(script.takeSaid()).toEqual(['line ready', 'accepted entry', 'accepted stop', 'accepted target'].slice(1));
  });
});

describe('a way out', () => {
  test('B4: shares that are still reserved: everything is looked at again, a few times, and told', () => {
    const script = held();
    script.act({ orders: [[script.exit(200)]] });
    script.answer('cancel_order', { kind: 'done' });
    endAll(script);
    quiet(script);
    for (const wait of [500, 1_000, 2_000, 4_000]) {
      script.answer('submit_exit', refused('shares_reserved', 0));
      script.wait(wait);
    }
    expect(script.takeSent()).toHaveLength(4);
    script.answer('submit_exit', refused('shares_reserved', 0));
    expect(script.takeSaid()).toEqual(['uncovered 200 of 200', 'rejected exit-1 (shares_reserved)']);
    script.wait(4_000);
    expect(script.takeSent()).toEqual([]);
  });

  test('B4: the end of what was cancelled is read soon, however long something was waited for before', () => {
    const script = held();
    const { target, stop } = parts(script);
    script.told(now(stop, { status: 'pending_replace' }));
    script.put(stop);
    script.act({ cancels: [id('target')], orders: [[script.exit(200, { limit: 103 })]] });
    script.answer('replace_order', {
      kind: 'order',
      order: script.view({ clientId: clientId('exit-1'), type: 'limit', limit: e4(103), status: 'accepted', replaces: target.id }),
    });
    script.wait(20_000);
    script.act({ orders: [[script.exit(200)]] });
    script.answer('cancel_order', { kind: 'done' });
    script.asked.splice(0);
    script.wait(500);
    expect(script.asked.filter(({ ask }) => ask.kind === 'read_order').length).toBeGreaterThan(1);
  });

  test('B4: it sells no more than the broker says can be sold', () => {
    const script = held();
    script.act({ orders: [[script.exit(200)]] });
    script.answer('cancel_order', { kind: 'done' });
    endAll(script, 150);
    expect(script.takeSent()).toEqual(['cancel b1 (flatten)', 'sell 150 at market exit-1-1 (flatten)']);
  });

  test('B5: the cancel comes too late: the stop has filled, and nothing is sold a second time', () => {
    const script = held();
    script.act({ cancels: [id('stop'), id('target')], orders: [[script.exit(200)]] });
    const { target, stop } = parts(script);
    script.put(now(target, { status: 'canceled' }));
    const sold = now(stop, { status: 'filled', filled: 200 });
    script.put(sold);
    script.world.executions.push(script.fill(sold, 200, { dollars: 98 }));
    script.world.positions = [];
    quiet(script);
    script.answer('cancel_order', refused('not_cancelable'));
    script.wait(10_000);
    expect(script.takeSent()).toEqual([]);
    expect([...script.takeSaid()].sort()).toEqual(['cancelled exit-1 200', 'cancelled target 200', 'filled stop 200 at 98']);
  });

  test('B5: an execution that no list ever shows is waited for a minute; then what the broker says is left is sold', () => {
    const script = bare();
    script.told(now(parts(script).target, { filled: 20 }, 10));
    script.world.positions = [script.position(180)];
    script.act({ orders: [[script.exit(200)]] });
    script.wait(50_000);
    expect(script.takeSent()).toEqual([]);
    script.wait(15_000);
    expect(script.takeSent()).toEqual([expect.stringContaining('sell 180 at market')]);
  });

  test('B6: a cancel that ends nothing is read, repeated a few times and then told; the order counts as at work', () => {
    const script = stoppedPlainly();
    script.act({ cancels: [id('exit-1')] });
    for (let time = 0; time < 5; time++) {
      script.answer('cancel_order', { kind: 'done' });
      script.wait(10_000);
    }
    expect(script.takeSent()).toHaveLength(5);
    expect(script.takeSaid()).toContain('unknown exit-1');
    script.wait(60_000);
    expect(script.takeSent()).toEqual([]);
    expect(script.execution.report().orders).toHaveLength(1);
  });

  test('B14: three of them are one: the last takes what is left, and nothing is sold twice', () => {
    const script = held();
    const exits = [script.exit(200), script.exit(200, { reason: 'flat_by_close' }), script.exit(200, { reason: 'operator_close' })];
    script.act({ orders: exits.map((exit) => [exit]) });
    expect(script.takeSaid()).toEqual(['cancelled exit-1 200', 'cancelled exit-2 200']);
    script.answer('cancel_order', { kind: 'done' });
    endAll(script);
    expect(script.takeSent()).toEqual(['cancel b1 (flatten)', 'sell 200 at market exit-3-1 (flatten)']);
    script.act({ orders: [[script.exit(200)]] });
    const sale = script.view({ clientId: clientId('exit-3'), status: 'new' });
    script.answer('submit_exit', { kind: 'order', order: sale });
    script.wait(10_000);
    expect(script.takeSent()).toEqual([]);
    script.world.positions = [];
    script.told(now(sale, { status: 'filled', filled: 200 }), script.fill(sale, 200));
    expect(script.takeSaid().slice(-2)).toEqual(['filled exit-3 200 at 100', 'cancelled exit-4 200']);
    expect(script.takeSent()).toEqual([]);
  });

  test('A13: refused beside an order that nobody here sees, it is planned anew, not repeated blindly', () => {
    const script = held();
    script.act({ orders: [[script.exit(200)]] });
    script.answer('cancel_order', { kind: 'done' });
    endAll(script);
    quiet(script);
    script.answer('submit_exit', refused('wash_trade'));
    expect(script.takeSent()).toEqual([]);
    script.wait(500);
    expect(script.takeSent()).toEqual(['sell 200 at market exit-1-2 (flatten)']);
  });

  test('B17: one that is refused for good is told as refused and not repeated here', () => {
    const script = held();
    script.act({ orders: [[script.exit(200)]] });
    script.answer('cancel_order', { kind: 'done' });
    endAll(script);
    quiet(script);
    script.answer('submit_exit', refused('not_tradable'));
    script.wait(4_000);
    expect(script.takeSaid()).toEqual(['rejected exit-1 (not_tradable)']);
    expect(script.takeSent()).toEqual([]);
  });

  test('shares that stay bare for a day are told of ever more rarely, and never less than each ten minutes', () => {
    const script = held();
    const { target, stop } = parts(script);
    script.told(now(target, { status: 'expired' }));
    script.told(now(stop, { status: 'expired' }));
    quiet(script);
    const told = [10, 60, 1_430].map((minutes) => {
      script.wait(minutes * 60_000);
      return script.takeSaid().filter((said) => said.startsWith('uncovered')).length;
    });
    expect(told[0]).toBeGreaterThanOrEqual(8);
    expect(told[1]).toBeGreaterThanOrEqual(6);
    expect(told[2]).toBeGreaterThanOrEqual(143);
    expect(told.reduce((sum, count) => sum + count, 0)).toBeLessThan(200);
  });

  test('B4: shares that are being sold are told as uncovered only when that takes a minute', () => {
    const script = held();
    script.act({ orders: [[script.exit(200)]] });
    script.answer('cancel_order', { kind: 'done' });
    endAll(script);
    script.answer('submit_exit', ambiguous);
    quiet(script);
    script.wait(59_999);
    expect(script.takeSaid()).toEqual([]);
    script.wait(1);
    expect(script.takeSaid()).toEqual(['uncovered 200 of 200']);
  });
});

describe('a stop that is moved', () => {
  const moving = (): Script => {
    const script = held();
    script.act({ cancels: [id('stop')], orders: [[script.exit(200, { stop: 100 })]] });
    quiet(script);
    return script;
  };

  test('B7: the old one fills first: the new one is rejected, and the shares are sold once', () => {
    const script = moving();
    const { stop } = parts(script);
    const next = script.view({ clientId: clientId('exit-1'), type: 'stop', stop: e4(100), status: 'accepted', replaces: stop.id });
    script.answer('replace_order', { kind: 'order', order: next });
    script.told(now(stop, { status: 'filled', filled: 200 }), script.fill(stop, 200, { dollars: 98 }));
    script.told(now(next, { status: 'rejected' }));
    expect(script.takeSaid()).toEqual(['filled stop 200 at 98', 'rejected exit-1 (other)']);
  });

  test('B7: the new one is rejected although the old one is there: the old one stays', () => {
    const script = moving();
    const { stop } = parts(script);
    const next = script.view({ clientId: clientId('exit-1'), type: 'stop', stop: e4(100), status: 'accepted', replaces: stop.id });
    script.answer('replace_order', { kind: 'order', order: next });
    script.told(now(next, { status: 'rejected' }));
    script.wait(30_000);
    expect(script.takeSaid()).toEqual(['rejected exit-1 (other)']);
    expect(script.takeSent()).toEqual([]);
  });

  test('AC-13: a leg that was moved is moved again by its prices alone: its group says how large it is', () => {
    const script = moving();
    const { stop } = parts(script);
    const next = script.view({ clientId: clientId('exit-1'), type: 'stop', stop: e4(100), status: 'held', replaces: stop.id });
    script.answer('replace_order', { kind: 'order', order: next });
    script.told(now(stop, { status: 'replaced', replacedBy: next.id }));
    script.act({ cancels: [id('exit-1')], orders: [[script.exit(150, { stop: 101 })]] });
    expect(script.takeSent()).toEqual([`replace ${next.id} stop 101 (protect)`]);
  });

  test('a stop that is already where it is wanted only changes its name', () => {
    const script = stoppedPlainly();
    script.act({ cancels: [id('exit-1')], orders: [[script.exit(200, { stop: 98 })]] });
    expect(script.takeSaid()).toEqual(['renamed exit-1 to exit-2 b4', 'cancelled exit-1 200', 'accepted exit-2']);
    expect(script.takeSent()).toEqual([]);
  });

  test('a plain stop takes the shares that are held now', () => {
    const script = stoppedPlainly();
    script.act({ cancels: [id('exit-1')], orders: [[script.exit(150, { stop: 99 })]] });
    expect(script.takeSent()[0]).toMatch(/^replace b\d 150 stop 99 \(protect\)$/);
  });

  test('B15: the broker refuses the new one: the old one stays, though the house has let it go', () => {
    const script = moving();
    script.answer('replace_order', refused('other'));
    expect(script.takeSaid()).toEqual(['rejected exit-1 (other)']);
    script.wait(30_000);
    expect(script.takeSent()).toEqual([]);
    script.act({ orders: [[script.exit(200, { stop: 99 })]] });
    expect(script.takeSent()).toEqual(['replace b2 stop 99 (protect)']);
  });

  test('B15: nobody knows whether it was replaced: the old one is not ended, and no second one is sent', () => {
    const script = moving();
    script.answer('replace_order', ambiguous);
    script.act({ orders: [[script.exit(200, { stop: 101 })]] });
    script.wait(50_000);
    expect(script.takeSent()).toEqual([]);
    expect(script.takeSaid()).toEqual(['unknown exit-1']);
    const { stop } = parts(script);
    script.put(script.view({ clientId: clientId('exit-1'), type: 'stop', stop: e4(100), replaces: stop.id, id: script.brokerId() }));
    script.put(now(stop, { status: 'replaced', replacedBy: script.world.orders.at(-1)?.id ?? null }));
    script.wait(30_000);
    expect([...script.takeSaid()].sort()).toEqual(['accepted exit-1', 'cancelled stop 200']);
    expect(script.takeSent()).toEqual(['replace b4 stop 101 (protect)']);
  });

  test('AC-22: one that cannot be replaced yet is read and tried again', () => {
    const script = stoppedPlainly();
    const stop = script.world.orders.at(-1);
    if (stop === undefined) throw new Error('no stop');
    script.told(now(stop, { status: 'pending_replace' }));
    script.act({ cancels: [id('exit-1')], orders: [[script.exit(200, { stop: 99 })]] });
    script.wait(3_000);
    expect(script.takeSent()).toEqual([]);
    script.told(now(stop, { status: 'new' }, 9));
    script.wait(1_000);
    expect(script.takeSent()).toEqual([`replace ${stop.id} stop 99 (protect)`]);
  });

  test('X3: of stops that wait only the newest goes out', () => {
    const script = moving();
    script.act({ cancels: [id('exit-1')], orders: [[script.exit(200, { stop: 101 })]] });
    script.act({ cancels: [id('exit-2')], orders: [[script.exit(200, { stop: 102 })]] });
    expect(script.takeSent()).toEqual([]);
    const { stop } = parts(script);
    const next = script.view({ clientId: clientId('exit-1'), type: 'stop', stop: e4(100), replaces: stop.id });
    script.answer('replace_order', { kind: 'order', order: next });
    script.told(now(stop, { status: 'replaced', replacedBy: next.id }));
    expect(script.takeSaid()).toEqual(['cancelled exit-2 200', 'cancelled stop 200', 'accepted exit-1']);
    expect(script.takeSent()).toEqual([`replace ${next.id} stop 102 (protect)`]);
  });

  test('AC-13: a limit exit takes the place of the target, so the stop stays', () => {
    const script = held();
    script.act({ cancels: [id('target')], orders: [[script.exit(200, { limit: 101, reason: 'flat_by_close' })]] });
    expect(script.takeSent()).toEqual(['replace b1 at 101 (cancel)']);
  });
});

describe('the ends of a group', () => {
  test('B8: a stop that gets another name when it triggers is followed', () => {
    const script = held();
    const { stop } = parts(script);
    const triggered = script.view({
      clientId: clientId('x').replace('cat1', 'made-up') as typeof stop.clientId,
      replaces: stop.id,
      status: 'new',
    });
    script.put(triggered);
    script.told(now(stop, { status: 'replaced', replacedBy: triggered.id }));
    script.told(now(triggered, { status: 'filled', filled: 200 }), script.fill(triggered, 200, { dollars: 97 }));
    expect(script.takeSaid()).toEqual(['filled stop 200 at 97']);
  });

  test('B9: both legs fill: the excess is told, and the name is shut', () => {
    const script = held();
    const { target, stop } = parts(script);
    script.told(now(target, { status: 'filled', filled: 200 }), script.fill(target, 200, { dollars: 104 }));
    script.world.positions = [script.position(-200)];
    script.told(now(stop, { status: 'filled', filled: 200 }), script.fill(stop, 200, { dollars: 98 }));
    script.wait(5_000);
    expect(script.takeSaid()).toEqual(['filled target 200 at 104', 'filled stop 200 at 98', 'difference shares 0 -200', 'quarantined 0']);
  });

  test('B9: both legs fill and no news of it comes: it is known before the minute is over within which what is short has to be covered', () => {
    const script = held();
    const { entry, target, stop } = parts(script);
    const [sold, again] = [now(target, { status: 'filled', filled: 200 }), now(stop, { status: 'filled', filled: 200 })];
    script.world.orders = [{ ...entry, status: 'filled', filled: 200, legs: [sold, again] }];
    script.world.executions.push(script.fill(sold, 200, { dollars: 104 }), script.fill(again, 200, { dollars: 98 }));
    script.world.positions = [script.position(-200)];
    script.wait(58_000);
    expect(script.takeSaid()).toEqual(expect.arrayContaining(['filled target 200 at 104', 'filled stop 200 at 98']));
  });

  test('B9: what was sold too much is bought back at once, also while nobody knows what became of a sale', () => {
    const script = held();
    const { target, stop } = parts(script);
    script.act({ orders: [[script.exit(200)]] });
    script.answer('cancel_order', { kind: 'done' });
    script.told(now(target, { status: 'canceled' }));
    script.world.positions = [script.position(200)];
    script.told(now(stop, { status: 'canceled' }));
    script.answer('submit_exit', ambiguous);
    quiet(script);
    script.told(now(target, { status: 'filled', filled: 200 }, 9), script.fill(target, 200, { dollars: 104 }));
    script.told(now(stop, { status: 'filled', filled: 200 }, 9), script.fill(stop, 200, { dollars: 98 }));
    script.world.positions = [script.position(-200)];
    script.act({ cancels: [id('exit-1')], orders: [[script.exit(-200)]] });
    script.wait(1_000);
    expect(script.takeSent()).toEqual(['buy 200 at market exit-2-1 (flatten)']);
  });

  test('B9: but a second sale is not sent beside one that may be there', () => {
    const script = bare();
    script.act({ orders: [[script.exit(200)]] });
    script.answer('submit_exit', ambiguous);
    quiet(script);
    script.act({ orders: [[script.exit(200)]] });
    script.wait(55_000);
    expect(script.takeSent()).toEqual([]);
  });

  test.each(['expired', 'canceled'] as const)('B11: a stop that the broker ends is told, and its shares are uncovered: %s', (status) => {
    const script = held();
    const { target, stop } = parts(script);
    script.told(now(target, { status }));
    script.told(now(stop, { status }));
    script.wait(5_000);
    expect(script.takeSaid()).toEqual(['cancelled target 200', 'cancelled stop 200', 'uncovered 200 of 200']);
  });

  test('B11: a stop that is done for the day covers nothing', () => {
    const script = held();
    script.told(now(parts(script).stop, { status: 'done_for_day' }));
    script.wait(5_000);
    expect(script.takeSaid()).toEqual(['uncovered 200 of 200']);
    script.act({ orders: [[script.exit(200, { stop: 98 })]] });
    expect(script.takeSent()[0]).toMatch(/^cancel b\d \(protect\)$/);
  });

  test('B16: nothing but the house ends a stop: not the end of its target, and not time', () => {
    const script = held();
    script.told(now(parts(script).target, { status: 'expired' }));
    script.wait(300_000);
    expect(script.takeSent()).toEqual([]);
  });
});

test('C5: a sale at the market that the broker ends without a word is found within two seconds: its shares have no stop', () => {
  const script = bare();
  script.act({ orders: [[script.exit(200)]] });
  const exit = script.view({ clientId: clientId('exit-1') });
  script.answer('submit_exit', { kind: 'order', order: exit });
  script.put(now(exit, { status: 'rejected' }));
  quiet(script);
  script.wait(1_600);
  expect(script.takeSaid()).toEqual([expect.stringMatching(/^rejected exit-1/)]);
});

test('C4: an exit that another one is ahead of looks after it: an end that is never told is found within ten seconds', () => {
  const script = stoppedPlainly();
  const [stop] = script.world.orders.filter(({ status, type }) => status === 'new' && type === 'stop');
  if (stop === undefined) throw new Error('no stop');
  script.act({ orders: [[script.exit(200)]] });
  script.answer('cancel_order', { kind: 'done' });
  script.world.positions = [script.position(200)];
  script.told(now(stop, { status: 'canceled' }, 5));
  const asked = script.open.find(({ ask }) => ask.kind === 'submit_exit')?.ask;
  if (asked?.kind !== 'submit_exit') throw new Error('no exit was sent');
  const first = script.view({ clientId: asked.clientId });
  script.answer('submit_exit', { kind: 'order', order: first });
  script.act({ orders: [[script.exit(200, { reason: 'operator_close' })]] });
  script.put(now(first, { status: 'canceled' }));
  quiet(script);
  script.wait(10_500);
  expect(script.takeSent()).toEqual([expect.stringMatching(/^sell 200 at market .* \(flatten\)$/)]);
});
