import { describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { OrderId } from '#domain/orders/order';
import { cash } from '#domain/values/cash';
import { quantity } from '#domain/values/quantity';
import { symbolIndex } from '#domain/values/symbol';
import { id } from '../one-trade.js';
import { held, parts, quiet, stoppedPlainly, working } from './held.js';
import { ambiguous, clientId, e4, now, Script } from './script.js';

function started(script: Script): Script {
  script.execution.start(script.now);
  script.news({ kind: 'line_ready' });
  return script;
}
const sent = (script: Script): readonly string[] => script.takeSent();
const filledEvent = (script: Script, order: OrderId, shares: number): Event => {
  const fill = { order, symbol: symbolIndex(0), side: 'sell', shares: quantity(shares), price: e4(98), bar: script.now } as const;
  return { kind: 'order_filled', ...fill, flags: [], fees: cash(0) };
};
const stages = (script: Script): readonly string[] =>
  script.execution.report().orders.map(({ order, stage, broker }) => `${order.slice(13)} ${stage} ${broker}`);

describe('a restart', () => {
  test('G1: after the journal and before the send: the entry is looked for, and is over once it is proven absent', () => {
    const before = Script.ready();
    before.act({ orders: [before.bracket()] });
    const script = started(Script.again(before));
    expect(script.takeSaid()).toEqual(['line reconciling', 'unknown entry', 'line ready']);
    script.wait(130_000);
    expect(script.takeSaid()[0]).toBe('rejected entry (not_accepted)');
    expect(sent(script)).toEqual([]);
  });

  test('G1: after the send and before the answer: the entry is found with its legs, and with what it has filled', () => {
    const before = Script.ready();
    before.act({ orders: [before.bracket()] });
    const order = before.bracketView({ status: 'filled', filled: 200 });
    before.put(order);
    before.world.executions.push(before.fill(order, 200));
    before.world.positions = [before.position(200, 0)];
    const script = started(Script.again(before));
    expect(script.takeSaid()).toEqual([
      'line reconciling',
      'unknown entry',
      'accepted stop',
      'accepted target',
      'accepted entry',
      'filled entry 200 at 100',
      'line ready',
    ]);
  });

  test.each([0, 50, 120, 200])('G1: fills that the journal has, %d shares, are not applied again', (known) => {
    const before = working();
    const { entry } = parts(before);
    for (const cumulative of [50, 120, 200]) {
      const view = now(entry, { status: cumulative === 200 ? 'filled' : 'partially_filled', filled: cumulative }, cumulative);
      const fill = before.fill(entry, cumulative === 50 ? 50 : cumulative === 120 ? 70 : 80, { cumulative });
      if (cumulative <= known) before.told(view, fill);
      else {
        before.put(view);
        before.world.executions.push(fill);
      }
    }
    before.world.positions = [before.position(200, 0)];
    const script = started(Script.again(before));
    const filled = script.takeSaid().filter((said) => said.startsWith('filled'));
    expect(filled).toEqual(
      [
        [50, 'filled entry 50 at 100'],
        [120, 'filled entry 70 at 100'],
        [200, 'filled entry 80 at 100'],
      ].flatMap(([cumulative, said]) => (Number(cumulative) > known ? [said] : [])),
    );
    script.wait(200_000);
    expect(script.takeSaid().filter((said) => !said.startsWith('uncovered'))).toEqual([]);
  });

  test('G1: the legs of a bracket that is filled are known again by their broker’s names', () => {
    const script = started(Script.again(held()));
    expect(stages(script)).toEqual(['stop live b2', 'target live b1']);
    script.act({ cancels: [id('stop')], orders: [[script.exit(200, { stop: 99 })]] });
    expect(sent(script)).toEqual(['replace b2 stop 99 (protect)']);
  });

  test('G1: a stop that was moved is known by the name that it was given', () => {
    const before = held();
    before.act({ cancels: [id('stop')], orders: [[before.exit(200, { stop: 99 })]] });
    const { stop } = parts(before);
    const moved = before.view({ clientId: clientId('exit-1'), type: 'stop', stop: e4(99), replaces: stop.id });
    before.put(moved);
    before.put(now(stop, { status: 'replaced', replacedBy: moved.id }));
    const script = started(Script.again(before));
    expect(stages(script)).toEqual(['target live b1', `exit-1 live ${moved.id}`]);
    expect([...script.takeSaid()].sort()).toEqual([
      'accepted exit-1',
      'cancelled stop 200',
      'line ready',
      'line reconciling',
      'unknown exit-1',
    ]);
  });

  test('G1: a stop that was to be moved and was not: the old one is not ended, and the move is made in the end', () => {
    const before = held();
    before.act({ cancels: [id('stop')], orders: [[before.exit(200, { stop: 99 })]] });
    const script = started(Script.again(before));
    script.wait(50_000);
    expect(sent(script)).toEqual([]);
    script.wait(90_000);
    expect(sent(script)).toEqual(['replace b2 stop 99 (protect)']);
    expect(script.asked.length).toBe(0);
  });

  test('G1: a moved stop that no list shows, and whose name has changed since, is reached through the leg that it replaced', () => {
    const before = held();
    before.act({ cancels: [id('stop')], orders: [[before.exit(200, { stop: 99 })]] });
    const { stop } = parts(before);
    const moved = before.view({ clientId: clientId('exit-1', 2), type: 'stop', stop: e4(99), replaces: stop.id, status: 'held' });
    before.answer('replace_order', { kind: 'order', order: moved });
    before.told(now(stop, { status: 'replaced', replacedBy: moved.id }));
    const script = Script.again(before);
    script.looks = (ask) => {
      const answer = script.look(ask);
      return answer?.kind === 'orders' ? { ...answer, orders: script.world.orders.filter((order) => order.id !== moved.id) } : answer;
    };
    started(script);
    expect(stages(script)).toEqual(['target live b1', `exit-1 live ${moved.id}`]);
  });

  test('G1: of a move that nobody saw end only the new stop is found: what it has replaced is over, and the next move leaves', () => {
    const before = held();
    before.act({ cancels: [id('stop')], orders: [[before.exit(200, { stop: 99 })]] });
    const { entry, stop, target } = parts(before);
    const moved = before.view({ clientId: clientId('exit-1'), type: 'stop', stop: e4(99), replaces: stop.id, status: 'held' });
    // The broker shows neither the replaced leg nor its name any more.
    before.world.orders = [now({ ...entry, legs: [target, moved] }, {})];
    const script = started(Script.again(before));
    expect(script.takeSaid()).toContain('cancelled stop 200');
    expect(stages(script)).toEqual(['target live b1', `exit-1 live ${moved.id}`]);
    script.act({ cancels: [id('exit-1')], orders: [[script.exit(200, { stop: 100, name: 'exit-2' })]] });
    expect(sent(script)).toEqual([`replace ${moved.id} stop 100 (protect)`]);
  });

  test('G1: so is one of an earlier trade, whose shares were taken over before the move', () => {
    const before = held();
    const moved = { ...before.exit(200, { stop: 99 }), parent: id('another') } as ReturnType<Script['exit']>;
    before.act({ orders: [[moved]] });
    const { entry, stop, target } = parts(before);
    const found = before.view({ clientId: clientId('exit-1'), type: 'stop', stop: e4(99), replaces: stop.id, status: 'held' });
    before.world.orders = [now({ ...entry, legs: [target, found] }, {})];
    const script = started(Script.again(before));
    expect(script.takeSaid()).toContain('cancelled stop 200');
    expect(stages(script)).toEqual(['target live b1', `exit-1 live ${found.id}`]);
  });

  test('G1: of a limit exit in the target’s place that filled unseen, the target is over too: its fill is nobody else’s', () => {
    const before = held();
    before.act({ cancels: [id('target')], orders: [[before.exit(200, { limit: 103 })]] });
    const { entry, stop, target } = parts(before);
    const sold = before.view({
      clientId: clientId('exit-1'),
      type: 'limit',
      limit: e4(103),
      replaces: target.id,
      status: 'filled',
      filled: 200,
    });
    before.world.orders = [now({ ...entry, legs: [now(stop, { status: 'canceled' }), sold] }, {})];
    before.world.executions.push(before.fill(sold, 200, { dollars: 103 }));
    before.world.positions = [];
    const script = started(Script.again(before));
    const said = script.takeSaid();
    expect(said.filter((each) => each.startsWith('filled'))).toEqual(['filled exit-1 200 at 103']);
    expect(said).toContain('cancelled target 200');
    expect(stages(script)).toEqual([]);
  });

  test.each([
    ['its own trade', id('entry')],
    ['an earlier trade, whose shares were taken over', id('another')],
  ])(
    'G1: a moved stop that left at the second try, and filled unseen, is found under the entry of %s, however old that is',
    (_, parent) => {
      const before = held();
      before.wait(3_600_000);
      const exit = { ...before.exit(200, { stop: 99 }), parent } as ReturnType<Script['exit']>;
      before.act({ cancels: [id('stop')], orders: [[exit]] });
      const { entry, stop, target } = parts(before);
      const second = before.view({ clientId: clientId('exit-1', 2), type: 'stop', stop: e4(99), replaces: stop.id });
      const moved = { ...second, status: 'filled', filled: 200 } as const;
      before.world.orders = [{ ...entry, legs: [now(target, { status: 'canceled' }), moved] }];
      before.world.executions.push(before.fill(moved, 200, { dollars: 99 }));
      before.world.positions = [];
      for (const leg of [id('target'), id('stop')]) before.record({ kind: 'order_cancelled', order: leg, unfilled: quantity(200) });
      const script = started(Script.again(before));
      script.wait(10_000);
      expect(script.takeSaid()).toContain('filled exit-1 200 at 99');
    },
  );

  test.each([200, 150, 100, 0])(
    'B8, B9: two stops have filled, the leg stands under another name, and %i of its 200 were told: a restart counts each once',
    (told) => {
      const before = held();
      const { entry, stop, target } = parts(before);
      before.record({ kind: 'order_requested', order: before.exit(200, { stop: 97 }) });
      const filled = { status: 'filled', filled: 200 } as const;
      const beside = before.view({ clientId: clientId('exit-1', 2), type: 'stop', stop: e4(97), ...filled });
      const leg = before.view({ clientId: 'leg-3' as typeof stop.clientId, type: 'market', replaces: stop.id, ...filled });
      if (told > 0) before.record(filledEvent(before, id('stop'), told));
      before.record(filledEvent(before, id('exit-1'), 200));
      before.world.orders = [{ ...entry, legs: [now(target, { status: 'canceled' }), leg] }, beside];
      before.world.executions.push(before.fill(beside, 200, { dollars: 98 }));
      if (told > 0) before.world.executions.push(before.fill(leg, told, { dollars: 98 }));
      if (told < 200) before.world.executions.push(before.fill(leg, 200 - told, { dollars: 98, cumulative: 200 }));
      before.world.positions = [before.position(-200)];
      const script = started(Script.again(before));
      script.wait(60_000);
      const said = script.takeSaid().filter((word) => /^(filled|adjusted)/.test(word));
      expect(said).toEqual(told === 200 ? [] : [`filled stop ${200 - told} at 98`]);
    },
  );

  test('G1: an entry that is made new while the journal is made again has never left: it is stale', () => {
    const script = new Script();
    script.act({ orders: [script.bracket()] });
    expect(sent(script)).toEqual([]);
    started(script);
    expect(script.takeSaid()).toContain('rejected entry (stale)');
    script.wait(60_000);
    expect(sent(script)).toEqual([]);
  });

  test('G1: an exit of that kind goes out after the first comparison', () => {
    const script = Script.again(stoppedPlainly());
    script.act({ orders: [[script.exit(200, { name: 'exit-9' })]] });
    expect(sent(script)).toEqual([]);
    script.looks = () => null;
    script.execution.start(script.now);
    script.drain();
    expect(script.asked.filter(({ priority }) => priority === 'flatten')).toEqual([]);
    expect(sent(script)).toEqual([]);
    script.looks = null;
    script.drain();
    expect(sent(script)).toEqual(['cancel b4 (flatten)']);
  });

  test('G1: an exit whose fate nobody knows is not sent twice across a restart', () => {
    const before = held();
    const { target, stop } = parts(before);
    before.told(now(target, { status: 'expired' }));
    before.told(now(stop, { status: 'expired' }));
    before.world.positions = [before.position(200)];
    before.act({ orders: [[before.exit(200)]] });
    before.answer('submit_exit', ambiguous);
    const sale = before.view({ clientId: clientId('exit-1'), status: 'filled', filled: 200 });
    before.put(sale);
    before.world.executions.push(before.fill(sale, 200, { dollars: 99 }));
    before.world.positions = [];
    const script = started(Script.again(before));
    expect(script.takeSaid().filter((said) => said.includes('exit-1'))).toEqual([
      'unknown exit-1',
      'accepted exit-1',
      'filled exit-1 200 at 99',
    ]);
    script.wait(200_000);
    expect(sent(script)).toEqual([]);
  });

  test('G1: what was quarantined, and whose account it is, is known again', () => {
    const before = Script.ready();
    before.world.positions = [before.position(400)];
    before.wait(71_000);
    const script = Script.again(before);
    expect(script.execution.report().quarantined).toEqual([0]);
    started(script);
    script.wait(66_000);
    expect(script.takeSaid().filter((said) => !said.startsWith('uncovered'))).toEqual(['line reconciling', 'line ready']);
  });

  test('G1: what is told while the journal is made again waits: nothing enters between its entries', () => {
    const before = working();
    const { entry } = parts(before);
    const script = Script.again(before);
    script.news({ kind: 'line_ready' });
    script.news({ kind: 'order_news', order: now(entry, { status: 'filled', filled: 200 }), execution: script.fill(entry, 200) });
    expect(script.takeSaid()).toEqual([]);
    script.execution.start(script.now);
    script.drain();
    expect(script.takeSaid()).toEqual(['line reconciling', 'line ready']);
  });

  test('G1: the state is told again, since the journal may end in a better one', () => {
    const before = Script.ready();
    quiet(before);
    const script = Script.again(before);
    script.execution.start(script.now);
    script.drain();
    expect(script.takeSaid()).toEqual(['line reconciling']);
  });
});

describe('a journal that is older than what the broker knows', () => {
  /** The journal as it was before its first order. */
  const restored = (before: Script): Script =>
    started(Script.again(before, { upTo: before.journal.findIndex(({ event }) => event.kind === 'order_requested') }));

  test('H6: what the broker holds is taken over, its name is shut, and nothing may be bought before the two agree', () => {
    const script = restored(held());
    expect(script.execution.state).toBe('reconciling');
    expect(script.takeSaid()).toEqual(['line reconciling', 'difference foreign_order 0 200', 'quarantined 0']);
    script.act({ orders: [script.bracket(1)] });
    expect(script.takeSaid()).toContain('rejected 8-entry (not_sent)');
    script.wait(20_000);
    expect(script.takeSaid().slice(0, 2)).toEqual(['difference orphan 0 200', 'adjusted 200 (external_trade)']);
    expect(script.execution.state).toBe('ready');
    script.act({ orders: [script.bracket()] });
    expect(script.takeSaid()).toContain('rejected entry (not_sent)');
    expect(script.takeSent()).toEqual([]);
  });

  test('H6: the stop that nobody remembers stands until one of ours can take its place', () => {
    const script = restored(held());
    script.wait(20_000);
    expect(script.takeSent()).toEqual([]);
    script.act({ orders: [[script.exit(200, { stop: 95 })]] });
    expect(script.takeSent()).toEqual(['cancel b1 (cancel)']);
    script.answer('cancel_order', { kind: 'done' });
    const { target, stop } = parts(script);
    script.world.positions = [script.position(200)];
    script.told(now(target, { status: 'canceled' }, 5));
    expect(script.takeSent()).toEqual([]);
    script.told(now(stop, { status: 'canceled' }, 5));
    expect(script.takeSent()).toEqual(['sell 200 stop 95 exit-1-1 (protect)']);
  });

  test('H6: an entry that nobody remembers is ended at once', () => {
    const script = restored(working());
    expect(script.takeSent()).toEqual(['cancel b3 (cancel)']);
  });

  const whole = held();
  test.each(whole.journal.map((_, upTo) => upTo))(
    'H6: cut after %d entries it comes to the broker’s shares, and sends no order',
    (upTo) => {
      const script = started(Script.again(held(), { upTo }));
      script.wait(200_000);
      const shares = script.journal.reduce((sum, { event }) => {
        if (event.kind === 'order_filled') return sum + (event.side === 'buy' ? event.shares : -event.shares);
        return event.kind === 'position_adjusted' ? sum + event.shares : sum;
      }, 0);
      expect(shares).toBe(200);
      expect(script.execution.state).toBe('ready');
      expect(script.takeSent()).toEqual([]);
    },
  );
});
