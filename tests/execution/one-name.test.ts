import { describe, expect, test } from 'vitest';
import { id } from '../one-trade.js';
import { held, parts, quiet, working } from './held.js';
import { ambiguous, now, Script } from './script.js';

describe('what goes on in one name', () => {
  test('X3: one thing at a time; other names do not wait', () => {
    const script = held();
    script.act({ cancels: [id('stop')], orders: [[script.exit(200, { stop: 99 })]] });
    script.act({ cancels: [id('exit-1')], orders: [[script.exit(200, { reason: 'operator_close' })]] });
    expect(script.takeSent()).toEqual(['replace b2 stop 99 (protect)']);
    script.act({ orders: [script.bracket(1)] });
    expect(script.takeSent()).toHaveLength(1);
  });

  test('X3: the way out goes before a stop and a cancel that wait', () => {
    const script = working();
    script.act({ cancels: [id('entry')], orders: [] });
    expect(script.takeSent()).toEqual(['cancel b3 (cancel)']);
    const { entry } = parts(script);
    script.told(now(entry, { status: 'partially_filled', filled: 50 }), script.fill(entry, 50));
    script.act({ orders: [[script.exit(50, { stop: 98 })], [script.exit(50)]] });
    script.answer('cancel_order', { kind: 'done' });
    expect(script.takeSaid()).toContain('cancelled exit-1 50');
    script.world.positions = [script.position(50)];
    const { target, stop } = parts(script);
    script.told(now(target, { status: 'canceled' }));
    script.told(now(stop, { status: 'canceled' }));
    script.told(now(parts(script).entry, { status: 'canceled', filled: 50 }, 9));
    expect(script.takeSent()).toEqual(['sell 50 at market exit-2-1 (flatten)']);
  });

  test('an entry that cannot leave in time does not leave at all', () => {
    const script = held();
    script.act({ orders: [[script.exit(200)]] });
    script.act({ orders: [script.bracket(1)] });
    quiet(script);
    script.answer('submit_bracket', ambiguous);
    expect(script.execution.report().unknown).toHaveLength(3);
    expect(script.execution.report().underWay).toBe(1);
  });

  test('the account is shut until the broker says so, and says so again after a restart', () => {
    const script = Script.ready();
    script.record({ kind: 'suspend_requested' });
    script.execution.suspend();
    script.drain();
    expect(script.takeSent()).toEqual(['suspend']);
    script.answer('suspend_account', ambiguous);
    script.wait(500);
    expect(script.takeSent()).toEqual(['suspend']);
    script.answer('suspend_account', { kind: 'done' });
    script.wait(60_000);
    expect(script.takeSent()).toEqual([]);
    const again = Script.again(script);
    again.execution.start(again.now);
    again.drain();
    expect(again.takeSent()).toEqual(['suspend']);
  });
});
