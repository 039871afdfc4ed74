import { lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onDisk } from '#adapters/archive/archive-problem';
import { isRunning, namesIn } from '#main/backup/disk';

const PREFIX = 'catalyst-scratch';

/**
 * Does the work with an empty folder of its own, which is gone afterwards. One that a killed process left is removed first: what is
 * in it is not encrypted.
 */
export async function withScratch<Value>(place: string, work: (folder: string) => Value | Promise<Value>): Promise<Value> {
  for (const left of leftIn(place, PREFIX)) rmSync(left, { recursive: true, force: true });
  const folder = newIn(place, PREFIX);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A new folder that says whose it is. */
export const newIn = (place: string, prefix: string): string => onDisk(place, () => mkdtempSync(join(place, `${prefix}-${process.pid}-`)));

/** Such folders of processes that are gone. Those of another user are his: here they could stop every backup, or lead to what is not ours. */
export function leftIn(place: string, prefix: string): readonly string[] {
  const us = process.geteuid?.();
  return namesIn(place).flatMap((name) => {
    const pid = Number(new RegExp(`^${prefix}-(\\d+)-\\w+$`).exec(name)?.[1] ?? process.pid);
    const path = join(place, name);
    const there = isRunning(pid) ? undefined : lstatSync(path, { throwIfNoEntry: false });
    return there?.isDirectory() === true && (us === undefined || there.uid === us) ? [path] : [];
  });
}
