import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { journalFolder } from './projected.js';

const catalyst = fileURLToPath(new URL('../../bin/catalyst.js', import.meta.url));

/** The journal of a simulated day as `catalyst start` writes it; the same seed gives the same day. */
export function madeUpJournal(seed: number, symbols: number): string {
  const directory = journalFolder();
  const words = ['start', '--speed', 'max', '--seed', String(seed), '--symbols', String(symbols), '--journal', directory];
  const made = spawnSync(process.execPath, [catalyst, ...words], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`catalyst start: ${made.stderr}`);
  return directory;
}
