import { makeLogins } from '#adapters/postgres/logins';
import type { MigrationProblem } from '#adapters/postgres/migration-problem';
import { type Migrated, migrateDown, migrateUp, migrationStatus } from '#adapters/postgres/migrations';
import { roleStatus, roles, settleRoles } from '#adapters/postgres/roles';
import { formatInstant, instant } from '#domain/values/instant';
import type { Result } from '#domain/values/result';
import { Failure } from '#main/commands/failure';
import { show, showJson } from '#main/terminal';

export type MigrateOptions = { readonly url?: string; readonly to?: number; readonly undo: boolean; readonly json: boolean };

/** Brings the schema to a number, or to the last. */
export async function migrateCommand({ url, to, undo, json }: MigrateOptions): Promise<void> {
  const address = addressOf(url);
  const { applied } = done(await migrationStatus(address));
  if (undo && to === undefined) throw new Failure('usage', 'say with --to which migration shall stay as the last; 0 for none');
  if (to !== undefined && to < applied.length && !undo)
    throw new Failure(
      'usage',
      `the database is at ${applied.length}: going back to ${to} drops tables with all that is in them; say --undo as well if that is meant`,
    );
  const outcome = undo && to !== undefined ? await migrateDown(address, to) : await migrateUp(address, to === undefined ? {} : { to });
  const { way, names, applied: now }: Migrated = done(outcome);
  if (json) return showJson({ way, names, applied: now });
  for (const name of names) show(`${way === 'up' ? 'applied' : 'undone'}  ${name}`);
  show(names.length === 0 ? `nothing to do: the schema is at ${now}` : `the schema is at ${now}`);
}

/** What has been applied and what has not. */
export async function migrationsCommand({ url, json }: { readonly url?: string; readonly json: boolean }): Promise<void> {
  const { applied, pending } = done(await migrationStatus(addressOf(url)));
  if (json) return showJson({ applied, pending });
  for (const { name, appliedAt } of applied) show(`applied  ${name.padEnd(28)} ${formatInstant(instant(appliedAt))}`);
  for (const { name } of pending) show(`pending  ${name}`);
}

export type RolesOptions = { readonly url?: string; readonly settle: boolean; readonly logins?: string; readonly json: boolean };

/** Which roles are there, and what to run when some are missing. */
export async function rolesCommand({ url, settle, logins, json }: RolesOptions): Promise<void> {
  const address = addressOf(url);
  const status = done(await (settle || logins !== undefined ? settleRoles(address) : roleStatus(address)));
  if (status.toRun.length > 0 && logins !== undefined)
    throw new Failure('failedCheck', `roles are missing; run: ${status.toRun.join(' ')}`);
  const made = logins === undefined ? [] : done(await makeLogins(address, logins));
  if (json) return showJson({ ...status, made });
  for (const { name, isThere, members } of status.roles)
    show(
      `${isThere ? 'there  ' : 'missing'}  ${name.padEnd(20)} ${roles[name]}${members.length === 0 ? '' : `; held by ${members.join(', ')}`}`,
    );
  if (status.owner !== null) show(`the schema belongs to ${status.owner}`);
  for (const { user, file } of made) show(`made  ${user.padEnd(25)} its address is in ${file}`);
  if (status.toRun.length > 0) show('somebody who may make roles has to run:', ...status.toRun.map((line) => `  ${line}`));
}

function addressOf(url: string | undefined): string {
  const { DATABASE_URL } = process.env;
  const address = url ?? DATABASE_URL ?? '';
  if (address === '') throw new Failure('usage', 'which database? Give --url, or set DATABASE_URL');
  return address;
}

function done<Value>(outcome: Result<Value, MigrationProblem>): Value {
  if (outcome.ok) return outcome.value;
  throw new Failure(outcome.problem.kind === 'no_such_migration' ? 'usage' : 'badInput', migrationProblemText(outcome.problem));
}

/** One sentence for people: why the schema was left as it is, and what to do. */
export function migrationProblemText(problem: MigrationProblem): string {
  switch (problem.kind) {
    case 'migrations_unusable':
      return `the migrations in ${problem.folder} cannot be used: ${problem.why}; install Catalyst again`;
    case 'not_connected':
      return `the database does not answer: ${problem.why}`;
    case 'database_refused':
      return `the database refuses (${problem.sqlState}): ${problem.why}`;
    case 'busy':
      return `somebody else has been migrating this database for ${problem.waitedMs / 1000} seconds; try again when that is done`;
    case 'database_newer':
      return `the database was migrated by a newer version, which this one does not know: ${problem.names.join(', ')}; use that version`;
    case 'migration_changed':
      return `${problem.names.join(', ')} was applied with another text than this version has; use the version that applied it`;
    case 'history_broken':
      return `${problem.missing} is not noted as applied although later ones are; restore the database, or drop the schemas catalyst and catalyst_migrations and build it again`;
    case 'schema_gone':
      return `the schema catalyst was dropped by hand although ${problem.applied} migrations are noted as applied; drop the schema catalyst_migrations too, then migrate`;
    case 'no_such_migration':
      return `there is no migration ${problem.number}: they go from 1 to ${problem.last}, and 0 means none`;
    case 'migration_failed':
      return `${problem.name} (${problem.way}) failed and changed nothing: ${problem.why}${problem.sqlState === null ? '' : ` (${problem.sqlState})`}`;
  }
}
