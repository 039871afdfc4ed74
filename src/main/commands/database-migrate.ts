import { makeLogins } from '#adapters/postgres/logins';
import type { MigrationProblem } from '#adapters/postgres/migration-problem';
import { type Migrated, migrateDown, migrateUp, migrationStatus } from '#adapters/postgres/migrations';
import { roleStatus, roles, settleRoles } from '#adapters/postgres/roles';
import { formatInstant, instant } from '#domain/values/instant';
import type { Result } from '#domain/values/result';
import { Failure } from '#main/commands/failure';
import { chosenDatabase, type DatabaseOptions } from '#main/database/chosen-database';
import { migrationText } from '#main/database/migration-text';
import { DatabaseAway, UsedDatabase } from '#main/database/used-database';
import { show, showJson } from '#main/terminal';

export type MigrateOptions = DatabaseOptions & { readonly to?: number; readonly undo: boolean; readonly json: boolean };

/** Brings the schema to a number, or to the last. */
export async function migrateCommand({ to, undo, json, ...place }: MigrateOptions): Promise<void> {
  await inDatabase(place, 'write', async (address) => {
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
  });
}

/** What has been applied and what has not. */
export async function migrationsCommand({ json, ...place }: DatabaseOptions & { readonly json: boolean }): Promise<void> {
  await inDatabase(place, 'read', async (address) => {
    const { applied, pending } = done(await migrationStatus(address));
    if (json) return showJson({ applied, pending });
    for (const { name, appliedAt } of applied) show(`applied  ${name.padEnd(28)} ${formatInstant(instant(appliedAt))}`);
    for (const { name } of pending) show(`pending  ${name}`);
  });
}

export type RolesOptions = DatabaseOptions & { readonly settle: boolean; readonly logins?: string; readonly json: boolean };

/** Which roles are there, and what to run when some are missing. */
export async function rolesCommand({ settle, logins, json, ...place }: RolesOptions): Promise<void> {
  await inDatabase(place, settle || logins !== undefined ? 'write' : 'read', async (address) => {
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
  });
}

/** Opens the database for as long as the work takes. */
async function inDatabase(place: DatabaseOptions, use: 'read' | 'write', work: (address: string) => Promise<void>): Promise<void> {
  const used = new UsedDatabase(chosenDatabase(place, process.env), use);
  try {
    await work(await used.address());
  } catch (error) {
    if (error instanceof DatabaseAway) throw new Failure('failedCheck', error.message);
    throw error;
  } finally {
    await used.close();
  }
}

function done<Value>(outcome: Result<Value, MigrationProblem>): Value {
  if (outcome.ok) return outcome.value;
  throw new Failure(outcome.problem.kind === 'no_such_migration' ? 'usage' : 'badInput', migrationText(outcome.problem));
}
