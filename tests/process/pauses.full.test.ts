import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { catalyst } from '../journeys/catalyst.js';
import { endChildren } from '../journeys/running-day.js';
import { expectWhole, settled } from './oracle.js';
import { PaperProcess } from './paper-process.js';
import type { SimProcess } from './sim-process.js';
import { scene } from './taught.js';
import { bought, type Trading, trading, wanted } from './trading.js';
import { until } from './until.js';

afterEach(endChildren);

const LONG = { timeout: 240_000 };

const entries = async (sim: SimProcess): Promise<number> =>
  (await sim.orders()).filter(({ client_order_id }) => client_order_id.includes('-entry-')).length;

async function endWell({ sim, paper, journal }: Trading): Promise<void> {
  await settled(sim, paper);
  expect([await paper.end(), paper.err]).toEqual([0, expect.stringContaining('orders stay at the broker')]);
  expectWhole(journal, [paper.out, paper.err], sim);
}

test('E7: a process that sleeps over its minute drops what it would have bought then', LONG, async () => {
  const scene = await trading();
  const { sim, paper } = scene;
  paper.child.kill('SIGSTOP');
  await sim.moveTo('10:20');
  await sleep(5_000);
  paper.child.kill('SIGCONT');
  await sim.speed(10);
  await paper.says(/10:2\d {2}REFUSED {2}the broker has not taken .*-entry/);
  expect(await entries(sim)).toBe(0);
  await endWell(scene);
});

test('E1: the clock jumps five minutes ahead, and nothing is bought on minutes that are over', LONG, async () => {
  const scene = await trading();
  const { sim, paper } = scene;
  await sim.step(5);
  await sim.speed(10);
  await paper.says(/REFUSED {2}the broker has not taken .*-entry/);
  expect(await entries(sim)).toBe(0);
  await endWell(scene);
});

test('E7: a process that sleeps with shares held finds everything as it is at the broker', LONG, async () => {
  const scene = await trading();
  const { sim, paper } = scene;
  await bought(scene);
  paper.child.kill('SIGSTOP');
  await sim.speed(60);
  await sleep(10_000);
  await sim.speed(10);
  paper.child.kill('SIGCONT');
  await until('the minutes of the sleep have been told', () => paper.out.includes('10:15') && !paper.hasEnded);
  await endWell(scene);
});

test('X1: a second process at the same account is refused and says who has it, whatever journal it is given', LONG, async () => {
  const { sim, paper, ...made } = await trading();
  for (const journal of [made.journal, (await scene()).journal]) {
    const second = new PaperProcess({ ...made, sim, journal });
    expect(await second.gone()).toBe(4);
    expect(second.err).toContain(`process ${paper.child.pid} trades this account already`);
  }
  await paper.end();
});

/** A person takes the leader for dead, and takes its locks away. */
function takeForDead({ state, journal }: Pick<Trading, 'state' | 'journal'>): string {
  const account = join(state, 'accounts', 'simulated-b90c556e-f629-488f-8fbb-5ff1b08f959c', 'lock');
  for (const lock of [account, join(journal, 'lock')]) rmSync(lock);
  return account;
}

test('X2: a leader that wakes up after another took over sends nothing, writes nothing, and ends', LONG, async () => {
  const made = await trading();
  const { sim, paper: leader } = made;
  leader.child.kill('SIGSTOP');
  const lease = takeForDead(made);
  const next = new PaperProcess({ ...leader.around });
  await next.ready();
  const ours = readFileSync(lease, 'utf8');
  leader.child.kill('SIGCONT');
  await wanted(sim);
  expect([await leader.gone(), leader.err]).toEqual([
    4,
    expect.stringMatching(/another process has taken over|is being written by process/),
  ]);
  await next.says('filled   ZZVL: buy');
  expect([readFileSync(lease, 'utf8'), await entries(sim)]).toEqual([ours, 1]);
  // What is kept beside the journal is the other one's by now.
  expect([existsSync(join(made.journal, 'reserve')), next.out]).toEqual([true, expect.not.stringContaining('the disk')]);
  expect(catalyst(['verify', '--journal', made.journal]).code).toBe(0);
  await endWell({ ...made, paper: next });
});
