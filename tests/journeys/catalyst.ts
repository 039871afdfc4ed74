import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const program = fileURLToPath(new URL('../../bin/catalyst.js', import.meta.url));

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs the built program to its end, on this Node or another one. */
export function catalyst(args: readonly string[], node = process.execPath): Ran {
  const { status, stdout, stderr } = spawnSync(node, [program, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { code: status, out: stdout, err: stderr };
}

/** Starts the built program and does not wait. */
export const started = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

/** One object a line, as `--json` prints them. */
export const objects = (text: string): readonly Readonly<Record<string, unknown>>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

/** The lines of sessions, without the summary. */
export const sessionLines = (text: string): readonly Readonly<Record<string, unknown>>[] =>
  objects(text).filter((line) => 'session' in line);

export type Summary = { readonly sessions: number; readonly bars: number; readonly journalHash: string | null };

export function summaryIn(text: string): Summary | null {
  const line = objects(text).find((one) => 'summary' in one);
  return (line?.['summary'] as Summary | undefined) ?? null;
}
