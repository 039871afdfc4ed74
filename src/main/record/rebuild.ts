import { resolve } from 'node:path';
import { type Client, newClient } from '#adapters/postgres/client';
import type { MigrationProblem } from '#adapters/postgres/migration-problem';
import { migrateDown, migrateUp } from '#adapters/postgres/migrations';
import { type TableHash, tableHashes } from '#adapters/postgres/table-hashes';
import { isWeather } from '#adapters/postgres/weather';
import { fail, ok, type Result } from '#domain/values/result';
import type { Clock } from '#engine/ports/clock';
import { headAt, journalName, type KnownJournal, knownJournals, type NamedJournal } from '#main/record/given-journals';
import { type Held, heldBefore, keepAside, putBack, toldElsewhere } from '#main/record/kept-aside';
import { projecting } from '#main/record/projecting';
import { ProjectionStopped } from '#main/record/projection-problem';
import type { Progress } from '#main/record/projector';
import { projectionLock } from '#main/record/record-keys';
import { type Projection, projections } from '#main/record/tables';

/** Why nothing was dropped, or why what was dropped could not be made again. */
export type RebuildProblem =
  | MigrationProblem
  | { readonly kind: 'journal_not_given'; readonly names: readonly string[] }
  | { readonly kind: 'no_journal'; readonly directory: string }
  | { readonly kind: 'name_taken'; readonly directory: string; readonly name: string }
  /** The record was made of more of it, or of another that began alike; `found` is null where the journal ends before that entry. */
  | {
      readonly kind: 'journal_changed';
      readonly directory: string;
      readonly name: string;
      readonly sequence: number;
      readonly found: string | null;
    }
  | { readonly kind: 'projector_at_work'; readonly name: string; readonly projection: Projection }
  /** Somebody ended it, or the database went away, when the record had been dropped. */
  | { readonly kind: 'cut_off'; readonly why: string };

/** One table before and after. */
export type RebuiltTable = { readonly table: string; readonly before: TableHash | null; readonly after: TableHash };
export type Rebuilt = { readonly journals: readonly NamedJournal[]; readonly tables: readonly RebuiltTable[] };

export const isSame = ({ before, after }: RebuiltTable): boolean => before !== null && before.hash === after.hash;

export type RebuildOptions = {
  readonly url: string;
  readonly directories: readonly string[];
  /** Also of a journal that was put back to an earlier entry, or replaced: what only the record still has of it is lost. */
  readonly allowsChanged: boolean;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly told: (journal: string, progress: Progress) => void;
};

/**
 * Drops the record and makes it anew from its journals, each projection up to where it stood, so that what was there and what is there
 * then can be held against each other table by table. What no journal tells is kept aside meanwhile.
 */
export async function rebuild(options: RebuildOptions): Promise<Result<Rebuilt, RebuildProblem>> {
  const client = newClient(options.url, { name: 'catalyst rebuild' });
  client.on('error', () => {});
  await client.connect();
  const begun = { isDropped: false };
  try {
    return await rebuilt(client, options, begun);
  } catch (error) {
    if (!begun.isDropped || !(error instanceof Error) || !(isWeather(error) || error instanceof ProjectionStopped)) throw error;
    return fail({ kind: 'cut_off', why: error.message });
  } finally {
    await client.end().catch(() => {});
  }
}

async function rebuilt(client: Client, options: RebuildOptions, begun: { isDropped: boolean }): Promise<Result<Rebuilt, RebuildProblem>> {
  const { url, directories, allowsChanged, signal, clock, told } = options;
  const there = await knownJournals(client);
  const earlier = await heldBefore(client);
  // A rebuild that was cut off has left a record of a part only: what it had before is what has to be made again.
  const known =
    earlier === null ? there : [...earlier.journals, ...there.filter(({ name }) => earlier.journals.every((one) => one.name !== name))];
  const given = givenAmong(directories, known, allowsChanged);
  if (!given.ok) return given;
  const journals = given.value;
  const locked = await lockAll(client, journals);
  if (!locked.ok) return locked;
  const held: Held = earlier ?? { journals: known, tables: await tableHashes(client, toldElsewhere) };
  const before = new Map(held.tables.map((one) => [one.table, one]));
  await keepAside(client, held);
  begun.isDropped = true;
  const down = await migrateDown(url, 0);
  if (!down.ok) return down;
  const up = await migrateUp(url);
  if (!up.ok) return up;
  for (const { name, directory } of journals) {
    const { positions } = known.find((one) => one.name === name) ?? { positions: null };
    const wanted = positions === null ? projections : projections.filter((one) => positions[one] !== undefined);
    await projecting({
      address: async () => url,
      directory,
      name,
      projections: wanted,
      until: positions ?? {},
      isFollowing: false,
      isLocked: true,
      signal,
      clock,
      patienceMs: 60_000,
      told: (progress) => told(name, progress),
    });
    if (signal.aborted) return fail({ kind: 'cut_off', why: 'it was ended' });
  }
  await putBack(client);
  const after = await tableHashes(client, toldElsewhere);
  return ok({ journals, tables: after.map((one) => ({ table: one.table, before: before.get(one.table) ?? null, after: one })) });
}

/** Every journal of the record must be given: what is dropped could not be made again without it. */
function givenAmong(
  directories: readonly string[],
  known: readonly KnownJournal[],
  allowsChanged: boolean,
): Result<readonly NamedJournal[], RebuildProblem> {
  const journals: NamedJournal[] = [];
  const isGiven = (name: string): boolean => journals.some((one) => one.name === name);
  const others: { readonly directory: string; readonly genesis: string }[] = [];
  for (const directory of new Set(directories.map((one) => resolve(one)))) {
    const genesis = headAt(directory, 1);
    if (genesis === null) return fail({ kind: 'no_journal', directory });
    const held = namesHolding(directory, genesis, known);
    // One that goes on where a copy of it ended tells of both.
    for (const name of held) if (!isGiven(name)) journals.push({ directory, name });
    if (held.length === 0) others.push({ directory, genesis });
  }
  for (const { directory, genesis } of others) {
    const earlier = earlierOf(
      directory,
      known.filter((one) => one.genesis === genesis && !isGiven(one.name)),
    );
    const name = earlier?.name ?? journalName(directory);
    if (isGiven(name) || (earlier === undefined && known.some((one) => one.name === name)))
      return fail({ kind: 'name_taken', directory, name });
    if (earlier !== undefined && !allowsChanged) {
      const { sequence } = earlier.place;
      return fail({ kind: 'journal_changed', directory, name, sequence, found: headAt(directory, sequence) });
    }
    journals.push({ directory, name });
  }
  const missing = known.filter(({ name }) => !journals.some((one) => one.name === name));
  return missing.length === 0 ? ok(journals) : fail({ kind: 'journal_not_given', names: missing.map(({ name }) => name) });
}

/**
 * Under which names the record holds a journal. Runs with the same settings begin with the same entry, so that the furthest one that was
 * projected says which is which. Reads so far, too, so that one that is damaged is known before anything is dropped.
 */
function namesHolding(directory: string, genesis: string, known: readonly KnownJournal[]): readonly string[] {
  const alike = known.filter((one) => one.genesis === genesis);
  if (alike.length === 0) headAt(directory, Number.POSITIVE_INFINITY);
  return alike.filter(({ place }) => headAt(directory, place.sequence) === place.head).map(({ name }) => name);
}

/**
 * What the record has of one that was cut or replaced behind its first entry, among those that begin alike and that no other folder
 * holds; undefined of one that is new to it.
 */
function earlierOf(directory: string, alike: readonly KnownJournal[]): KnownJournal | undefined {
  return alike.length === 1 ? alike[0] : alike.find(({ name }) => name === journalName(directory));
}

/** Held until the connection ends. */
async function lockAll(client: Client, journals: readonly NamedJournal[]): Promise<Result<null, RebuildProblem>> {
  for (const { name } of journals)
    for (const projection of projections) {
      const { rows } = await client.query('select pg_try_advisory_lock($1::bigint) as got', [projectionLock(name, projection)]);
      if (rows[0]?.got !== true) return fail({ kind: 'projector_at_work', name, projection });
    }
  return ok(null);
}
