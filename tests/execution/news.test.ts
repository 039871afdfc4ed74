import { describe, expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import { id } from '../one-trade.js';
import { held, parts, quiet, working } from './held.js';
import { clientId, e4, now, Script } from './script.js';

describe('what is told of an order', () => {
  test('C1: told three times, it is applied once', () => {
    const script = working();
    const { entry } = parts(script);
    const filled = now(entry, { status: 'filled', filled: 200 });
    for (let time = 0; time < 3; time++) {
      script.told(now(entry, { status: 'new' }));
      script.told(filled, script.fill(filled, 200));
    }
    expect(script.takeSaid()).toEqual(['filled entry 200 at 100']);
  });

  test('C2: a part of it that comes after the whole is put in its place by the list of executions', () => {
    const script = working();
    const { entry } = parts(script);
    const first = script.fill(entry, 50);
    const second = script.fill(entry, 150, { cumulative: 200, dollars: 101 });
    script.world.executions.push(first);
    script.told(now(entry, { status: 'filled', filled: 200 }, 2), second);
    script.wait(1_000);
    script.told(now(entry, { status: 'partially_filled', filled: 50 }), first);
    expect(script.takeSaid()).toEqual(['filled entry 50 at 100', 'filled entry 150 at 101']);
  });

  test('C2: an end that is told before the fill that belongs to it waits for that fill', () => {
    const script = working();
    const { entry } = parts(script);
    const first = script.fill(entry, 50);
    script.told(now(entry, { status: 'canceled', filled: 50 }));
    expect(script.takeSaid()).toEqual([]);
    script.told(now(entry, { status: 'partially_filled', filled: 50 }, 0), first);
    expect(script.takeSaid().slice(0, 2)).toEqual(['filled entry 50 at 100', 'cancelled entry 150']);
  });

  test('C2: an older word does not take an order back', () => {
    const script = held();
    const { target } = parts(script);
    script.told(now(target, { status: 'pending_new', updatedAt: instant(target.updatedAt - 5) }));
    expect(script.execution.report().orders.find(({ order }) => order.endsWith('target'))?.status).toBe('new');
    expect(script.takeSaid()).toEqual([]);
  });

  test('C1: what comes for an order that has ended is read, never applied', () => {
    const script = held();
    const { target, stop } = parts(script);
    script.told(now(target, { status: 'canceled' }));
    script.told(now(stop, { status: 'canceled' }));
    quiet(script);
    script.news({ kind: 'order_news', order: now(target, { status: 'filled', filled: 200 }, 9), execution: script.fill(target, 200) });
    expect(script.asked.map(({ ask }) => ask.kind)).toContain('read_order');
    expect(script.takeSaid()).toEqual([]);
  });

  test('B5: a fill that crossed the end is applied when the broker itself counts it', () => {
    const script = working();
    const { entry } = parts(script);
    script.told(now(entry, { status: 'canceled' }));
    quiet(script);
    const late = now(entry, { status: 'canceled', filled: 50 }, 9);
    script.put(late);
    script.world.executions.push(script.fill(entry, 50));
    script.news({ kind: 'order_news', order: late, execution: null });
    script.wait(100);
    expect(script.takeSaid()).toContain('filled entry 50 at 100');
  });

  test('C3: after a break nothing is bought before the lists have been compared, and what was missed is applied', () => {
    const script = working();
    script.news({ kind: 'line_lost', why: 'reset' });
    expect(script.takeSaid()).toEqual(['line lost']);
    const { entry } = parts(script);
    const filled = now(entry, { status: 'filled', filled: 200 });
    script.put(filled);
    script.world.executions.push(script.fill(filled, 200));
    script.world.positions = [script.position(200, 0)];
    script.act({ orders: [script.bracket(1)] });
    expect(script.takeSaid()).toContain('rejected 8-entry (not_sent)');
    script.looks = (ask) => (ask.kind === 'list_positions' ? null : script.look(ask));
    script.news({ kind: 'line_ready' });
    expect(script.takeSaid()).toEqual(['line reconciling', 'filled entry 200 at 100']);
    script.looks = null;
    script.drain();
    expect(script.takeSaid()).toEqual(['line ready']);
  });

  test('C4: one fill that is lost on a healthy line is found within a minute', () => {
    const script = working();
    const { entry } = parts(script);
    const filled = now(entry, { status: 'filled', filled: 200 });
    script.put(filled);
    script.world.executions.push(script.fill(filled, 200));
    script.world.positions = [script.position(200, 0)];
    script.wait(60_000);
    expect(script.takeSaid()).toEqual(['filled entry 200 at 100']);
  });

  test('C7: an order of somebody else quarantines its name; it is told once', () => {
    const script = Script.ready();
    script.told(
      script.view({
        clientId: clientId('entry').replace('k3v9x2', 'other1') as ReturnType<typeof clientId>,
        side: 'buy',
        type: 'limit',
        limit: e4(50),
      }),
    );
    script.wait(200_000);
    expect(script.takeSaid()).toEqual(['difference foreign_order 0 200', 'quarantined 0']);
    script.act({ orders: [script.bracket()] });
    expect(script.takeSaid()).toContain('rejected entry (not_sent)');
  });

  test('C9: a stop whose end was never told is found, and its shares are told as uncovered', () => {
    const script = held();
    const { stop } = parts(script);
    script.put(now(stop, { status: 'canceled' }));
    script.wait(66_000);
    expect(script.takeSaid()).toEqual(['cancelled stop 200', 'uncovered 200 of 200']);
  });

  test('C2: a word that counts fewer shares than are known is read, not taken', () => {
    const script = held(120);
    const { entry } = parts(script);
    script.news({ kind: 'order_news', order: now(entry, { status: 'partially_filled', filled: 50 }, 9), execution: null });
    expect(script.asked.map(({ ask }) => ask.kind)).toEqual(['read_order']);
    script.news({
      kind: 'order_news',
      order: now(entry, { status: 'partially_filled', filled: 130 }, 10),
      execution: script.fill(entry, 10, { cumulative: 130 }),
    });
    expect(script.takeSaid()).toEqual(['filled entry 10 at 100']);
  });

  test.each(['as it was', 'moved'])('C9: when the target fills, the end of the stop need not be told: %s', (how) => {
    const script = held();
    let { stop } = parts(script);
    const { target } = parts(script);
    if (how === 'moved') {
      script.act({ cancels: [id('stop')], orders: [[script.exit(200, { stop: 99 })]] });
      const moved = script.view({ clientId: clientId('exit-1'), type: 'stop', stop: e4(99), replaces: stop.id, status: 'held' });
      script.answer('replace_order', { kind: 'order', order: moved });
      script.told(now(stop, { status: 'replaced', replacedBy: moved.id }));
      stop = moved;
    }
    script.told(now(target, { status: 'filled', filled: 200 }), script.fill(target, 200, { dollars: 104 }));
    quiet(script);
    script.world.positions = [];
    script.put(now(stop, { status: 'canceled' }));
    script.wait(1_000);
    expect(script.takeSaid()).toEqual([`cancelled ${how === 'moved' ? 'exit-1' : 'stop'} 200`]);
  });

  test('C2: a word that is no status makes the order unknown until it is read', () => {
    const script = held();
    const { stop } = parts(script);
    script.news({ kind: 'order_news', order: now(stop, { status: 'unknown' }), execution: null });
    expect(script.takeSaid()).toEqual(['unknown stop', 'accepted stop']);
  });
});
