import { describe, expect, test } from 'vitest';
import { id } from '../one-trade.js';
import { clientId, e4, now, Script } from './script.js';

/** A bracket of 200 shares at the broker, filled to the last. */
function held(): Script {
  const script = Script.ready();
  script.act({ orders: [script.bracket()] });
  script.answer('submit_bracket', { kind: 'order', order: script.bracketView({ status: 'pending_new' }) });
  const [entry] = script.world.orders;
  if (entry === undefined) throw new Error('no entry');
  const fill = script.fill(entry, 200);
  script.told(now(entry, { status: 'filled', filled: 200, meanPrice: 1_000_000, legs: null }), fill);
  script.world.positions = [script.position(200, 0)];
  return script;
}

describe('a bracket', () => {
  test('AC-08: goes out as one order, is believed leg by leg, and fills', () => {
    const script = Script.ready();
    script.act({ orders: [script.bracket()] });
    expect(script.takeSent()).toEqual(['bracket 200 entry-1 at 100 stop 98 target 104 (entry)']);
    script.answer('submit_bracket', { kind: 'order', order: script.bracketView({ status: 'pending_new' }) });
    expect(script.takeSaid()).toEqual(['accepted entry', 'accepted stop', 'accepted target']);
    const [entry] = script.world.orders;
    if (entry === undefined) throw new Error('no entry');
    script.told(now(entry, { status: 'filled', filled: 200, legs: null }), script.fill(entry, 200));
    expect(script.takeSaid()).toEqual(['filled entry 200 at 100']);
    script.wait(120_000);
  });

  test('AC-13: its stop is moved by one replace: the old one is never away before the new one is there', () => {
    const script = held();
    script.takeSent();
    script.takeSaid();
    const stop = script.exit(200, { stop: 100 });
    script.act({ cancels: [id('stop')], orders: [[stop]] });
    expect(script.takeSent()).toEqual(['replace b2 stop 100 (protect)']);
    const old = script.world.orders[0]?.legs?.[1];
    if (old === undefined) throw new Error('no stop');
    const moved = script.view({ clientId: clientId('exit-1'), type: 'stop', stop: e4(100), status: 'accepted', replaces: old.id });
    script.answer('replace_order', { kind: 'order', order: moved });
    expect(script.takeSaid()).toEqual([]);
    script.told(now(old, { status: 'replaced', replacedBy: moved.id }));
    expect(script.takeSaid()).toEqual(['cancelled stop 200', 'accepted exit-1']);
  });

  test('AC-11: it is sold at the market only after everything that reserves its shares has ended', () => {
    const script = held();
    script.takeSent();
    script.takeSaid();
    const exit = script.exit(200, { reason: 'emergency_stop' });
    script.act({ cancels: [id('stop'), id('target')], orders: [[exit]] });
    expect(script.takeSent()).toEqual(['cancel b1 (flatten)']);
    script.answer('cancel_order', { kind: 'done' });
    const [target, stop] = script.world.orders[0]?.legs ?? [];
    if (target === undefined || stop === undefined) throw new Error('no legs');
    script.told(now(target, { status: 'canceled' }));
    expect(script.takeSent()).toEqual([]);
    script.world.positions = [script.position(200)];
    script.told(now(stop, { status: 'canceled' }));
    expect(script.takeSent()).toEqual(['sell 200 at market exit-1-1 (flatten)']);
    const sale = script.view({ clientId: clientId('exit-1'), status: 'pending_new' });
    script.answer('submit_exit', { kind: 'order', order: sale });
    script.world.positions = [];
    script.told(now(sale, { status: 'filled', filled: 200 }), script.fill(sale, 200, { dollars: 99 }));
    expect(script.takeSaid()).toEqual(['cancelled target 200', 'cancelled stop 200', 'accepted exit-1', 'filled exit-1 200 at 99']);
  });
});
