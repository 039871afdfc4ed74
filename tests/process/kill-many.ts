import { setTimeout as sleep } from 'node:timers/promises';
import { chance } from '../bar-columns.js';
import { disagreements, expectWhole, settled } from './oracle.js';
import { PaperProcess } from './paper-process.js';
import { SimProcess } from './sim-process.js';
import { scene } from './taught.js';
import { until } from './until.js';

/** What became of processes that were killed at any moment; milliseconds of the machine. */
export type Killed = {
  kills: number;
  days: number;
  /** Before the broker's lists had agreed with the book. */
  starting: number;
  /** While shares were held at the broker. */
  holding: number;
  /** While the two sides did not agree: something was on its way. */
  underWay: number;
  readonly readyMs: number[];
};

/** Minutes of the day in which seed 21 wants something: entries, moved stops, ways out. */
const moments = ['10:14:58', '10:15:59', '10:17:59', '10:19:30', '12:14:58', '14:59:58', '15:24:58', '15:26:30', '15:49:58', '15:54:58'];
const KILLS_A_DAY = 20;
/** So many kills of one journal would otherwise shut its entries. */
const args = ['--after-crashes', 'trade'];

/** Days that are killed at moments given by the seed, and looked at after each start. */
export async function killMany(kills: number, seed: number, say: (line: string) => void = () => {}): Promise<Killed> {
  const next = chance(seed);
  const result: Killed = { kills: 0, days: 0, starting: 0, holding: 0, underWay: 0, readyMs: [] };
  while (result.kills < kills) {
    await killedDay(Math.min(KILLS_A_DAY, kills - result.kills), next, result, say);
    result.days++;
  }
  return result;
}

async function killedDay(kills: number, next: () => number, result: Killed, say: (line: string) => void): Promise<void> {
  const [made, sim] = await Promise.all([scene(), SimProcess.start()]);
  await sim.moveTo('10:14:30');
  const printed: string[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const paper = new PaperProcess({ ...made, sim, args });
    const isEarly = next() < 0.3;
    if (isEarly) await sleep(next() * 3_000);
    else {
      result.readyMs.push(await paper.ready());
      await settled(sim, paper);
      const said = paper.out.length;
      await forward(sim, next);
      // At the first word of something, or just at any moment.
      if (next() < 0.5) await until('a word', () => paper.out.length > said, 3).catch(() => {});
      await sleep(next() * next() * 1_500);
    }
    const isReady = paper.readyMs !== null;
    await paper.kill();
    printed.push(paper.out, paper.err);
    await sim.speed(1);
    const held = Object.keys(await sim.positions()).length > 0;
    const left = await disagreements(sim, made.journal);
    result.kills++;
    if (!isReady) result.starting++;
    if (held) result.holding++;
    if (left.length > 0) result.underWay++;
    say(`${result.kills}: ${isReady ? 'ready' : 'starting'}${held ? ', shares held' : ''}${left.length > 0 ? `, ${left.join('; ')}` : ''}`);
  }
  const last = new PaperProcess({ ...made, sim, args });
  result.readyMs.push(await last.ready());
  await sim.speed(10);
  await settled(sim, last);
  await last.end();
  expectWhole(made.journal, [...printed, last.out, last.err], sim);
  await sim.end();
}

/** To a moment at which something happens, or a little on, or a while as fast as it goes. */
async function forward(sim: SimProcess, next: () => number): Promise<void> {
  const way = next();
  if (way < 0.55) {
    for (const moment of moments) {
      if (await sim.isPast(moment)) continue;
      await sim.moveTo(moment);
      return void (await sim.speed(2 + 8 * next()));
    }
  }
  await sim.speed(way < 0.8 ? 5 : 20);
}
