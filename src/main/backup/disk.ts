import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { onDisk } from '#adapters/archive/archive-problem';

/** Puts names that were added to or taken from a folder on the disk. */
export function syncFolder(folder: string): void {
  withFile(folder, 'r', (descriptor) => fsyncSync(descriptor));
}

/** Opens a file for the work and closes it, whatever comes of it. What is made is for its owner alone. */
export function withFile<Value>(path: string, flags: string | number, work: (descriptor: number) => Value): Value {
  return onDisk(path, () => {
    const descriptor = openSync(path, flags, 0o600);
    try {
      return work(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}

/** The names in a folder, sorted; none when it is not there. */
export function namesIn(folder: string): readonly string[] {
  return onDisk(folder, () => {
    try {
      return readdirSync(folder).sort();
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  });
}

/** Whether a process of that number lives. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
