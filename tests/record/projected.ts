import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newClient } from '#adapters/postgres/client';
import { migrateUp } from '#adapters/postgres/migrations';
import { type TableHash, tableHashes } from '#adapters/postgres/table-hashes';
import { systemClock } from '#main/news/system-clock';
import { projecting } from '#main/record/projecting';
import type { Projected, ProjectorOptions } from '#main/record/projector';
import { type Projection, projections } from '#main/record/tables';

/** A folder that nobody else uses; the journal comes into it. */
export const journalFolder = (): string => join(mkdtempSync(join(tmpdir(), 'catalyst-record-')), 'journal');

/** Brings an empty database up to the schema. */
export async function withSchema(url: string): Promise<string> {
  const migrated = await migrateUp(url);
  if (!migrated.ok) throw new Error(JSON.stringify(migrated.problem));
  return url;
}

export type Run = Partial<Omit<ProjectorOptions, 'until'>> & {
  readonly projections?: readonly Projection[];
  readonly until?: number;
};

/** Projects a journal to its end, or to an entry. */
export const project = (url: string, directory: string, { until, ...run }: Run = {}): Promise<readonly Projected[]> =>
  projecting({
    address: async () => url,
    directory,
    name: 'journal',
    projections,
    isFollowing: false,
    isLocked: false,
    signal: new AbortController().signal,
    clock: systemClock,
    patienceMs: 20_000,
    told: () => {},
    ...run,
    ...(until !== undefined && { until: { ledger: until, market: until, decisions: until } }),
  });

/** All rows of a query. */
export async function asked(url: string, query: string): Promise<readonly Record<string, unknown>[]> {
  const client = newClient(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}

/** Which rows a table has, without the key of the journal. */
export async function hashes(url: string): Promise<readonly TableHash[]> {
  const client = newClient(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return await tableHashes(client);
  } finally {
    await client.end();
  }
}
