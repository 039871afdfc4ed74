import { sql } from 'kysely';
import { type Connected, type ConnectionProblem, oneConnection } from '#adapters/postgres/one-connection';
import { ok, type Result } from '#domain/values/result';

/** Who there is, and what each may do. They cannot log in: users are made members of them. */
export const roles = {
  catalyst_migrator: 'owns the schema',
  catalyst_projector: 'adds rows',
  catalyst_dashboard: 'reads everything, for the dashboard',
  catalyst_research: 'reads everything, and nothing else',
  catalyst_backup: 'reads everything, for backups',
} as const;

export type RoleName = keyof typeof roles;
export const roleNames = Object.keys(roles) as RoleName[];

export type RoleStatus = {
  readonly roles: readonly { readonly name: RoleName; readonly isThere: boolean; readonly members: readonly string[] }[];
  /** Who owns the schema; null when it is not there. */
  readonly owner: string | null;
  /** What somebody with the right to make roles has to run; empty when none is missing. */
  readonly toRun: readonly string[];
};

type Outcome<Value> = Promise<Result<Value, ConnectionProblem>>;

/** Which roles are there, who is in them, and what to run when some are missing. */
export const roleStatus = (url: string): Outcome<RoleStatus> => oneConnection(url, async (db) => ok(await readRoles(db)));

/** Makes roles that are missing, where the user may, and gives each what it is for; then as `roleStatus`. */
export const settleRoles = (url: string): Outcome<RoleStatus> =>
  oneConnection(url, async (db) => {
    await settle(db);
    return ok(await readRoles(db));
  });

/** Does nothing when the schema is not there, or older than the roles. */
export async function settle(db: Connected): Promise<void> {
  const there = await sql<{ it: boolean }>`select to_regprocedure('catalyst.settle_roles()') is not null as it`.execute(db);
  if (there.rows[0]?.it === true) await sql`call catalyst.settle_roles()`.execute(db);
}

async function readRoles(db: Connected): Promise<RoleStatus> {
  const found = await sql<{ name: string; members: readonly string[] }>`
    select r.rolname::text as name,
      array(select m.member::regrole::text from pg_auth_members m where m.roleid = r.oid order by 1) as members
    from pg_roles r`.execute(db);
  const owner = await sql<{ it: string }>`
    select nspowner::regrole::text as it from pg_namespace where nspname = 'catalyst'`.execute(db);
  const all = roleNames.map((name) => {
    const row = found.rows.find((each) => each.name === name);
    return { name, isThere: row !== undefined, members: row?.members ?? [] };
  });
  const missing = all.filter(({ isThere }) => !isThere).map(({ name }) => name);
  const toRun = missing.length === 0 ? [] : [...missing.map((name) => `CREATE ROLE ${name} NOLOGIN;`), 'CALL catalyst.settle_roles();'];
  return { roles: all, owner: owner.rows[0]?.it ?? null, toRun };
}
