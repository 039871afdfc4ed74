import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultsIn } from '#main/sim-broker/fault-shape';
import { runningBroker } from './running-broker.js';

const page = readFileSync(new URL('../../docs/reference/sim-broker.md', import.meta.url), 'utf8');

test('the example of faults on the page is understood', () => {
  const example = /^ {4}\[\n(?: {4}.*\n)+/m.exec(page)?.[0] ?? '';
  expect(faultsIn(JSON.parse(example))).toMatchObject({ ok: true, value: { length: 8 } });
});

test('the page tells every act of the admin port', async () => {
  const sim = await runningBroker();
  const answer = await fetch(`http://127.0.0.1:${sim.adminPort}/nothing`);
  await sim.close();
  const acts = [...(await answer.text()).matchAll(/(?:GET|POST|DELETE) (\/[\w/-]+)/g)].map(([, path = '']) => path);
  expect(acts.length).toBeGreaterThan(20);
  for (const path of acts) expect(page).toContain(path.replace(/^\/person(?=\/(liquidate|replace-account))|^(?=\/(step|speed)$)/, ''));
});
