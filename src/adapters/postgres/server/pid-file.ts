import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a server writes of itself into its folder (PostgreSQL: miscadmin.h, "lock file line numbers"). */
export type PidFile = {
  readonly pid: number;
  readonly startedAt: number;
  readonly port: number;
  readonly socketFolder: string;
  /** Empty while it begins; then `starting`, `ready`, `stopping`. */
  readonly status: string;
};

export const pidPath = (cluster: string): string => join(cluster, 'postmaster.pid');

/** Null without one; "spoiled" when it holds no number of a process: a disk was full, or a machine went down in the middle. */
export function readPidFile(cluster: string): PidFile | 'spoiled' | null {
  const path = pidPath(cluster);
  if (!existsSync(path)) return null;
  const [pid = '', , startedAt = '', port = '', socketFolder = '', , , status = ''] = readFileSync(path, 'utf8').split('\n');
  if (!/^-?[1-9]\d*\s*$/.test(pid)) return 'spoiled';
  return {
    // A server without the others around it (`postgres --single`) writes its number with a minus.
    pid: Math.abs(Number(pid)),
    startedAt: Number(startedAt) * 1000,
    port: Number(port),
    socketFolder: socketFolder.trim(),
    status: status.trim(),
  };
}

/** The most that a number of a process can be: none is as high (proc(5): 2^22). */
const NOBODY = 2 ** 31 - 1;

/**
 * Another program has the number of a server that is gone, so that PostgreSQL would believe that it runs. Only the number is
 * taken away: of the other lines it learns whether somebody still uses the memory of that server, and then does not start.
 */
export const withoutProcess = (text: string): string => text.replace(/^[^\n]*/, String(NOBODY));
