import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { endChildren } from '../journeys/running-day.js';
import { expectWhole, settled } from './oracle.js';
import { PaperProcess } from './paper-process.js';
import type { SimProcess } from './sim-process.js';
import { bought, trading, wanted } from './trading.js';

afterEach(endChildren);

const LONG = { timeout: 240_000 };
/** The loop of the program can be made to stand still by a signal. */
const inside = ['env', `NODE_OPTIONS=--import ${new URL('./blocked.mjs', import.meta.url).href}`];

const entries = async (sim: SimProcess): Promise<number> =>
  (await sim.orders()).filter(({ client_order_id }) => client_order_id.includes('-entry-')).length;

test('G2: a loop that stood still for more than a second buys nothing, says why, and entries are open again later', LONG, async () => {
  const made = await trading({ inside });
  const { sim, paper, journal } = made;
  paper.child.kill('SIGHUP');
  await paper.says(/LAG {6}the process stood still for 2\d00 ms/, 20);
  await paper.says(/broker {3}reconciling: the process stood still for 2\d00 ms/, 20);
  await wanted(sim);
  await paper.says('refused  ZZVL: broker not ready');
  expect(await entries(sim)).toBe(0);
  await paper.says('the process keeps up again', 60);
  await paper.says(/keeps up again[\s\S]*broker {3}ready: compared/, 20);
  await settled(sim, paper);
  expect(await paper.end()).toBe(0);
  expectWhole(journal, [paper.out, paper.err], sim);
});

test(
  'G2: a loop that stands still for more than ten seconds is ended from beside it; the stop stays, and the next start goes on',
  LONG,
  async () => {
    const made = await trading({ inside });
    const { sim, paper, journal } = made;
    await bought(made);
    await settled(sim, paper);
    const began = performance.now();
    paper.child.kill('SIGQUIT');
    await paper.gone(20);
    const seconds = (performance.now() - began) / 1000;
    expect([paper.child.signalCode, paper.err]).toEqual([
      'SIGKILL',
      expect.stringMatching(/has stood still for 10\.\d seconds and is ended/),
    ]);
    expect(seconds).toBeGreaterThan(10);
    const next = new PaperProcess({ ...made, sim });
    await next.ready();
    await settled(sim, next);
    expect(await next.end()).toBe(0);
    expectWhole(journal, [paper.out, paper.err, next.out, next.err], sim);
  },
);

test('G2: a process that was stopped as a whole for longer than that is not ended when it goes on', LONG, async () => {
  const { sim, paper } = await trading();
  paper.child.kill('SIGSTOP');
  await sleep(12_000);
  paper.child.kill('SIGCONT');
  await sleep(2_000);
  expect([paper.hasEnded, paper.out.includes('LAG')]).toEqual([false, false]);
  await settled(sim, paper);
  expect(await paper.end()).toBe(0);
});
