import { expect, test } from 'vitest';
import { id } from '../one-trade.js';
import { quiet, stoppedPlainly } from './held.js';
import { ambiguous, notSent, refused } from './script.js';

test('A18: a cancel that could not leave is asked for again for as long as it takes: it was none of its few tries', () => {
  const script = stoppedPlainly();
  script.act({ cancels: [id('exit-1')] });
  for (let time = 0; time < 8; time++) {
    script.answer('cancel_order', notSent);
    script.wait(4_000);
  }
  expect(script.takeSent()).toHaveLength(9);
  expect(script.takeSaid()).toEqual([]);
});

test('A15: a cancel that was refused for the keys is asked for again once they are good', () => {
  const script = stoppedPlainly();
  script.act({ cancels: [id('exit-1')] });
  for (let time = 0; time < 8; time++) {
    script.answer('cancel_order', refused('not_authorized'));
    quiet(script);
    script.wait(130_000);
    expect(script.takeSent()).toHaveLength(1);
  }
});

test('B6: after a cancel whose fate nobody knows the order is read at once', () => {
  const script = stoppedPlainly();
  script.act({ cancels: [id('exit-1')] });
  script.asked.splice(0);
  script.answer('cancel_order', ambiguous);
  expect(script.asked.map(({ ask }) => ask.kind)).toContain('read_order');
});
