import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Room for a few databases; a container often has 64 MB of it. */
const MEMORY_MIN = 1024 ** 3;

let root = '';
let servers = '';

/** Gives tests, and the processes that they start, a folder for temporary files of their own. */
export function setup(): void {
  root = mkdtempSync(join(tmpdir(), 'catalyst-tests-'));
  // Databases are thousands of files, synced one by one: in memory, where there is any for that. Root's servers run as
  // somebody else, who has to get there.
  servers = mkdtempSync(join(hasMemory() ? '/dev/shm' : root, 'catalyst-servers-'));
  for (const folder of [root, servers]) chmodSync(folder, 0o711);
  Object.assign(process.env, { TMPDIR: root, CATALYST_TEST_SERVERS: servers });
}

export function teardown(): void {
  for (const folder of [servers, root]) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

function hasMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > MEMORY_MIN;
  } catch {
    return false;
  }
}
