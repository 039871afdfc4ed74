import { sql } from 'kysely';
import type { MigrationText } from '#adapters/postgres/migration-files';
import type { MigrationProblem } from '#adapters/postgres/migration-problem';
import type { Connected } from '#adapters/postgres/one-connection';
import { fail, ok, type Result } from '#domain/values/result';

/** Outside of the schema that migrations make: dropping that must not take away what is known of it. */
export const historySchema = 'catalyst_migrations';

export type Applied = { readonly number: number; readonly name: string; readonly appliedAt: number };
type AppliedRow = Applied & { readonly digest: Buffer };

/** Kysely keeps names and times; the texts that were applied are ours to keep. */
export async function prepareHistory(db: Connected): Promise<void> {
  await sql`create schema if not exists catalyst_migrations`.execute(db);
  await sql`create table if not exists catalyst_migrations.applied (
    number integer primary key check (number > 0),
    name text not null unique,
    digest bytea not null check (octet_length(digest) = 32),
    applied_at timestamptz not null default clock_timestamp()
  )`.execute(db);
  await sql`comment on table catalyst_migrations.applied is 'Which migrations have been applied, with the SHA-256 of their text.'`.execute(
    db,
  );
}

/** What has been applied, in order; nothing when nobody has ever migrated. */
export async function readHistory(db: Connected): Promise<readonly AppliedRow[]> {
  const there = await sql<{ it: boolean }>`select to_regclass('catalyst_migrations.applied') is not null as it`.execute(db);
  if (there.rows[0]?.it !== true) return [];
  const { rows } = await sql<AppliedRow>`
    select number, name, digest, applied_at as "appliedAt" from catalyst_migrations.applied order by number`.execute(db);
  return rows;
}

export const noteApplied = (db: Connected, { number, name, digest }: MigrationText) =>
  sql`insert into catalyst_migrations.applied (number, name, digest) values (${number}, ${name}, ${digest})`.execute(db);

export const noteUndone = (db: Connected, { number }: MigrationText) =>
  sql`delete from catalyst_migrations.applied where number = ${number}`.execute(db);

/** Whether what has been applied is what this version would have applied. */
export async function judgeHistory(
  db: Connected,
  texts: readonly MigrationText[],
): Promise<Result<readonly AppliedRow[], MigrationProblem>> {
  const applied = await readHistory(db);
  const newer = applied.filter(({ name }) => !texts.some((text) => text.name === name)).map(({ name }) => name);
  if (newer.length > 0) return fail({ kind: 'database_newer', names: newer });
  const missing = texts.slice(0, applied.length).find((text, place) => applied[place]?.name !== text.name);
  if (missing !== undefined) return fail({ kind: 'history_broken', missing: missing.name });
  const changed = texts.filter((text, place) => applied[place]?.digest.equals(text.digest) === false).map(({ name }) => name);
  if (changed.length > 0) return fail({ kind: 'migration_changed', names: changed });
  const schema = await sql<{ it: boolean }>`select to_regnamespace('catalyst') is not null as it`.execute(db);
  if (applied.length > 0 && schema.rows[0]?.it !== true) return fail({ kind: 'schema_gone', applied: applied.length });
  return ok(applied);
}
