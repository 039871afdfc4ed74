import { describe, expect, test } from 'vitest';
import { cash } from '#domain/values/cash';
import type { BrokerRefusal } from '#engine/ports/brokerage';
import { held, parts, quiet, working } from './held.js';
import { ambiguous, e4, notSent, now, refused, Script } from './script.js';

function submitted(): Script {
  const script = Script.ready();
  script.act({ orders: [script.bracket()] });
  quiet(script);
  return script;
}
const finds = (script: Script): number => script.asked.filter(({ ask }) => ask.kind === 'find_order').length;

describe('an entry that was sent', () => {
  test('A1: a time-out leaves it unknown; it is found by its name and taken, and nothing is sent twice', () => {
    const script = submitted();
    script.answer('submit_bracket', ambiguous);
    expect(script.takeSaid()).toEqual(['unknown entry']);
    script.wait(1_000);
    script.put(script.bracketView({ status: 'new' }));
    script.wait(1_000);
    expect(script.takeSaid()).toEqual(['accepted entry', 'accepted stop', 'accepted target']);
    script.wait(120_000);
    expect(script.takeSent()).toEqual([]);
  });

  test('A2: it counts as never accepted only after a minute, by a look-up and a whole list', () => {
    const script = Script.ready();
    script.wait(10_000);
    script.act({ orders: [script.bracket()] });
    quiet(script);
    script.answer('submit_bracket', ambiguous);
    script.wait(59_999);
    expect(script.takeSaid()).toEqual(['unknown entry']);
    expect(finds(script)).toBeGreaterThanOrEqual(6);
    script.wait(1);
    expect(script.takeSaid()).toEqual(['rejected entry (not_accepted)', 'rejected stop (not_accepted)', 'rejected target (not_accepted)']);
    expect(script.takeSent()).toEqual([]);
  });

  test('A2: a comparison that cannot be read proves nothing', () => {
    const script = submitted();
    script.answer('submit_bracket', ambiguous);
    script.looks = (ask) => (ask.kind === 'list_orders' ? { kind: 'ambiguous', why: 'server_error', said: '' } : script.look(ask));
    script.wait(300_000);
    expect(script.takeSaid().filter((said) => said.startsWith('rejected'))).toEqual([]);
  });

  test('A2: what appears after that is taken in, told of, and ended', () => {
    const script = submitted();
    script.answer('submit_bracket', ambiguous);
    script.wait(130_000);
    quiet(script);
    script.told(script.bracketView({ status: 'new' }));
    expect(script.takeSaid()).toEqual(['difference orphan 0 200', 'quarantined 0', 'accepted entry']);
    expect(script.takeSent()).toEqual(['cancel b3 (cancel)']);
  });

  test('A7: a name that is taken means that the earlier one has arrived', () => {
    const script = submitted();
    script.put(script.bracketView({ status: 'new' }));
    script.answer('submit_bracket', refused('duplicate_client_id'));
    script.wait(0);
    expect(script.takeSaid()).toEqual(['unknown entry', 'accepted entry', 'accepted stop', 'accepted target']);
    expect(script.takeSent()).toEqual([]);
  });

  test('A7: an order of that name with other terms quarantines the name, and is ended', () => {
    const script = submitted();
    script.put(script.bracketView({ status: 'new', limit: e4(101) }));
    script.answer('submit_bracket', refused('duplicate_client_id'));
    script.wait(0);
    expect(script.takeSaid()).toContain('difference foreign_order 200 200');
    expect(script.takeSent()).toEqual(['cancel b3 (cancel)']);
  });

  test('A8: not found right after it was accepted proves nothing', () => {
    const script = submitted();
    const order = script.bracketView({ status: 'new' });
    script.answer('submit_bracket', ambiguous);
    script.wait(40_000);
    expect(script.takeSaid()).toEqual(['unknown entry']);
    script.put(order);
    script.wait(90_000);
    expect(script.takeSaid()).toEqual(['accepted entry', 'accepted stop', 'accepted target']);
  });

  test('A9: a fill that comes before the answer is applied once', () => {
    const script = submitted();
    const order = script.bracketView({ status: 'filled', filled: 200, meanPrice: 1_000_000 });
    script.news({ kind: 'order_news', order: { ...order, legs: null }, execution: script.fill(order, 200) });
    script.answer('submit_bracket', { kind: 'order', order: { ...order, status: 'pending_new', filled: 0 } });
    script.told(order, script.fill(order, 200));
    expect(script.takeSaid()).toEqual(['accepted entry', 'filled entry 200 at 100', 'accepted stop', 'accepted target']);
  });

  test('A9: a fill of a leg whose name nobody knows yet is kept until the answer names it', () => {
    const script = submitted();
    const order = script.bracketView({ status: 'filled', filled: 200 });
    const target = order.legs?.[0];
    if (target === undefined) throw new Error('no target');
    const sold = now(target, { status: 'filled', filled: 200 });
    script.news({ kind: 'order_news', order: sold, execution: script.fill(sold, 200, { dollars: 104 }) });
    script.news({ kind: 'order_news', order: { ...order, legs: null }, execution: script.fill(order, 200) });
    script.answer('submit_bracket', { kind: 'order', order });
    expect(script.takeSaid().filter((said) => said.startsWith('filled'))).toEqual(['filled entry 200 at 100', 'filled target 200 at 104']);
  });

  test.each<BrokerRefusal['reason']>(['buying_power', 'not_tradable', 'bad_price', 'other'])(
    'A10: refused for good, it is over with its legs and is not tried again: %s',
    (reason) => {
      const script = submitted();
      script.answer('submit_bracket', refused(reason));
      expect(script.takeSaid()).toEqual([`rejected entry (${reason})`, `rejected stop (${reason})`, `rejected target (${reason})`]);
      script.wait(120_000);
      expect(script.takeSent()).toEqual([]);
    },
  );

  test('A14: taken and then rejected by the venue, its legs end with it', () => {
    const script = working();
    const { entry, target, stop } = parts(script);
    script.put(now(target, { status: 'canceled' }));
    script.put(now(stop, { status: 'canceled' }));
    script.told(now(parts(script).entry, { status: 'rejected' }));
    script.wait(2_000);
    expect([...script.takeSaid()].sort()).toEqual(['cancelled stop 200', 'cancelled target 200', 'rejected entry (other)']);
    expect(entry.status).toBe('new');
  });

  test('A18: one that could not leave is over: the move that it was for has gone', () => {
    const script = submitted();
    script.answer('submit_bracket', notSent);
    expect(script.takeSaid()).toEqual(['rejected entry (not_sent)', 'rejected stop (not_sent)', 'rejected target (not_sent)']);
  });
});

describe('an exit that was sent', () => {
  test('A18: one that could not leave goes out again, after waits that grow, before anything else', () => {
    const script = held();
    const { target, stop } = parts(script);
    script.told(now(target, { status: 'expired' }));
    script.told(now(stop, { status: 'expired' }));
    script.world.positions = [script.position(200)];
    quiet(script);
    script.act({ orders: [[script.exit(200)]] });
    for (const wait of [500, 1_000, 2_000, 4_000, 4_000]) {
      expect(script.takeSent()).toHaveLength(1);
      script.answer('submit_exit', notSent);
      script.wait(wait - 1);
      expect(script.takeSent()).toEqual([]);
      script.wait(1);
    }
    expect(script.takeSent()[0]).toMatch(/^sell 200 at market exit-1-\d \(flatten\)$/);
  });

  test('A1: of one whose fate is unknown there is no second; once it is proven absent it goes out under another name', () => {
    const script = held();
    const { target, stop } = parts(script);
    script.told(now(target, { status: 'expired' }));
    script.told(now(stop, { status: 'expired' }));
    script.world.positions = [script.position(200)];
    quiet(script);
    script.act({ orders: [[script.exit(200)]] });
    expect(script.takeSent()).toEqual(['sell 200 at market exit-1-1 (flatten)']);
    script.answer('submit_exit', ambiguous);
    script.act({ orders: [[script.exit(200, { reason: 'operator_close' })]] });
    script.wait(59_000);
    expect(script.takeSent()).toEqual([]);
    script.wait(80_000);
    expect(script.takeSent()).toHaveLength(1);
  });
});

describe('an account that takes nothing', () => {
  test('A15: keys that are refused stop everything that changes something until a whole reading is answered again, though the line never broke', () => {
    const script = held();
    script.act({ cancels: [], orders: [[script.exit(200, { stop: 99 })]] });
    script.answer('replace_order', refused('not_authorized'));
    expect(script.takeSaid()).toEqual(['line refused']);
    quiet(script);
    script.wait(40_000);
    expect(script.takeSent()).toEqual([]);
    expect(script.execution.state).toBe('refused');
    script.wait(30_000);
    expect(script.execution.state).toBe('ready');
    expect(script.takeSent()).toEqual(['replace b2 stop 99 (protect)']);
  });

  test('A15: a line that is refused stops it for as long as no line stands', () => {
    const script = held();
    script.news({ kind: 'line_refused', said: 'unauthorized' });
    script.act({ cancels: [], orders: [[script.exit(200, { stop: 99 })]] });
    quiet(script);
    script.wait(200_000);
    expect(script.takeSent()).toEqual([]);
    script.news({ kind: 'line_ready' });
    script.wait(1_000);
    expect(script.takeSent()).toEqual(['replace b2 stop 99 (protect)']);
  });

  test('A16: a blocked account shuts everything until it says that it is open again', () => {
    const script = Script.ready();
    script.world.account = { ...script.world.account, blocked: 'trading_blocked' };
    script.wait(61_000);
    expect(script.execution.state).toBe('refused');
    script.act({ orders: [script.bracket()] });
    expect(script.takeSaid()).toContain('rejected entry (not_sent)');
    script.world.account = { ...script.world.account, blocked: null };
    script.wait(61_000);
    expect(script.execution.state).toBe('ready');
  });

  test('A16: what another account has says nothing of ours', () => {
    const script = held();
    script.world.positions = [script.position(30)];
    script.world.account = { ...script.world.account, id: 'account-2', cash: cash(70_000), equity: cash(70_000) };
    const before = script.journal.length;
    script.wait(200_000);
    expect(script.journal.slice(before).map(({ event }) => event.kind)).toEqual(['difference_found', 'broker_line_changed']);
  });

  test('A16: another account is never taken over', () => {
    const script = Script.ready();
    script.world.account = { ...script.world.account, id: 'account-2' };
    script.wait(61_000);
    expect(script.takeSaid()).toEqual(['difference account 0 0', 'line refused']);
    script.world.account = { ...script.world.account, id: 'account-1' };
    script.news({ kind: 'line_ready' });
    script.wait(200_000);
    expect(script.execution.state).toBe('refused');
  });
});

test('E7: entries that were wanted on minutes that are over are refused by ourselves, and none leaves', () => {
  const script = Script.ready();
  const group = script.bracket();
  for (const order of group) script.record({ kind: 'order_requested', order });
  script.execution.submit(group);
  script.execution.dropEntries();
  script.drain();
  expect(script.takeSaid()).toEqual(['rejected entry (stale)', 'rejected stop (stale)', 'rejected target (stale)']);
  expect(script.takeSent()).toEqual([]);
});
