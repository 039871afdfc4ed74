import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { newClient } from '#adapters/postgres/client';
import { openDatabase } from '#adapters/postgres/open-database';
import type { RunningDatabase } from '#adapters/postgres/running-database';
import { databaseHome } from '#adapters/postgres/server/database-home';
import { stopOwn } from '#adapters/postgres/server/own-server';
import { serverProcesses } from '#adapters/postgres/server/process-list';
import { serverFolder } from './cluster.js';

/** A folder for a server of our own, which is ended with the test whatever becomes of it. */
export function newHome(name = 'home'): string {
  const home = join(serverFolder('own'), name);
  onTestFinished(async () => {
    await stopOwn(home);
    const { started, forked } = serverProcesses(databaseHome(home));
    for (const pid of [...started, ...forked]) process.kill(pid, 'SIGKILL');
  }, 60_000);
  return home;
}

/** Opens and insists. */
export async function opened(
  home: string,
  options: { readonly keep?: boolean; readonly overTcp?: boolean; readonly database?: string } = {},
) {
  const running = await openDatabase({ home, database: 'catalyst_production', ...options });
  if (!running.ok) throw new Error(JSON.stringify(running.problem));
  return running.value;
}

/** One statement in a connection of its own. */
export async function ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = newClient(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end().catch(() => {});
  }
}

export const askOf = (running: RunningDatabase, sql: string) => ask(running.connectionString, sql);

/** The first processes of servers on this home: more than one would spoil it. */
export const postmasters = (home: string): readonly number[] => serverProcesses(databaseHome(home)).started;
