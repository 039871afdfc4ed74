import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Client } from '#adapters/postgres/client';
import { addressFor } from '#adapters/postgres/logins';
import { withDebian15, withEmbedded } from '#tests/postgres/servers';
import { attempts } from '#tests/schema/attempts';
import { connectedTo, migrated, refusalOf, rowsOf, stateOf } from '#tests/schema/database';

const fewRows = readFileSync(join(import.meta.dirname, 'few-rows.sql'), 'utf8');

/** The rows of every table, and whatever somebody could have left behind: objects, owners, rights, roles, settings. */
async function everything(url: string): Promise<readonly unknown[]> {
  const tables = await rowsOf<{ it: string }>(
    url,
    `select c.oid::regclass::text as it from pg_class c where relkind in ('r', 'p') and relnamespace::regnamespace::text like 'catalyst%' order by 1`,
  );
  const contents = tables.map(
    ({ it }) => `select '${it}' as it, count(*)::text || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as has from ${it} t`,
  );
  return rowsOf(
    url,
    `${contents.join(' union all ')}
     union all select 'relations', md5(string_agg(format('%s %s %s %s', oid, relname, relowner, relacl), '|' order by oid)) from pg_class
     union all select 'routines', md5(string_agg(format('%s %s %s', oid, proowner, proacl), '|' order by oid)) from pg_proc
     union all select 'triggers', md5(string_agg(format('%s %s', oid, tgenabled), '|' order by oid)) from pg_trigger
     union all select 'schemas', string_agg(format('%s %s %s', nspname, nspowner, nspacl), '|' order by oid) from pg_namespace where nspname !~ '^pg_(toast_)?temp'
     union all select 'roles', string_agg(format('%s %s', rolname, rolsuper), '|' order by oid) from pg_authid
     union all select 'members', md5(string_agg(m::text, '|' order by m::text)) from pg_auth_members m
     union all select 'large objects', count(*)::text from pg_largeobject_metadata
     union all select 'settings', count(*)::text from pg_db_role_setting
     union all select 'databases', string_agg(format('%s %s', datname, datacl), '|' order by oid) from pg_database
     order by 1`,
  );
}

/** What each attempt was answered with. */
async function attempted(client: Client): Promise<readonly (readonly [string, string, string])[]> {
  let said: string[] = [];
  client.on('notice', ({ code }) => said.push(code ?? ''));
  const answers: (readonly [string, string, string])[] = [];
  for (const [group, , statement] of attempts) {
    said = [];
    const refused = await stateOf(client, statement);
    answers.push([group, refused ?? said.find((code) => code.startsWith('01')) ?? 'done', statement]);
    await client.query('rollback; reset role; reset session authorization; reset all; deallocate all');
  }
  return answers;
}

/** Somebody who holds one of the roles. */
async function memberOf(url: string, role: string): Promise<string> {
  const user = `test_${role}`;
  await rowsOf(url, `do $$ begin create role ${user} login in role ${role}; exception when duplicate_object then null; end $$`);
  return addressFor(url, user, 'trusted here');
}

for (const server of [withEmbedded(), withDebian15()]) {
  const on = test.skipIf(!server.isThere);

  for (const role of ['catalyst_research', 'catalyst_dashboard', 'catalyst_backup'])
    on(`${server.name}: whoever holds ${role} reads everything and changes nothing, whatever they try${server.why}`, async () => {
      const url = await migrated(server);
      await rowsOf(url, fewRows);
      const theirs = await memberOf(url, role);
      const before = await everything(url);
      const answers = await connectedTo(theirs, attempted);
      // Whoever makes backups may hold their locks.
      const expected = attempts.filter(([group]) => role !== 'catalyst_backup' || group !== 'locks');
      expect(answers.filter(([group]) => role !== 'catalyst_backup' || group !== 'locks')).toEqual(expected);
      expect(await everything(url)).toEqual(before);
      expect(await rowsOf(theirs, 'select symbol, shares from catalyst.open_positions')).toEqual([{ symbol: 'AAPL', shares: 100 }]);
      const unread = await rowsOf<{ it: string }>(
        theirs,
        `select oid::regclass::text as it from pg_class
         where relkind in ('r', 'p', 'v') and relnamespace::regnamespace::text like 'catalyst%' and not has_table_privilege(oid, 'select')`,
      );
      expect(unread).toEqual([]);
    });

  on(`${server.name}: a projector adds to the ledger, moves its position, and can change nothing that it added${server.why}`, async () => {
    const url = await migrated(server);
    await rowsOf(url, fewRows);
    const theirs = await memberOf(url, 'catalyst_projector');
    const refused = (statement: string) => refusalOf(theirs, statement);
    expect(await refused("insert into catalyst.alert_deliveries values ('a-1', 'mail', 1, now(), null)")).toBe(null);
    expect(await refused("select catalyst.ensure_bars_month('2025-12-31')")).toBe(null);
    expect(await refused("insert into catalyst.trading_history values (7, 1, '2025-12-01 15:35+00', 1, 1, 1, 1, 1)")).toBe(null);
    expect(await refused('update catalyst.journal_positions set sequence = 41')).toBe(null);
    expect(await refused("update catalyst.securities set valid_to = '2026-01-05' where symbol = 'AAPL'")).toBe(null);
    expect(await refused("update catalyst.securities set valid_to = '2026-02-05' where symbol = 'AAPL'")).toBe('23001');
    const tables = await rowsOf<{ it: string; name: string }>(
      url,
      `select c.oid::regclass::text as it, attname as name from pg_class c join pg_attribute on attrelid = c.oid and attnum = 1
       where relkind in ('r', 'p') and relnamespace = 'catalyst'::regnamespace order by 1`,
    );
    await connectedTo(theirs, async (client) => {
      for (const { it, name } of tables) {
        const states: (string | null)[] = [];
        for (const statement of [`delete from ${it}`, `truncate ${it}`, `update ${it} set ${name} = ${name}`])
          states.push(await stateOf(client, statement));
        expect([it, ...states]).toEqual([it, '42501', '42501', it === 'catalyst.journal_positions' ? null : '42501']);
      }
    });
    for (const statement of [
      'drop table catalyst.fills',
      'create table catalyst.mine (it integer)',
      'alter table catalyst.fills disable trigger all',
      'set role catalyst_migrator',
      "insert into catalyst.sectors values (99, '99', 'x')",
      'insert into catalyst_migrations.applied select * from catalyst_migrations.applied',
    ])
      expect([statement, await refused(statement)]).toEqual([statement, '42501']);
  });

  on(`${server.name}: the owner and a superuser are refused as well, table by table and month by month${server.why}`, async () => {
    const url = await migrated(server);
    await rowsOf(url, fewRows);
    const before = await everything(url);
    const tables = await rowsOf<{ it: string; moves: boolean; name: string }>(
      url,
      `select c.oid::regclass::text as it, relname in ('journal_positions') as moves, attname as name from pg_class c
       join pg_attribute a on attrelid = c.oid and attnum = 1
       where relkind in ('r', 'p') and relnamespace = 'catalyst'::regnamespace order by 1`,
    );
    expect(tables.map(({ it }) => it)).toContain('catalyst.trading_history_2025_11');
    for (const who of ['select 1', 'set role catalyst_migrator'])
      await connectedTo(url, async (client) => {
        await client.query(who);
        for (const { it, moves, name } of tables) {
          expect([it, await stateOf(client, `delete from ${it}`)]).toEqual([it, '23001']);
          expect([it, await stateOf(client, `truncate ${it} cascade`)]).toEqual([it, '23001']);
          if (!moves) expect([it, await stateOf(client, `update ${it} set ${name} = ${name}`)]).toEqual([it, '23001']);
        }
      });
    expect(await everything(url)).toEqual(before);
  });

  on(`${server.name}: nothing of the record is for everybody${server.why}`, async () => {
    const url = await migrated(server);
    const user = await memberOf(url, 'pg_monitor');
    expect(await refusalOf(user, 'select 1')).toBe('42501');
    const public_ = await rowsOf<{ it: string }>(
      url,
      `select relname::text as it from pg_class, aclexplode(relacl) a where relnamespace::regnamespace::text like 'catalyst%' and a.grantee = 0
       union all select nspname::text from pg_namespace, aclexplode(nspacl) a where nspname in ('catalyst', 'catalyst_migrations', 'public') and a.grantee = 0
       union all select proname::text from pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
         where pronamespace = 'catalyst'::regnamespace and a.grantee = 0 and not exists (select from pg_depend d where d.objid = p.oid and deptype = 'e')`,
    );
    expect(public_).toEqual([]);
  });

  on(
    `${server.name}: what makes months runs as the migrator, who is no superuser and cannot log in, and looks up nothing of the caller${server.why}`,
    async () => {
      const url = await migrated(server);
      expect(
        await rowsOf(
          url,
          `select p.proname, r.rolname, r.rolsuper, r.rolcanlogin, p.proconfig from pg_proc p join pg_roles r on r.oid = proowner
         where prosecdef and pronamespace = 'catalyst'::regnamespace`,
        ),
      ).toEqual([
        {
          proname: 'ensure_bars_month',
          rolname: 'catalyst_migrator',
          rolsuper: false,
          rolcanlogin: false,
          proconfig: ['search_path=catalyst, pg_temp'],
        },
      ]);
      const others = await rowsOf(
        url,
        `select relname from pg_class where relnamespace::regnamespace::text in ('catalyst', 'catalyst_migrations') and relkind in ('r', 'p', 'v')
       and relowner <> 'catalyst_migrator'::regrole`,
      );
      expect(others).toEqual([]);
    },
  );
}
