import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Starts `append-forever.ts` as a process of its own; `fileBlocksMax` limits the size of its files, in blocks of 1024 bytes. */
export function appendingChild(directory: string, reports: string, seed: number, fileBlocksMax: number | 'unlimited' = 'unlimited'): ChildProcess {
  const node = [process.execPath, '--conditions=catalyst-source', '--import', here('./run-typescript.mjs')];
  const words = [...node, here('./append-forever.ts'), directory, reports, String(seed)];
  return spawn('bash', ['-c', `ulimit -f ${fileBlocksMax}; exec "$@"`, 'bash', ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
}
