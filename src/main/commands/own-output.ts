import { fstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Failure } from '#main/commands/failure';

/** What is read from a folder of bars, of daily bars, or from a store. */
const readable = /\.(csv|csv\.gz|parquet|json)$/;

/**
 * Refuses to write where the command reads, by whatever name: another spelling, a link, or the shell's redirection. An
 * input may be a folder, of which every file that could be read counts.
 */
export function refuseOwnInput(output: string | undefined, inputs: readonly (string | undefined)[]): void {
  const written = output === undefined ? fstatSync(1) : statOf(output);
  if (written === undefined || !written.isFile()) return;
  for (const input of inputs)
    if (input !== undefined && filesIn(input).some((file) => isSame(written, statOf(file))))
      throw new Failure('badInput', `${output ?? 'standard output'} is a file that is read; give --out another name`);
}

/** Refuses a folder that is to be replaced as a whole when something that is read lies in it. */
export function refuseInputWithin(folder: string, inputs: readonly (string | undefined)[]): void {
  for (const input of inputs)
    if (input !== undefined && isWithin(folder, input))
      throw new Failure('badInput', `${input} lies in ${folder}, which is written; read it from another place`);
}

/** Whether a path leads to a folder or to something below it. */
export const isWithin = (folder: string, path: string): boolean => `${realPath(path)}${sep}`.startsWith(`${realPath(folder)}${sep}`);

/** Whether two paths lead to the same place. */
export const isSamePlace = (one: string, other: string): boolean => realPath(one) === realPath(other);

function filesIn(path: string): readonly string[] {
  if (statOf(path)?.isDirectory() !== true) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => readable.test(name))
    .map((name) => join(path, name));
}

/** What cannot be looked at is told by whoever opens it. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/** Links resolved as far as the path exists. */
function realPath(path: string): string {
  const whole = resolve(path);
  if (statOf(whole) !== undefined) return realpathSync(whole);
  return dirname(whole) === whole ? whole : join(realPath(dirname(whole)), basename(whole));
}

const isSame = (one: Stats, other: Stats | undefined): boolean => other !== undefined && one.ino === other.ino && one.dev === other.dev;
