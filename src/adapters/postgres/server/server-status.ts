import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installedBinaries } from '#adapters/postgres/server/binaries';
import { databaseHome } from '#adapters/postgres/server/database-home';
import { type DatabaseProblem, systemCode } from '#adapters/postgres/server/problems';
import { type ServerState, serverState } from '#adapters/postgres/server/server-state';
import { fail, ok, type Result } from '#domain/values/result';

/** What there is of a server of our own, seen from outside: nothing is started or changed. */
export type OwnStatus = {
  readonly home: string;
  readonly state: ServerState;
  readonly isKept: boolean;
  readonly bytes: number;
  /** Of the programs that are installed. */
  readonly installed: string;
};

/** Reads what a home says of its server. */
export function ownStatus(folder: string): Result<OwnStatus, DatabaseProblem> {
  const home = databaseHome(folder);
  const installed = installedBinaries();
  if (!installed.ok) return installed;
  const { version } = installed.value;
  try {
    const state = serverState(home, version.split('.', 1)[0] ?? '');
    if (!state.ok) return state;
    return ok({ home: home.folder, state: state.value, isKept: existsSync(home.kept), bytes: bytesIn(home.folder), installed: version });
  } catch (error) {
    return fail({ kind: 'not_permitted', path: home.folder, code: systemCode(error) });
  }
}

/** What a folder takes on the disk; files come and go while it is looked at. */
function bytesIn(path: string): number {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  const own = found.blocks * 512;
  if (!found.isDirectory()) return own;
  return namesIn(path).reduce((sum, name) => sum + bytesIn(join(path, name)), own);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return [];
  }
}
