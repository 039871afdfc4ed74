import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onDisk } from '#adapters/archive/archive-problem';
import { isRunning, namesIn } from '#main/backup/disk';

const PREFIX = 'catalyst-scratch-';
const named = new RegExp(`^${PREFIX}(\\d+)-\\w+$`);

/**
 * Does the work with an empty folder of its own, which is gone afterwards. One that a killed process left is removed first: what is
 * in it is not encrypted.
 */
export async function withScratch<Value>(place: string, work: (folder: string) => Value | Promise<Value>): Promise<Value> {
  for (const name of namesIn(place)) {
    const pid = Number(named.exec(name)?.[1] ?? process.pid);
    if (!isRunning(pid)) rmSync(join(place, name), { recursive: true, force: true });
  }
  const folder = onDisk(place, () => mkdtempSync(join(place, `${PREFIX}${process.pid}-`)));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
