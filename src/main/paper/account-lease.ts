import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '#domain/brokerage/client-order-id';
import { fail, ok, type Result } from '#domain/values/result';
import { lockDirectory } from '#engine/journal/lock';

/** The right to trade an account from this machine; one process has it. */
export type Lease = {
  /** Whether it is still ours: a process that slept may have been taken for dead. */
  holds(): boolean;
  release(): void;
};

export type LeaseTaken = { readonly kind: 'lease_taken'; readonly account: string; readonly pid: number };

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
export function leaseAccount(environment: Environment, account: string, surroundings: Surroundings): Result<Lease, LeaseTaken> {
  const folder = join(stateFolder(surroundings), 'accounts', `${environment}-${account.replace(/[^\w-]/g, '_')}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const locked = lockDirectory(folder);
  if (!locked.ok) return fail({ kind: 'lease_taken', account, pid: locked.problem.pid });
  return ok({ holds: () => locked.value.holds(), release: () => locked.value.release() });
}
