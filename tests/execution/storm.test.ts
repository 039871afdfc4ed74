import { expect, test } from 'vitest';
import { Storm } from './storm.js';

const seeds = Array.from({ length: 250 }, (_, seed) => seed);

test('A1 A2 B4 B5 B7 C1 C2 C3 D13 G1: in every storm all shares are accounted for once, and in the end nothing is held and nothing works', () => {
  for (const seed of seeds) {
    const storm = new Storm(seed);
    for (let step = 0; step < 150; step++) storm.step();
    storm.leave();
    for (let step = 0; step < 100; step++) storm.step();
    storm.isCalm = true;
    for (let step = 0; step < 700; step++) storm.step();
    const { broker, script } = storm;
    const label = `seed ${seed}`;
    expect(broker.shares, label).toBe(0);
    expect(broker.lowest, label).toBe(0);
    expect(storm.held, label).toBe(0);
    expect(
      broker.live.map(({ view }) => `${view.id} ${view.status}`),
      label,
    ).toEqual([]);
    const told = script.journal.flatMap(({ event }) => (event.kind === 'order_filled' ? [event.price] : []));
    expect([...told].sort(), label).toEqual(broker.executions.map((execution) => execution.price).sort());
    expect(
      script.execution.report().orders.map(({ order, stage }) => `${order} ${stage}`),
      label,
    ).toEqual([]);
    expect(script.execution.state, label).toBe('ready');
    expect(
      script.journal.flatMap(({ event }) => (event.kind === 'difference_found' || event.kind === 'position_adjusted' ? [event] : [])),
      label,
    ).toEqual([]);
  }
});
