import { createInterface } from 'node:readline/promises';
import { newClient } from '#adapters/postgres/client';
import { migrateUp, migrationStatus } from '#adapters/postgres/migrations';
import { RecordStore } from '#adapters/postgres/record-store';
import { tableHashes } from '#adapters/postgres/table-hashes';
import { NewestEntry } from '#engine/journal/newest';
import { describe, JournalError } from '#engine/journal/problems';
import { Failure } from '#main/commands/failure';
import { Following } from '#main/commands/following';
import { chosenDatabase, type DatabaseOptions } from '#main/database/chosen-database';
import { migrationText } from '#main/database/migration-text';
import { DatabaseAway, UsedDatabase } from '#main/database/used-database';
import { systemClock } from '#main/news/system-clock';
import { journalName } from '#main/record/given-journals';
import { type Lag, lagOf, lagText, readFollower } from '#main/record/lag';
import { projecting } from '#main/record/projecting';
import { changeText, ProjectionStopped, problemText } from '#main/record/projection-problem';
import type { Progress, Projected } from '#main/record/projector';
import { isSame, type RebuildProblem, rebuild } from '#main/record/rebuild';
import { journalKey } from '#main/record/record-keys';
import { type Projection, projections } from '#main/record/tables';
import { hasKeyboard, note, rewrite, show, showJson } from '#main/terminal';

type JournalOptions = DatabaseOptions & { readonly journal: string; readonly as?: string };
type Projecting = JournalOptions & { readonly without: readonly Projection[] };
type Json = { readonly json: boolean };

/** How long a command that is to end waits for a database that is away. */
const PATIENCE_MS = 30_000;

/** Writes a journal into the database, from where it stood to the end of the journal. */
export async function projectCommand({
  journal,
  as: name = journalName(journal),
  without,
  json,
  ...place
}: Projecting & Json): Promise<void> {
  await using(place, async (used) => {
    await prepared(used, place);
    const began = systemClock.now();
    const seen = new Map<Projection, Progress>();
    const projected = await stoppable((signal) =>
      projecting({
        address: used.address,
        directory: journal,
        name,
        projections: projections.filter((one) => !without.includes(one)),
        isFollowing: false,
        isLocked: false,
        signal,
        clock: systemClock,
        patienceMs: PATIENCE_MS,
        told: (progress) => {
          seen.set(progress.projection, progress);
          rewrite(progressText([...seen.values()], (systemClock.now() - began) / 1000));
        },
      }),
    );
    rewrite('');
    const seconds = (systemClock.now() - began) / 1000;
    if (json) return showJson({ journal: name, seconds, projections: projected });
    for (const one of projected) show(projectedText(one));
    show(`in ${seconds.toFixed(1)} s`);
  });
}

/** The same until somebody ends it. */
export async function followCommand({ journal, as: name = journalName(journal), without, ...place }: Projecting): Promise<void> {
  await using(place, async (used) => {
    const following = new Following(journal, systemClock);
    const wanted = projections.filter((one) => !without.includes(one));
    await stoppable(async (signal) => {
      if (!(await following.prepare(() => prepared(used, place), signal))) return;
      note(`follows ${journal} as ${name}; Ctrl-C ends it`);
      const telling = following.keepTelling(signal);
      try {
        await projecting({
          address: used.address,
          directory: journal,
          name,
          projections: wanted,
          isFollowing: true,
          isLocked: false,
          signal,
          clock: systemClock,
          patienceMs: null,
          told: (progress) => following.told(progress),
        });
      } finally {
        following.end(signal.aborted);
        await telling;
      }
    });
    for (const lag of following.lags()) show(lagText(lag));
  });
}

/** How far the database is behind; by what the last follower told where it cannot be asked. */
export async function lagCommand({ journal, as: name = journalName(journal), json, ...place }: JournalOptions & Json): Promise<void> {
  const newest = readingNewest(journal);
  const read = async (used: UsedDatabase): Promise<readonly Lag[]> => {
    if (!(await hasRecord(used))) return [];
    const store = await RecordStore.connect(await used.address(), 'catalyst lag');
    try {
      const lags: Lag[] = [];
      for (const projection of projections) {
        const position = await store.position(journalKey(name), projection);
        if (position !== null) lags.push(lagOf(projection, position, newest));
      }
      return lags;
    } finally {
      await store.close();
    }
  };
  let lags: readonly Lag[];
  let away: string | null = null;
  try {
    lags = await using(place, read, 'read');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    away = error.message;
    lags = (readFollower(journal)?.lags ?? []).map(({ projection, sequence }) => ({
      ...lagOf(projection, null, newest),
      sequence,
      entries: Math.max(0, (newest?.sequence ?? 0) - sequence),
    }));
  }
  const follower = readFollower(journal);
  if (json)
    showJson({ journal: name, newest: newest?.sequence ?? 0, database: away === null ? 'there' : 'away', why: away, lags, follower });
  else {
    if (away !== null) note(`the database does not answer; what follows is what the last follower told: ${away}`);
    for (const lag of lags) show(lagText(lag));
    if (lags.length === 0) show(`nothing of ${name} is in the record; catalyst db project writes it`);
  }
  if (away !== null) process.exitCode = 1;
}

export type RebuildCommandOptions = DatabaseOptions &
  Json & {
    readonly journal: readonly string[];
    readonly changed: boolean;
    readonly yes: boolean;
  };

/** Drops and makes anew; says for each table whether it is as before. */
export async function rebuildCommand({ journal, changed, yes, json, ...place }: RebuildCommandOptions): Promise<void> {
  if (journal.length === 0) throw new Failure('usage', 'which journals? Give --journal for each');
  await agreed(yes);
  await using(place, async (used) => {
    await prepared(used, place);
    const url = await used.address();
    const built = await stoppable((signal) =>
      rebuild({
        url,
        directories: journal,
        allowsChanged: changed,
        signal,
        clock: systemClock,
        told: (name, { projection, written }) => rewrite(`${name}: ${projection} at entry ${written?.sequence ?? 0}`),
      }),
    );
    rewrite('');
    if (!built.ok) throw new Failure('failedCheck', rebuildText(built.problem));
    const { journals, tables } = built.value;
    const different = tables.filter((one) => !isSame(one));
    if (json) showJson({ journals, equal: different.length === 0, tables });
    else
      for (const one of tables) {
        const { table, before, after } = one;
        const rows = before?.rows === after.rows ? `${after.rows} rows` : `${before?.rows ?? 0} rows before, ${after.rows} now`;
        show(`${isSame(one) ? 'equal  ' : 'DIFFERS'}  ${table.padEnd(24)} ${after.hash.slice(0, 16)}  ${rows}`);
      }
    if (different.length > 0) throw new Failure('failedCheck', `${different.length} tables are not as they were`);
    if (!json) show(`${tables.length} tables, all as before`);
  });
}

export async function hashCommand({ json, ...place }: DatabaseOptions & Json): Promise<void> {
  await using(
    place,
    async (used) => {
      if (!(await hasRecord(used))) throw new Failure('failedCheck', 'there is no record in this database; catalyst db project writes one');
      const client = newClient(await used.address(), { name: 'catalyst hash' });
      client.on('error', () => {});
      await client.connect();
      try {
        const hashes = await tableHashes(client);
        if (json) return showJson({ tables: hashes });
        for (const { table, rows, hash } of hashes) show(`${hash}  ${table.padEnd(24)} ${rows} rows`);
      } finally {
        await client.end();
      }
    },
    'read',
  );
}

/** Opens the database, does the work, and says in one sentence what kept it from being done. */
async function using<Value>(
  place: DatabaseOptions,
  work: (used: UsedDatabase) => Promise<Value>,
  use: 'read' | 'write' = 'write',
): Promise<Value> {
  const used = new UsedDatabase(chosenDatabase(place, process.env), use);
  try {
    return await work(used);
  } catch (error) {
    if (error instanceof ProjectionStopped) throw new Failure('failedCheck', problemText(error.problem));
    if (error instanceof JournalError) throw new Failure('failedCheck', describe(error.problem));
    if (error instanceof DatabaseAway) throw new Failure('failedCheck', error.message);
    throw error;
  } finally {
    await used.close();
  }
}

/** Whether the schema is there to be asked. */
async function hasRecord(used: UsedDatabase): Promise<boolean> {
  const status = await migrationStatus(await used.address());
  if (!status.ok) throw new Failure('failedCheck', migrationText(status.problem));
  return status.value.applied.length > 0;
}

/** Our own server is brought up to the schema of this version; whoever owns another one does that there. */
async function prepared(used: UsedDatabase, place: DatabaseOptions): Promise<void> {
  const url = await used.address();
  const isOurs = chosenDatabase(place, process.env).url === '';
  const status = await migrationStatus(url);
  if (status.ok && status.value.pending.length === 0) return;
  if (status.ok && !isOurs)
    throw new Failure('failedCheck', 'the database lacks migrations of this version; run catalyst db migrate first');
  const migrated = status.ok ? await migrateUp(url) : status;
  if (!migrated.ok) throw new Failure('failedCheck', migrationText(migrated.problem));
}

/** Ctrl-C ends the work at its next batch; what is written stays. */
async function stoppable<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const ending = new AbortController();
  const told = (): void => ending.abort();
  process.on('SIGINT', told).on('SIGTERM', told);
  try {
    return await work(ending.signal);
  } finally {
    process.off('SIGINT', told).off('SIGTERM', told);
  }
}

async function agreed(yes: boolean): Promise<void> {
  if (yes) return;
  if (!hasKeyboard()) throw new Failure('usage', 'this drops the record and makes it anew; say --yes if that is meant');
  const asking = createInterface({ input: process.stdin });
  note('this drops the record and makes it anew from the journals; type yes if that is meant');
  try {
    const answer = await asking.question('');
    if (answer.trim().toLowerCase() !== 'yes') throw new Failure('usage', 'nothing was dropped');
  } finally {
    asking.close();
  }
}

function readingNewest(journal: string) {
  const newest = new NewestEntry(journal);
  try {
    return newest.look();
  } finally {
    newest.close();
  }
}

const projectedText = ({ projection, from, to, rows, replaced, unfit }: Projected): string =>
  [
    `${projection.padEnd(9)} entries ${from + 1} to ${to}: ${rows} rows`,
    ...(to === from ? ['nothing was new'] : []),
    ...(replaced > 0 ? [`${replaced} characters that a database cannot hold stand as others`] : []),
    ...(unfit > 0 ? [`${unfit} bars that are none were left out`] : []),
  ].join('; ');

function progressText(all: readonly Progress[], seconds: number): string {
  const rows = all.reduce((sum, one) => sum + one.rows, 0);
  const places = all.map(({ projection, written }) => `${projection} ${written?.sequence ?? 0}`);
  return `${places.join(', ')}: ${rows} rows, ${Math.round(rows / Math.max(0.001, seconds))} a second`;
}

function rebuildText(problem: RebuildProblem): string {
  switch (problem.kind) {
    case 'journal_not_given':
      return `the record holds journals that were not given, and could not be made again: ${problem.names.join(', ')}; nothing was dropped now`;
    case 'no_journal':
      return `no journal in ${problem.directory}; nothing was dropped now`;
    case 'name_taken':
      return `${problem.directory} would stand in the record as ${problem.name}, which is the name of another journal there; give it another name with catalyst db project --as; nothing was dropped now`;
    case 'journal_changed': {
      const { directory, name, sequence, found } = problem;
      return `${directory} ${changeText(sequence, found)}, of which the record of ${name} was made: with --changed what only the record still has of it is given up; nothing was dropped now`;
    }
    case 'projector_at_work':
      return `somebody is writing the ${problem.projection} of ${problem.name}; end it first (catalyst db follow or project); nothing was dropped now`;
    case 'cut_off':
      return `the record was dropped and is not whole again (${problem.why}); run the same command again: it is remembered what was there`;
    default:
      return `the schema could not be dropped and made anew: ${migrationText(problem)}; then run the same command again: it is remembered what was there`;
  }
}
