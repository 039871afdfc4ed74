import { Migrator, NO_MIGRATIONS, sql } from 'kysely';
import { sqlStateOf } from '#adapters/postgres/client';
import { type MigrationText, migrationFolder, readMigrations } from '#adapters/postgres/migration-files';
import { type Applied, historySchema, judgeHistory, noteApplied, noteUndone, prepareHistory } from '#adapters/postgres/migration-history';
import type { MigrationProblem } from '#adapters/postgres/migration-problem';
import { type Connected, oneConnection } from '#adapters/postgres/one-connection';
import { settle } from '#adapters/postgres/roles';
import { fail, ok, type Result } from '#domain/values/result';

export type MigrationOptions = {
  /** Where the numbered pairs lie: `database/` of the package. */
  readonly folder?: string;
  /** How long to wait while another process migrates the same database. */
  readonly waitMs?: number;
};

export type MigrationStatus = {
  readonly applied: readonly Applied[];
  readonly pending: readonly { readonly number: number; readonly name: string }[];
};

/** What was done, in that order. */
export type Migrated = { readonly way: 'up' | 'down'; readonly names: readonly string[]; readonly applied: number };

type Outcome<Value> = Promise<Result<Value, MigrationProblem>>;

const WAIT = 120_000;
/** Any number that nobody else takes; Kysely's own lock is another. */
const LOCK = 7_265_746_273;
/** What the server says when a lock was not to be had in time (SQLSTATE). */
const LOCK_NOT_AVAILABLE = '55P03';

/** What has been applied and what has not. Changes nothing, and needs no right to. */
export const migrationStatus = (url: string, options: MigrationOptions = {}): Outcome<MigrationStatus> =>
  connected(url, options, async (db, texts) => {
    const history = await judgeHistory(db, texts);
    if (!history.ok) return history;
    return ok({
      applied: history.value.map(({ number, name, appliedAt }) => ({ number, name, appliedAt })),
      pending: texts.slice(history.value.length).map(({ number, name }) => ({ number, name })),
    });
  });

/** Applies what is missing, each in a transaction of its own, up to `to` or to the last. */
export const migrateUp = (url: string, { to, ...options }: MigrationOptions & { readonly to?: number } = {}): Outcome<Migrated> =>
  alone(url, options, async (db, texts) => {
    const steps = (applied: number) => texts.slice(applied, to);
    return walk(db, texts, { way: 'up', to: to ?? texts.length, steps });
  });

/** Undoes what came after `to`, last first; 0 leaves nothing of the schema. */
export const migrateDown = (url: string, to: number, options: MigrationOptions = {}): Outcome<Migrated> =>
  alone(url, options, async (db, texts) => {
    const steps = (applied: number) => texts.slice(to, applied).toReversed();
    return walk(db, texts, { way: 'down', to, steps });
  });

type Walk = {
  readonly way: 'up' | 'down';
  readonly to: number;
  steps(applied: number): readonly MigrationText[];
};

async function walk(db: Connected, texts: readonly MigrationText[], { way, to, steps }: Walk): Outcome<Migrated> {
  if (!Number.isInteger(to) || to < 0 || to > texts.length) return fail({ kind: 'no_such_migration', number: to, last: texts.length });
  await prepareHistory(db);
  const history = await judgeHistory(db, texts);
  if (!history.ok) return history;
  const migrator = migratorOf(db, texts);
  const names: string[] = [];
  for (const step of steps(history.value.length)) {
    const { error } = await migrator.migrateTo(way === 'up' ? step.name : (texts[step.number - 2]?.name ?? NO_MIGRATIONS));
    if (error !== undefined) {
      const why = error instanceof Error ? error.message : String(error);
      return fail({ kind: 'migration_failed', name: step.name, way, sqlState: sqlStateOf(error), why });
    }
    names.push(step.name);
  }
  // What came anew belongs to whom the rest does.
  if (way === 'up' && names.length > 0) await settle(db);
  return ok({ way, names, applied: history.value.length + (way === 'up' ? names.length : -names.length) });
}

/** Each call of it is one step, and so one transaction: the text, our note and Kysely's stand or fall together. */
function migratorOf(db: Connected, texts: readonly MigrationText[]): Migrator {
  const all = texts.map((text) => ({
    up: async (within: Connected) => {
      await sql.raw(text.up).execute(within);
      await noteApplied(within, text);
    },
    down: async (within: Connected) => {
      await sql.raw(text.down).execute(within);
      await noteUndone(within, text);
    },
  }));
  const migrations = Object.fromEntries(all.map((migration, place) => [texts[place]?.name, migration]));
  return new Migrator({ db, provider: { getMigrations: async () => migrations }, migrationTableSchema: historySchema });
}

/** Kysely would sort by the clock of whoever migrated: a clock that was set back must not change what is undone first. */
const straightenTimes = (db: Connected) =>
  sql
    .raw(`do $$ begin
      if to_regclass('catalyst_migrations.kysely_migration') is not null then
        update catalyst_migrations.kysely_migration as it set timestamp = run.latest
        from (select name, max(timestamp) over (order by name) as latest from catalyst_migrations.kysely_migration) as run
        where run.name = it.name and run.latest <> it.timestamp;
      end if;
    end $$`)
    .execute(db);

/** Does it while nobody else migrates this database. */
const alone = <Value>(
  url: string,
  { waitMs = WAIT, ...options }: MigrationOptions,
  work: (db: Connected, texts: readonly MigrationText[]) => Outcome<Value>,
): Outcome<Value> =>
  connected(url, options, async (db, texts) => {
    await sql.raw(`set statement_timeout = 0; set lock_timeout = ${Math.max(1, Math.trunc(waitMs))}`).execute(db);
    try {
      await sql`select pg_advisory_lock(${sql.lit(LOCK)})`.execute(db);
    } catch (error) {
      if (sqlStateOf(error) === LOCK_NOT_AVAILABLE) return fail({ kind: 'busy', waitedMs: waitMs });
      throw error;
    }
    await straightenTimes(db);
    return work(db, texts);
  });

const connected = <Value>(
  url: string,
  { folder = migrationFolder }: MigrationOptions,
  work: (db: Connected, texts: readonly MigrationText[]) => Outcome<Value>,
): Outcome<Value> =>
  oneConnection(url, async (db) => {
    const texts = readMigrations(folder);
    return texts.ok ? work(db, texts.value) : texts;
  });
