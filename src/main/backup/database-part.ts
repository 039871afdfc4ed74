import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DumpProblem, openDump } from '#adapters/postgres/database-dump';
import { fillDatabase } from '#adapters/postgres/fill-database';
import { openDatabase } from '#adapters/postgres/open-database';
import type { RunningDatabase } from '#adapters/postgres/running-database';
import { stopOwn } from '#adapters/postgres/server/own-server';
import type { Result } from '#domain/values/result';
import type { DatabaseDump } from '#engine/ports/database-dump';
import { dumpText, MismatchError } from '#main/backup/backup-problem';
import { type DatabaseMark, type Manifest, tableMember } from '#main/backup/manifest';
import { leftIn, newIn } from '#main/backup/scratch';
import { Failure } from '#main/commands/failure';
import type { ChosenDatabase } from '#main/database/chosen-database';
import { databaseText } from '#main/database/problem-text';

/** Does the work with the record of a database as it is now. */
export async function withDump<Value>(chosen: ChosenDatabase, work: (dump: DatabaseDump) => Promise<Value>): Promise<Value> {
  return withDatabase({ ...chosen, make: false }, async ({ connectionString }) => {
    const dump = held(await openDump(connectionString));
    try {
      return await work(dump);
    } finally {
      await dump.close();
    }
  });
}

/** Fills a database that has nothing with what was restored into a folder, and compares it; says what was found. */
export const fillChosen = (chosen: ChosenDatabase, folder: string, manifest: Manifest, mark: DatabaseMark): Promise<string> =>
  withDatabase(chosen, ({ connectionString }) => filledAndCompared(connectionString, folder, manifest, mark));

const DRILL = 'catalyst-drill';

/** Ends the servers of drills that were killed, and removes what they left: none of it is encrypted. */
export async function endLeftDrills(scratch: string): Promise<void> {
  for (const left of leftIn(scratch, DRILL)) {
    const stopped = await stopOwn(join(left, 'server'));
    // What still runs keeps its folder, and is tried again.
    if (stopped.ok) rmSync(left, { recursive: true, force: true });
  }
}

/** The same in a server of our own that is made for it and gone afterwards. */
export async function fillInScratch(scratch: string, folder: string, manifest: Manifest, mark: DatabaseMark): Promise<string> {
  // Not the folder of the restore: the server may have to run as somebody else, who must reach his own.
  const place = newIn(scratch, DRILL);
  try {
    chmodSync(place, 0o711);
    const running = opened(await openDatabase({ home: join(place, 'server'), database: 'catalyst_drill' }));
    try {
      return await filledAndCompared(running.connectionString, folder, manifest, mark);
    } finally {
      await running.stop();
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function filledAndCompared(url: string, folder: string, manifest: Manifest, mark: DatabaseMark): Promise<string> {
  held(await fillDatabase(url, dumpIn(folder, mark)));
  const sums = new Map(manifest.members.map(({ name, sha256 }) => [name, sha256]));
  const again = held(await openDump(url));
  try {
    for await (const { name, rows } of again.tables()) {
      const hash = createHash('sha256');
      for await (const piece of rows) hash.update(piece);
      const member = tableMember(name);
      if (hash.digest('hex') !== sums.get(member)) throw new MismatchError({ kind: 'table_differs', name });
      sums.delete(member);
    }
  } finally {
    await again.close();
  }
  return `${mark.tables.length} tables and ${mark.tables.reduce((sum, { rows }) => sum + rows, 0)} rows of schema ${mark.schema} filled in; each table written out again: the same`;
}

const dumpIn = (folder: string, { schema, months, tables }: DatabaseMark): DatabaseDump => ({
  schema,
  months,
  async *tables() {
    for (const { name } of tables) yield { name, rows: createReadStream(join(folder, tableMember(name))) };
  },
});

async function withDatabase<Value>(
  chosen: ChosenDatabase & { readonly make?: boolean },
  work: (running: RunningDatabase) => Promise<Value>,
): Promise<Value> {
  const running = opened(await openDatabase(chosen));
  try {
    return await work(running);
  } finally {
    await running.close();
  }
}

function opened(running: Awaited<ReturnType<typeof openDatabase>>): RunningDatabase {
  if (running.ok) return running.value;
  throw new Failure('badInput', databaseText(running.problem));
}

function held<Value>(result: Result<Value, DumpProblem>): Value {
  if (result.ok) return result.value;
  throw new Failure('badInput', dumpText(result.problem));
}
