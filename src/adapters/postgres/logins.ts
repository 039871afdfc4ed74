import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type ConnectionProblem, oneConnection } from '#adapters/postgres/one-connection';
import { type RoleName, roleNames } from '#adapters/postgres/roles';
import { scramVerifier } from '#adapters/postgres/scram-verifier';
import { ok, type Result } from '#domain/values/result';

export type Login = { readonly role: RoleName; readonly user: string; readonly file: string };

/** Whoever only reads is told so by its session too, and may not keep the server busy for long. */
const readers: ReadonlySet<RoleName> = new Set<RoleName>(['catalyst_dashboard', 'catalyst_research', 'catalyst_backup']);
const CONNECTIONS_MAX = 20;

/**
 * Makes a user that can log in for each role but the migrator's, with a password of its own, and writes its address to a file that only
 * its owner can read. Called again it gives new passwords.
 */
export const makeLogins = (url: string, folder: string): Promise<Result<readonly Login[], ConnectionProblem>> =>
  oneConnection(url, async (db) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const logins: Login[] = [];
    for (const role of roleNames.filter((name) => name !== 'catalyst_migrator')) {
      const user = `${role}_user`;
      const password = randomBytes(24).toString('base64url');
      const [name, group] = [sql.id(user), sql.id(role)];
      const there = await sql<{ it: string }>`select 1 as it from pg_roles where rolname = ${user}`.execute(db);
      if (there.rows.length === 0) await sql`create role ${name} nologin`.execute(db);
      await sql`grant ${group} to ${name}`.execute(db);
      // Its own settings, which it may change: no control, but a mistake that does not happen.
      if (readers.has(role)) await sql`alter role ${name} set default_transaction_read_only = on`.execute(db);
      if (readers.has(role) && role !== 'catalyst_backup') await sql`alter role ${name} set statement_timeout = '30s'`.execute(db);
      const file = join(folder, `${role.replace('catalyst_', '')}.url`);
      rmSync(file, { force: true });
      writeFileSync(file, `${addressFor(url, user, password)}\n`, { mode: 0o600, flag: 'wx' });
      const verifier = sql.lit(scramVerifier(password));
      await sql`alter role ${name} with login connection limit ${sql.lit(CONNECTIONS_MAX)} password ${verifier}`.execute(db);
      logins.push({ role, user, file });
    }
    return ok(logins);
  });

/** The same database, as another user. */
export const addressFor = (url: string, user: string, password: string): string =>
  url.replace(/^([a-z]+:\/\/)(?:[^/?]*@)?/, (_, scheme: string) => `${scheme}${encodeURIComponent(user)}:${encodeURIComponent(password)}@`);
