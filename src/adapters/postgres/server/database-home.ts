import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Where everything of one server of ours lies. */
export type DatabaseHome = {
  readonly folder: string;
  /** What PostgreSQL calls its data directory; the server's own, down to the last file. */
  readonly cluster: string;
  /** The first run makes it here, and renames it when it is whole. */
  readonly making: string;
  readonly password: string;
  readonly lock: string;
  /** There while the server is to stay although nobody uses it: `catalyst db start`. */
  readonly kept: string;
  readonly logs: string;
  /** What the server says before it writes its own log. */
  readonly startLog: string;
  /** In the titles of the server's processes, so that they are known when the first of them has been killed. */
  readonly name: string;
};

/** The places of a home, by its true name: the same server whatever link leads to it. */
export function databaseHome(folder: string): DatabaseHome {
  const root = trueName(resolve(folder));
  const logs = join(root, 'log');
  return {
    folder: root,
    cluster: join(root, 'cluster'),
    making: join(root, 'cluster.making'),
    password: join(root, 'password'),
    lock: join(root, 'lock'),
    kept: join(root, 'kept'),
    logs,
    startLog: join(logs, 'start.log'),
    name: `catalyst-${shortHash(root)}`,
  };
}

/** Eight letters that stand for a path. */
export const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** Of a path whose end need not be there yet. */
function trueName(path: string): string {
  if (existsSync(path) || dirname(path) === path) return realpathSync(path);
  return join(trueName(dirname(path)), basename(path));
}
