import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../dist/adapters/postgres/open-database.js';
import { calibrate } from '../calibration.mjs';
import { report } from '../case.mjs';

const calibration = calibrate();
// Root's server runs as somebody else, who has to get there.
const folder = mkdtempSync(join(tmpdir(), 'catalyst-bench-database-'));
chmodSync(folder, 0o711);
const home = join(folder, 'home');

async function timed(work) {
  const begin = performance.now();
  const value = await work();
  return [(performance.now() - begin) / 1000, value];
}

async function open() {
  const running = await openDatabase({ home, database: 'catalyst_production' });
  if (!running.ok) throw new Error(JSON.stringify(running.problem));
  return running.value;
}

const [made, first] = await timed(open);
await first.close();
const [started, second] = await timed(open);
const [adopted, third] = await timed(open);
await third.close();
process.kill(second.place.pid, 'SIGKILL');
const [recovered, fourth] = await timed(open);
const [stopped] = await timed(() => fourth.close());
rmSync(folder, { recursive: true, force: true });
report({ figures: { made, started, adopted, recovered, stopped }, calibration });
