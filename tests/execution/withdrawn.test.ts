import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import { quantity } from '#domain/values/quantity';
import { Roll } from '#engine/execution/roll';
import { id } from '../one-trade.js';
import { held } from './held.js';
import { Script } from './script.js';

/** The number of the ask that sends the entry. */
function entryAsked(script: Script): number {
  script.act({ orders: [script.bracket()] });
  const asking = script.open.find(({ ask }) => ask.kind === 'submit_bracket');
  if (asking === undefined) throw new Error('no entry was sent');
  return asking.id;
}

test('I7: an entry that is on its way out is not wanted any more once its end is', () => {
  const script = Script.ready();
  const entry = entryAsked(script);
  expect(script.execution.isWanted(entry)).toBe(true);
  script.act({ cancels: [id('entry')] });
  expect(script.execution.isWanted(entry)).toBe(false);
});

test('nor while the broker cannot be believed', () => {
  const script = Script.ready();
  const entry = entryAsked(script);
  script.news({ kind: 'line_lost', why: 'closed' });
  expect(script.execution.isWanted(entry)).toBe(false);
});

test('what takes risk away is wanted whatever happens', () => {
  const script = held();
  script.act({ orders: [[script.exit(200)]] });
  script.news({ kind: 'line_lost', why: 'closed' });
  for (const { id: asked } of script.open) expect(script.execution.isWanted(asked)).toBe(true);
});

test('D13: what an order has filled is known for as long as another one of its name is open', () => {
  const script = Script.ready();
  const roll = new Roll({ environment: 'paper', name: 'k3v9x2' });
  const [first, second] = [script.exit(200, { name: 'exit-1' }), script.exit(200, { name: 'exit-2' })];
  const [over, open] = [first, second].map((order) => roll.enter(order, { ticker: 'AAA' as never, at: instant(1) }));
  if (over === undefined || open === undefined) throw new Error('nothing was entered');
  Object.assign(over, { stage: 'ended', endedAt: instant(2), filled: quantity(200) });
  roll.forget(instant(1_000));
  expect(roll.get(first.id)?.filled).toBe(200);
  Object.assign(open, { stage: 'ended', endedAt: instant(3) });
  roll.forget(instant(1_000));
  expect([roll.get(first.id), roll.get(second.id)]).toEqual([undefined, undefined]);
});
