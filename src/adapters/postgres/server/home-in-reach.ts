import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { databaseHome, shortHash } from '#adapters/postgres/server/database-home';
import { closedFolder, serverUser } from '#adapters/postgres/server/server-user';

/** Where programs of a machine keep what they have made (Filesystem Hierarchy Standard 5.8). */
const MACHINE_WIDE = '/var/lib/catalyst';

/**
 * A folder for a server, or where root may go and the server's user may not (a checkout in /root) one of the same meaning
 * elsewhere: always the same for the same folder, so that it is found again.
 */
export function inReach(folder: string): string {
  const wanted = resolve(folder);
  const user = serverUser(databaseHome(wanted));
  if (!user.ok || user.value === null || closedFolder(existing(wanted), user.value) === null) return folder;
  return join(MACHINE_WIDE, `database-${shortHash(wanted)}`);
}

const existing = (path: string): string => (existsSync(path) ? path : existing(dirname(path)));
