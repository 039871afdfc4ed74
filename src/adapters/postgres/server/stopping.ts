import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from '#adapters/postgres/server/binaries';
import type { DatabaseHome } from '#adapters/postgres/server/database-home';
import { type DatabaseProblem, systemCode } from '#adapters/postgres/server/problems';
import { serverProcesses } from '#adapters/postgres/server/process-list';
import { runAs } from '#adapters/postgres/server/run-as';
import { fail, ok, type Result } from '#domain/values/result';

const LOOK_AGAIN = 20;
const FAST_WITHIN = 30_000;
const IMMEDIATE_WITHIN = 10_000;
const ORPHANS_ALONE = 3_000;

/**
 * Ends a server: at first as it likes to end, with everything in its files and nobody connected (fast, SIGINT); if that
 * takes too long at once (immediate, SIGQUIT), after which the next start reads its log. Either loses nothing.
 */
export async function stopServer(home: DatabaseHome, { bin }: Binaries, pid: number): Promise<Result<null, DatabaseProblem>> {
  let code = 'it goes on';
  if (process.platform === 'win32') {
    // There a signal is the end at once; the server is asked through a pipe that its own tool knows.
    await runAs(null, join(bin, 'pg_ctl.exe'), ['stop', '-D', home.cluster, '-m', 'fast', '-w', '-t', String(FAST_WITHIN / 1000)]);
    return (await without(home, 0)) ? ok(null) : fail({ kind: 'would_not_stop', pid, code });
  }
  for (const [signal, patience] of [
    ['SIGINT', FAST_WITHIN],
    ['SIGQUIT', IMMEDIATE_WITHIN],
  ] as const) {
    const refused = send(pid, signal);
    if (refused !== null) code = refused;
    if (await without(home, refused === null ? patience : 0)) return ok(null);
  }
  return fail({ kind: 'would_not_stop', pid, code });
}

/** Processes whose first one was killed end by themselves as soon as they notice; one deep in a query does not, and is ended. */
export async function endOrphans(home: DatabaseHome): Promise<Result<null, DatabaseProblem>> {
  if (await without(home, ORPHANS_ALONE)) return ok(null);
  for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
    for (const pid of serverProcesses(home).forked) send(pid, signal);
    if (await without(home, ORPHANS_ALONE)) return ok(null);
  }
  return fail({ kind: 'would_not_stop', pid: serverProcesses(home).forked[0] ?? 0, code: 'it goes on' });
}

/** Whether nothing of it runs any more, at the latest then. */
async function without(home: DatabaseHome, patience: number): Promise<boolean> {
  const end = performance.now() + patience;
  for (;;) {
    const { started, forked } = serverProcesses(home);
    if (started.length === 0 && forked.length === 0) return true;
    if (performance.now() >= end) return false;
    await sleep(LOOK_AGAIN);
  }
}

/** Null when it was sent, or nobody was there any more to take it. */
function send(pid: number, signal: NodeJS.Signals): string | null {
  try {
    process.kill(pid, signal);
    return null;
  } catch (error) {
    const code = systemCode(error);
    return code === 'ESRCH' ? null : code;
  }
}
