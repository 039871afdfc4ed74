import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, existsSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { adopt, endChildren } from '../journeys/running-day.js';
import { stopAsked } from './crash-cells.js';
import { expectWhole, settled } from './oracle.js';
import { PaperProcess } from './paper-process.js';
import { SimProcess } from './sim-process.js';
import { scene } from './taught.js';
import { bought } from './trading.js';

afterEach(endChildren);

const isPossible = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
const why = isPossible ? '' : ' (skipped: no disk of its own may be mounted here)';

/** A disk of its own that is there for as long as its process; gives the way to it from outside. */
async function smallDisk(megabytes: number): Promise<string> {
  const mounted = `mount -t tmpfs -o size=${megabytes}m tmpfs /mnt && echo mounted && exec sleep 600`;
  const holder: ChildProcess = adopt(spawn('unshare', ['-rm', 'bash', '-c', mounted], { stdio: ['ignore', 'pipe', 'inherit'] }));
  if (holder.stdout !== null) await once(holder.stdout, 'data');
  return `/proc/${holder.pid}/root/mnt`;
}

/** Writes until nothing more fits. */
function fill(file: string): void {
  const piece = Buffer.alloc(4096);
  const descriptor = openSync(file, 'w');
  try {
    for (;;) writeSync(descriptor, piece);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(descriptor);
  }
}

test.skipIf(!isPossible)(
  `G4: a crash on a full disk: it starts again, enters nothing, closes what somebody wants closed, and writes it down${why}`,
  { timeout: 240_000 },
  async () => {
    const [made, sim, disk] = await Promise.all([scene(), SimProcess.start(), smallDisk(200)]);
    const journal = join(disk, 'journal');
    const reserve = join(journal, 'reserve');
    const filler = join(disk, 'filler');
    cpSync(made.journal, journal, { recursive: true });
    await sim.moveTo('10:14:30');
    const first = new PaperProcess({ ...made, journal, sim });
    await first.ready();
    await bought({ sim, paper: first });
    expect(existsSync(reserve)).toBe(true);

    fill(filler);
    await first.says('no entries until there are 128 MB');
    await first.kill();
    const second = new PaperProcess({ ...made, journal, sim });
    await second.says('kept in reserve are being written now');
    await settled(sim, second);
    expect([existsSync(reserve), second.out.includes('broker   ready')]).toEqual([false, false]);

    await stopAsked(journal, 'flatten');
    await sim.speed(10);
    await second.says(/filled +ZZVL: sell/);
    unlinkSync(filler);
    await second.says('the disk has room again');
    await settled(sim, second);
    expect([await sim.positions(), existsSync(reserve)]).toEqual([{}, true]);
    await second.end();
    expect(existsSync(reserve)).toBe(false);
    expectWhole(
      journal,
      [first, second].map(({ out, err }) => out + err),
      sim,
    );
  },
);
