import { afterEach, expect, test } from 'vitest';
import { type Client, newClient, newPool, sqlStateOf } from '#adapters/postgres/client';
import { withDebian15, withEmbedded } from '../../../tests/postgres/servers.js';

const open: Client[] = [];
afterEach(async () => {
  for (const client of open.splice(0)) await client.end();
});

async function connected(url: string): Promise<Client> {
  const client = newClient(url);
  open.push(client);
  await client.connect();
  return client;
}

const rows: readonly [sql: string, value: unknown][] = [
  ['9007199254740991::int8', 9_007_199_254_740_991],
  ['-9007199254740991::int8', -9_007_199_254_740_991],
  ["'{1,NULL,-3}'::int8[]", [1, null, -3]],
  ["'{}'::int8[]", []],
  ['1234567890123456789.0123456789::numeric', '1234567890123456789.0123456789'],
  ["'{0.10,NULL}'::numeric[]", ['0.10', null]],
  ["'2026-11-20 10:35:00.123+00'::timestamptz", Date.UTC(2026, 10, 20, 10, 35, 0, 123)],
  ["'2026-11-20 10:35:00.5-05'::timestamptz", Date.UTC(2026, 10, 20, 15, 35, 0, 500)],
  ["'1969-12-31 23:59:59.999999+00'::timestamptz", -1],
  ["'{2026-11-20 10:35:00+00,NULL}'::timestamptz[]", [Date.UTC(2026, 10, 20, 10, 35), null]],
  ["'2026-03-08'::date", '2026-03-08'],
  ["'{2026-03-08,NULL}'::date[]", ['2026-03-08', null]],
  ["'2026-03-08 02:30'::timestamp", '2026-03-08 02:30:00'],
  ["'1 day 02:00'::interval", 'P1DT2H'],
  ['0.1::float8', 0.1],
  ['7::int4', 7],
  ['true', true],
  ['NULL::int8', null],
  [`'{"a":[1]}'::jsonb`, { a: [1] }],
  ["'\\x0102'::bytea", Buffer.from([1, 2])],
];

for (const server of [withEmbedded(), withDebian15()]) {
  test.skipIf(!server.isThere)(`${server.name}: every column is read as it was written${server.why}`, async () => {
    const client = await connected(await server.fresh());
    for (const [sql, value] of rows) expect([sql, (await client.query(`SELECT ${sql} AS it`)).rows[0]?.it]).toEqual([sql, value]);
  });

  test.skipIf(!server.isThere)(
    `${server.name}: a number that would be rounded is refused, and the connection goes on${server.why}`,
    async () => {
      const client = await connected(await server.fresh());
      for (const sql of [
        "'9007199254740993'::int8",
        "'{9007199254740993}'::int8[]",
        "'infinity'::timestamptz",
        "'0044-03-15 BC'::timestamptz",
      ])
        await expect(client.query(`SELECT ${sql} AS it`)).rejects.toThrow('assertion failed');
      expect((await client.query('SELECT 1 AS it')).rows).toEqual([{ it: 1 }]);
    },
  );

  test.skipIf(!server.isThere)(`${server.name}: moments don't depend on how the server is set up${server.why}`, async () => {
    const url = await server.fresh();
    const client = await connected(url);
    const { rows: named } = await client.query('SELECT current_database() AS name');
    await client.query(`ALTER DATABASE ${named[0]?.name} SET timezone = 'Asia/Kolkata'`);
    await client.query(`ALTER DATABASE ${named[0]?.name} SET datestyle = 'German'`);
    const later = await connected(url);
    const { rows: read } = await later.query(
      `SELECT '2026-11-20 10:35+00'::timestamptz AS at, '2026-11-20 22:35+00'::timestamptz::date AS day`,
    );
    expect(read).toEqual([{ at: Date.UTC(2026, 10, 20, 10, 35), day: '2026-11-20' }]);
  });

  test.skipIf(!server.isThere)(
    `${server.name}: a pool outlives the loss of its connections, and an error names its state${server.why}`,
    async () => {
      const url = await server.fresh();
      const pool = newPool(url, { name: 'lost', max: 2 });
      const client = await connected(url);
      await pool.query('SELECT 1');
      await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lost'");
      await expect.poll(() => pool.totalCount).toBe(0);
      expect((await pool.query('SELECT 2 AS it')).rows).toEqual([{ it: 2 }]);
      const problem = await pool.query('SELECT * FROM nowhere').catch((error: unknown) => error);
      expect([sqlStateOf(problem), sqlStateOf(new Error('42P01'))]).toEqual(['42P01', null]);
      await pool.end();
    },
  );
}
