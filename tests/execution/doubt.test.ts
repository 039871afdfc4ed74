import { expect, test } from 'vitest';
import { id } from '../one-trade.js';
import { held } from './held.js';
import { Script } from './script.js';

test('G2: in doubt nothing is entered, however often the lists agree; trusted again, it is after a comparison', () => {
  const script = Script.ready();
  expect(script.execution.state).toBe('ready');
  script.execution.doubt('stood still', script.now);
  expect(script.execution.state).toBe('reconciling');
  script.wait(180_000);
  expect(script.execution.state).toBe('reconciling');
  script.act({ orders: [script.bracket()] });
  expect([script.takeSent(), script.takeSaid().some((said) => said.includes('rejected entry'))]).toEqual([[], true]);
  script.execution.trust(script.now);
  expect(script.execution.state).toBe('reconciling');
  script.drain();
  expect(script.execution.state).toBe('ready');
});

test('G2: a line that breaks and comes back while in doubt opens nothing', () => {
  const script = Script.ready();
  script.execution.doubt('stood still', script.now);
  script.news({ kind: 'line_lost', why: 'reset' });
  expect(script.execution.state).toBe('lost');
  script.news({ kind: 'line_ready' });
  script.wait(180_000);
  expect(script.execution.state).toBe('reconciling');
});

test('G2: what is held is protected in doubt as ever: a stop moves', () => {
  const script = held();
  script.execution.doubt('stood still', script.now);
  script.act({ cancels: [id('stop')], orders: [[script.exit(200, { stop: 99 })]] });
  expect(script.takeSent()).toEqual([expect.stringContaining('99')]);
});
