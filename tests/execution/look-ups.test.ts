import { expect, test } from 'vitest';
import { cash } from '#domain/values/cash';
import { id } from '../one-trade.js';
import { bare, quiet } from './held.js';
import { ambiguous, type clientId, e4, Script } from './script.js';

/** A sale of everything whose fate nobody knows, and which never arrived. */
function soldOrNot(): Script {
  const script = bare();
  script.act({ orders: [[script.exit(200)]] });
  script.answer('submit_exit', ambiguous);
  quiet(script);
  return script;
}
const ends = (script: Script): readonly string[] => script.takeSaid().filter((said) => !/^(uncovered|difference cash)/.test(said));

test('A2: an exit that never arrived and is not wanted any more is over, and is not sent again', () => {
  const script = soldOrNot();
  script.act({ cancels: [id('exit-1')] });
  script.wait(130_000);
  expect(ends(script)).toEqual(['rejected exit-1 (not_accepted)']);
  expect(script.takeSent()).toEqual([]);
});

test('A2: an exit that never arrived, of shares that are gone, is over', () => {
  const script = soldOrNot();
  const { symbol } = script.exit(200);
  script.record({ kind: 'position_adjusted', symbol, shares: -200, price: e4(100), cause: 'external_trade', bar: script.now });
  script.world.positions = [];
  script.world.account = { ...script.world.account, equity: cash(0) };
  script.wait(130_000);
  expect(ends(script)).toEqual(['rejected exit-1 (not_accepted)']);
  expect(script.takeSent()).toEqual([]);
});

test('C7: a name that was set apart is entered again once it is released', () => {
  const script = Script.ready();
  script.told(script.view({ clientId: 'by-hand' as ReturnType<typeof clientId>, side: 'buy', type: 'limit', limit: e4(50) }));
  script.wait(66_000);
  const { symbol } = script.exit(200);
  expect(script.execution.report().quarantined).toEqual([symbol]);
  script.record({ kind: 'name_released', symbol });
  script.takeSent();
  script.act({ orders: [script.bracket()] });
  expect(script.takeSent()).toEqual(['bracket 200 entry-1 at 100 stop 98 target 104 (entry)']);
});
