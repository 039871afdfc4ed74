import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrationFolder, readMigrations } from '#adapters/postgres/migration-files';
import { migrateDown, migrateUp, migrationStatus } from '#adapters/postgres/migrations';
import { withEmbedded } from '../../../tests/postgres/servers.js';

const texts = readMigrations();
if (!texts.ok) throw new Error(texts.problem.why);
const names = texts.value.map(({ name }) => name);

const server = withEmbedded();
test.skipIf(!server.isThere)(`up, part of the way down, and up again${server.why}`, async () => {
  const url = await server.fresh();
  const last = names.length;
  expect(await migrateUp(url)).toEqual({ ok: true, value: { way: 'up', names, applied: last } });
  expect(await migrateDown(url, 2)).toEqual({ ok: true, value: { way: 'down', names: names.slice(2).toReversed(), applied: 2 } });
  expect(await migrationStatus(url)).toMatchObject({ ok: true, value: { applied: { length: 2 }, pending: { length: last - 2 } } });
  expect(await migrateUp(url)).toEqual({ ok: true, value: { way: 'up', names: names.slice(2), applied: last } });
  expect(await migrateUp(url, { to: last + 1 })).toEqual({ ok: false, problem: { kind: 'no_such_migration', number: last + 1, last } });
});

test('nobody answers: the problem says what the driver said', async () => {
  expect(await migrateUp('postgresql://nobody@/x?host=/nowhere')).toMatchObject({ ok: false, problem: { kind: 'not_connected' } });
});

test('a folder is used only when it holds a pair for each number from 1', () => {
  const folder = mkdtempSync(join(tmpdir(), 'database-'));
  cpSync(migrationFolder, folder, { recursive: true });
  const why = (change: () => void) => {
    change();
    const read = readMigrations(folder);
    return read.ok ? 'usable' : read.problem.why;
  };
  expect(why(() => {})).toBe('usable');
  expect(why(() => writeFileSync(join(folder, 'notes.sql'), ''))).toBe('notes.sql is not named like 0001-reference.up.sql');
  expect(why(() => rmSync(join(folder, 'notes.sql')))).toBe('usable');
  expect(why(() => rmSync(join(folder, `${names[1]}.down.sql`)))).toBe(`${names[1]}.down.sql is missing`);
  expect(why(() => rmSync(join(folder, `${names[1]}.up.sql`)))).toContain(`${names[2]} does not follow`);
  rmSync(folder, { recursive: true });
  expect(why(() => {})).toContain('ENOENT');
});
