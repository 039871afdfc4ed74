import { expect } from 'vitest';
import { type CellName, cells, freed, type Restart, restarts } from './crash-cells.js';
import { expectWhole, settled } from './oracle.js';
import { PaperProcess } from './paper-process.js';
import { trading } from './trading.js';

/** The recovery objective of the whole program, in milliseconds of the machine. */
const READY_MS_MAX = 20_000;

/** Brings a trading process to a step, kills it there, starts it again, and looks at both sides. Gives how long the start took. */
export async function crashed(cell: CellName, restart: Restart): Promise<number> {
  const made = await trading();
  const { sim, paper, journal } = made;
  const killed = (await cells[cell](made)) ?? paper;
  await killed.kill();
  await freed(sim);
  await restarts[restart](sim);
  const next = new PaperProcess({ ...paper.around });
  const readyMs = await next.ready();
  await sim.speed(10);
  await settled(sim, next);
  // Nothing comes afterwards that makes it worse.
  await sim.step(2);
  await settled(sim, next);
  // A crash alone makes no difference that anybody has to explain: what was sent is known by its name. The clocks are none of its
  // business: at ten times the speed a tenth of a second in which this machine did something else is a second between them.
  expect(next.out).not.toMatch(/DIFFERS {2}(?!the account, clock)|ADJUSTED|no more /);
  expect([await next.end(), next.err], next.out).toEqual([0, expect.stringContaining('orders stay at the broker')]);
  expectWhole(
    journal,
    [paper, killed, next].map(({ out, err }) => out + err),
    sim,
  );
  expect(readyMs).toBeLessThan(READY_MS_MAX);
  await sim.end();
  return readyMs;
}
