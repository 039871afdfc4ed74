import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { headlinesIn } from '#tests/headlines-in';
import { KEY } from './vendors.js';

const program = fileURLToPath(new URL('../../bin/catalyst.js', import.meta.url));

export type Run = { readonly code: number | null; readonly out: string; readonly err: string };

/** The built program with these variables and no others of ours; `bytesMax` bounds the files that it can write. */
export function start(args: readonly string[], variables: Readonly<Record<string, string>>, blocksMax?: number): ChildProcess {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
  return spawn('bash', ['-c', `ulimit -f ${blocksMax ?? 'unlimited'}; exec "$@"`, 'bash', process.execPath, program, 'news', ...args], {
    env: { PATH, HOME, TMPDIR, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export function ended(child: ChildProcess): Promise<Run> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (data) => {
    out += String(data);
  });
  child.stderr?.on('data', (data) => {
    err += String(data);
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

export const run = (args: readonly string[], variables: Readonly<Record<string, string>>, blocksMax?: number): Promise<Run> =>
  ended(start(args, variables, blocksMax));

export async function idsIn(file: string): Promise<readonly string[]> {
  const read = await headlinesIn(file);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  if (read.value.refused.length > 0) throw new Error(JSON.stringify(read.value.refused));
  return read.value.headlines.map(({ vendorId }) => vendorId ?? '');
}

export const holdsKey = (text: string): boolean => text.includes(KEY) || text.includes(encodeURIComponent(KEY));
export const textOf = (file: string): string => readFileSync(file, 'utf8');

/** Waits until it is so; the test's own time limit is the bound. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}
