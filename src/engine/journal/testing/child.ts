import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export type ChildOptions = {
  readonly seed: number;
  /** Without it the process appends until it is killed. */
  readonly turns?: number;
  /** The largest file it can write, in blocks of 1024 bytes. */
  readonly fileBlocksMax?: number;
  /** Where Node writes down each call to the file system. */
  readonly trace?: string;
};

/** Starts `append-forever.ts` as a process of its own. */
export function appendingChild(directory: string, reports: string, { seed, turns, fileBlocksMax, trace }: ChildOptions): ChildProcess {
  const node = [process.execPath, '--conditions=catalyst-source', '--import', here('./run-typescript.mjs')];
  if (trace !== undefined) node.push('--trace-event-categories=node.fs.sync', `--trace-event-file-pattern=${trace}`);
  const words = [...node, here('./append-forever.ts'), directory, reports, String(seed), String(turns ?? 'Infinity')];
  return spawn('bash', ['-c', `ulimit -f ${fileBlocksMax ?? 'unlimited'}; exec "$@"`, 'bash', ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}
