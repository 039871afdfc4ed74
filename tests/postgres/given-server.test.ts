import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { nameOf, openGiven } from '#adapters/postgres/given-server';
import { openDatabase } from '#adapters/postgres/open-database';
import { databaseText } from '#main/database/problem-text';
import { ask } from './homes.js';
import { withDebian15, withEmbedded } from './servers.js';

const secret = 'hunter2secret';
const soon = { pauseMs: 1 };

async function textOf(url: string): Promise<string> {
  const given = await openGiven(url, soon);
  expect(given.ok).toBe(false);
  const text = given.ok ? '' : databaseText(given.problem);
  expect(JSON.stringify(given)).not.toContain(secret);
  expect(text).not.toContain(secret);
  return text;
}

for (const server of [withEmbedded(), withDebian15()]) {
  test.skipIf(!server.isThere)(`${server.name}: one that is given is used as it is, and never stopped${server.why}`, async () => {
    const url = await server.fresh();
    const given = await openDatabase({ url, home: '/nowhere', database: 'catalyst_production' });
    expect(given).toMatchObject({ ok: true, value: { connectionString: url, startedBy: 'external', place: null } });
    if (!given.ok) return;
    expect(given.value.version).toMatch(/^1[57]\.\d+$/);
    await given.value.close();
    expect(await given.value.stop()).toEqual({ ok: true, value: null });
    expect(await ask(url, 'SELECT 1 AS it')).toEqual([{ it: 1 }]);
  });

  test.skipIf(!server.isThere)(`${server.name}: what is wrong with one that is given is said, and no password${server.why}`, async () => {
    const url = await server.fresh();
    const named = url.replace('catalyst@', `catalyst:${secret}@`);
    expect(await textOf(named.replace(/test_\d+/, 'not_there'))).toContain('there is no database not_there');
    expect(await textOf(named.replace('catalyst:', 'stranger:'))).toContain('refuses the login');
    await ask(url, `ALTER DATABASE ${/test_\d+/.exec(url)?.[0]} CONNECTION LIMIT 0`);
    await ask(url, 'CREATE ROLE plain LOGIN');
    expect(await textOf(url.replace('catalyst@', 'plain@'))).toMatch(/no answer.*53300/);
  });
}

test('nobody listens there', async () => {
  const port = await new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
  expect(await textOf(`postgresql://ada:${secret}@127.0.0.1:${port}/catalyst`)).toMatch(
    new RegExp(`^no answer from the database at ada@127.0.0.1:${port}/catalyst \\(ECONNREFUSED\\)`),
  );
});

test('somebody else listens there', async () => {
  const server = createServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  expect(await textOf(`postgresql://ada:${secret}@127.0.0.1:${port}/catalyst`)).toContain('no answer from the database at ada@127.0.0.1');
  server.close();
});

for (const url of [`mysql://ada:${secret}@here/x`, secret, `postgresql://ada:${secret}@here:port/x`])
  test(`${url.replace(secret, '…')} is no address`, async () => expect(await textOf(url)).toContain('DATABASE_URL is no address'));

const names: readonly [url: string, server: string, database: string][] = [
  ['postgresql://ada:x@db.example:6543/trades?sslmode=require', 'ada@db.example:6543/trades', 'trades'],
  ['postgres://db.example/trades', 'db.example:5432/trades', 'trades'],
  ['postgresql://ada:x@/trades?host=%2Frun%2Fpg', 'ada@/run/pg/trades', 'trades'],
  ['postgresql:///trades?host=/run/pg&user=ada&password=x', 'ada@/run/pg/trades', 'trades'],
  ['postgresql://ada:x@db.example', 'ada@db.example:5432/ada', 'ada'],
  ['postgresql://a%40b:x%2Fy@[::1]:5432/t%20s', 'a@b@[::1]:5432/t s', 't s'],
];
for (const [url, server, database] of names)
  test(`the name of ${url} for people is ${server}`, () => expect(nameOf(url)).toEqual({ server, database }));

test('a certificate that the address names and nobody can read is told', async () => {
  expect(await textOf(`postgresql://ada:${secret}@localhost/catalyst?sslrootcert=/nowhere/root.pem`)).toMatch(
    /^DATABASE_URL names the file \/nowhere\/root\.pem, which cannot be read \(ENOENT\)/,
  );
});
