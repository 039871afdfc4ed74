import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '#domain/brokerage/client-order-id';
import { fail, ok, type Result } from '#domain/values/result';
import { lockDirectory } from '#engine/journal/lock';
import { placeFile } from '#main/control/durable-file';

/** The right to trade an account from this machine; one process has it. */
export type Lease = {
  /** Whether it is still ours: a process that slept may have been taken for dead. */
  holds(): boolean;
  release(): void;
};

/** `build` is that of the process that has it, null where that is not known. */
export type LeaseTaken = { readonly kind: 'lease_taken'; readonly account: string; readonly pid: number; readonly build: string | null };

/** Who wants the right to trade which account. */
type Wanted = { readonly environment: Environment; readonly account: string; readonly build: string };

type Surroundings = Readonly<Record<string, string | undefined>>;

/** Where this program keeps what belongs to the machine and to no journal. */
function stateFolder(surroundings: Surroundings): string {
  const set = (name: string): string | null => surroundings[name] || null;
  return set('CATALYST_STATE') ?? join(set('XDG_STATE_HOME') ?? join(homedir(), '.local', 'state'), 'catalyst');
}

/**
 * One process an account: a second one would not know of the orders of the first. Holds between processes of one machine
 * and user; what another machine does is found by the names of its orders.
 */
export function leaseAccount({ environment, account, build }: Wanted, surroundings: Surroundings): Result<Lease, LeaseTaken> {
  const folder = join(stateFolder(surroundings), 'accounts', `${environment}-${account.replace(/[^\w-]/g, '_')}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const locked = lockDirectory(folder);
  if (!locked.ok) {
    const { pid } = locked.problem;
    return fail({ kind: 'lease_taken', account, pid, build: buildOf(pid, folder) });
  }
  // Beside the lock and not in it: another build must read the lock as this one does (K4).
  placeFile(join(folder, HOLDER), `${process.pid} ${build}\n`);
  return ok({ holds: () => locked.value.holds(), release: () => locked.value.release() });
}

const HOLDER = 'holder';

/** What that process has written of itself; a process that has only just got the lock has not. */
function buildOf(pid: number, folder: string): string | null {
  const path = join(folder, HOLDER);
  const [holder, build] = existsSync(path) ? readFileSync(path, 'utf8').trim().split(' ') : [];
  return holder === String(pid) ? (build ?? null) : null;
}
