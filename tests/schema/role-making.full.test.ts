import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addressFor, makeLogins } from '#adapters/postgres/logins';
import { migrateUp } from '#adapters/postgres/migrations';
import { roleStatus, settleRoles } from '#adapters/postgres/roles';
import { withDebian15, withEmbedded } from '#tests/postgres/servers';
import { migrated, refusalOf, rowsOf } from '#tests/schema/database';

for (const server of [withEmbedded(), withDebian15()]) {
  const on = test.skipIf(!server.isThere);

  // First in the file: roles belong to the server, and here there are none yet.
  on(`${server.name}: who may not make roles migrates all the same, and is told what somebody else has to run${server.why}`, async () => {
    const url = await server.fresh();
    await rowsOf(url, 'create role plain login');
    const [database] = await rowsOf<{ it: string }>(url, 'select current_database() as it');
    await rowsOf(url, `alter database ${database?.it} owner to plain`);
    const theirs = addressFor(url, 'plain', 'trusted here');
    expect(await migrateUp(theirs)).toMatchObject({ ok: true });
    const status = await roleStatus(theirs);
    expect(status).toMatchObject({ ok: true, value: { owner: 'plain', toRun: { length: 6 } } });
    for (const line of status.ok ? status.value.toRun : []) expect([line, await refusalOf(url, line)]).toEqual([line, null]);
    expect(await roleStatus(theirs)).toMatchObject({ ok: true, value: { owner: 'catalyst_migrator', toRun: [] } });
    expect(await rowsOf(url, "select has_table_privilege('catalyst_research', 'catalyst.fills', 'select') as it")).toEqual([{ it: true }]);
  });

  on(`${server.name}: three databases of one server make the roles at the same instant${server.why}`, async () => {
    const urls = [await server.fresh(), await server.fresh(), await server.fresh()];
    await rowsOf(
      `${urls[0]}`,
      `do $$ declare it text; begin
         for it in select rolname from pg_roles where rolname like 'catalyst\\_%' loop execute format('alter role %I rename to %I', it, 'former_' || it || clock_timestamp()::text); end loop;
       end $$`,
    );
    for (const outcome of await Promise.all(urls.map((url) => migrateUp(url)))) expect(outcome).toMatchObject({ ok: true });
    for (const url of urls) {
      expect(await roleStatus(url)).toMatchObject({ ok: true, value: { owner: 'catalyst_migrator', toRun: [] } });
      expect(await rowsOf(url, "select has_table_privilege('catalyst_projector', 'catalyst.fills', 'insert') as it")).toEqual([
        { it: true },
      ]);
    }
  });

  on(`${server.name}: a user for each role, with a password of its own in a file for its owner alone${server.why}`, async () => {
    const url = await migrated(server);
    const folder = join(mkdtempSync(join(tmpdir(), 'logins-')), 'logins');
    const made = await makeLogins(url, folder);
    expect(made.ok && made.value.map(({ user }) => user)).toEqual([
      'catalyst_projector_user',
      'catalyst_dashboard_user',
      'catalyst_research_user',
      'catalyst_backup_user',
    ]);
    for (const { file } of made.ok ? made.value : []) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const address = readFileSync(file, 'utf8').trim();
      expect(await refusalOf(address, 'select * from catalyst.fills')).toBe(null);
      expect(await refusalOf(address, 'delete from catalyst.fills')).not.toBe(null);
    }
    const kept = await rowsOf<{ it: string }>(url, "select rolpassword as it from pg_authid where rolname = 'catalyst_research_user'");
    expect(kept[0]?.it).toMatch(/^SCRAM-SHA-256\$4096:/);
    const again = await makeLogins(url, folder);
    expect(again.ok).toBe(true);
    expect(await rowsOf(url, "select rolpassword as it from pg_authid where rolname = 'catalyst_research_user'")).not.toEqual(kept);
    expect(await settleRoles(url)).toMatchObject({ ok: true, value: { toRun: [] } });
  });
}
