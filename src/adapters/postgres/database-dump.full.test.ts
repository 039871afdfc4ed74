import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { newClient } from '#adapters/postgres/client';
import { openDump } from '#adapters/postgres/database-dump';
import { fillDatabase } from '#adapters/postgres/fill-database';
import { migrateUp } from '#adapters/postgres/migrations';
import type { DatabaseDump } from '#engine/ports/database-dump';
import { withDebian15, withEmbedded } from '../../../tests/postgres/servers.js';

const embedded = withEmbedded();
const debian = withDebian15();
const on = test.skipIf(!embedded.isThere);
const onBoth = test.skipIf(!embedded.isThere || !debian.isThere);

/** Names and words that a careless dump would break: tabs, line feeds, backslashes, quotes, what COPY takes for its end, and for null. */
const odd = [
  'a\tb',
  'two\nlines',
  'back\\slash \\. \\N',
  '\\.',
  '\\N',
  "it's; drop table x",
  '',
  'Größe 株 😀',
  '\r\n',
  'x'.repeat(100_000),
];

async function run(url: string, ...statements: readonly (readonly [sql: string, values?: readonly unknown[]])[]): Promise<void> {
  const client = newClient(url);
  await client.connect();
  try {
    for (const [sql, values = []] of statements) await client.query(sql, [...values]);
  } finally {
    await client.end();
  }
}

const digest = Buffer.alloc(32, 7);

/** A database with rows in tables that refer to each other and to themselves, and bars in two months. */
async function recorded(url: string): Promise<string> {
  expect((await migrateUp(url)).ok).toBe(true);
  await run(
    url,
    [
      "insert into catalyst.securities (security_id, market_id, symbol, valid_from, valid_to) values (5, 1, 'OLD', '-infinity', '2026-03-01')",
    ],
    ["insert into catalyst.securities (security_id, market_id, symbol, valid_from, predecessor_id) values (2, 1, 'NEW', '2026-03-01', 5)"],
    ["insert into catalyst.journals values (9, 'a journal', 1, 'recorded_market', '0.1.0', $1, now())", [digest]],
    ["select catalyst.ensure_bars_month('2026-02-28')"],
    ["select catalyst.ensure_bars_month('2026-03-02')"],
    [
      `insert into catalyst.trading_history select 9, 2, timestamptz '2026-02-27 14:30+00' + n * interval '1 hour', 10, 11.5, 9.0001, 10, n
       from generate_series(0, 100) n`,
    ],
    ...odd.map(
      (text, place) =>
        ['insert into catalyst.news_items values (9, $1, $2, now(), null, $2, $2)', [place + 1, text]] as readonly [
          string,
          readonly unknown[],
        ],
    ),
  );
  return url;
}

async function dumpOf(url: string) {
  const dump = await openDump(url);
  if (!dump.ok) throw new Error(JSON.stringify(dump.problem));
  return dump.value;
}

/** The hash of each table's rows, in the order in which they come. */
async function hashesOf(dump: DatabaseDump): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  for await (const { name, rows } of dump.tables()) {
    const hash = createHash('sha256');
    for await (const piece of rows) hash.update(piece);
    hashes.set(name, hash.digest('hex'));
  }
  return hashes;
}

async function hashesAt(url: string): Promise<ReadonlyMap<string, string>> {
  const dump = await dumpOf(url);
  try {
    return await hashesOf(dump);
  } finally {
    await dump.close();
  }
}

async function copied(from: string, to: string) {
  const dump = await dumpOf(from);
  try {
    return await fillDatabase(to, dump);
  } finally {
    await dump.close();
  }
}

on(`a database is the same to the byte after it was written out and filled into another${embedded.why}`, async () => {
  const from = await recorded(await embedded.fresh());
  const to = await embedded.fresh();
  expect(await copied(from, to)).toEqual({ ok: true, value: null });
  const hashes = await hashesAt(from);
  expect(await hashesAt(to)).toEqual(hashes);
  const tables = [...hashes.keys()];
  expect(tables.indexOf('journals')).toBeLessThan(tables.indexOf('news_items'));
  expect(tables.length).toBeGreaterThan(50);
  // What is not there is not the same by chance.
  await run(to, ["insert into catalyst.news_items values (9, 1000, 'x', now(), null, 'x', 'x')"]);
  expect((await hashesAt(to)).get('news_items')).not.toBe(hashes.get('news_items'));
});

onBoth(`and from a server of another version and another order of letters${embedded.why}${debian.why}`, async () => {
  const from = await recorded(await debian.fresh());
  const to = await embedded.fresh();
  expect(await copied(from, to)).toEqual({ ok: true, value: null });
  expect(await hashesAt(to)).toEqual(await hashesAt(from));
});

on(`what is written meanwhile is not in it, in any table${embedded.why}`, async () => {
  const url = await recorded(await embedded.fresh());
  const before = await hashesAt(url);
  const dump = await dumpOf(url);
  try {
    await run(
      url,
      ["insert into catalyst.journals values (1, 'another', 1, 'recorded_market', '0.1.0', $1, now())", [digest]],
      ["insert into catalyst.news_items values (1, 1, 'x', now(), null, 'x', 'x')"],
    );
    expect(await hashesOf(dump)).toEqual(before);
  } finally {
    await dump.close();
  }
});

on(`a database that holds a record is not filled, and stays as it is${embedded.why}`, async () => {
  const from = await recorded(await embedded.fresh());
  const to = await recorded(await embedded.fresh());
  const before = await hashesAt(to);
  expect(await copied(from, to)).toEqual({ ok: false, problem: { kind: 'not_fresh' } });
  expect(await hashesAt(to)).toEqual(before);
});

on(`a dump that ends in the middle, or lacks a table, fills nothing; the next one does${embedded.why}`, async () => {
  const from = await recorded(await embedded.fresh());
  const to = await embedded.fresh();
  const dump = await dumpOf(from);
  const cut: DatabaseDump = {
    ...dump,
    async *tables() {
      let count = 0;
      for await (const table of dump.tables())
        if (++count < 20) yield table;
        else return;
    },
  };
  expect(await fillDatabase(to, cut)).toMatchObject({ ok: false, problem: { kind: 'schema_unusable' } });
  await dump.close();
  const spoiled: DatabaseDump = {
    ...dump,
    async *tables() {
      yield { name: 'markets', rows: rowsOf('1\tUS\tno such shape\n') };
    },
  };
  expect(await fillDatabase(to, spoiled)).toMatchObject({ ok: false, problem: { kind: 'database_failed', sqlState: '22P04' } });
  expect(await copied(from, to)).toEqual({ ok: true, value: null });
  expect(await hashesAt(to)).toEqual(await hashesAt(from));
});

async function* rowsOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

on(`what is only added to stays so after a restore${embedded.why}`, async () => {
  const to = await embedded.fresh();
  await copied(await recorded(await embedded.fresh()), to);
  await expect(run(to, ['delete from catalyst.news_items'])).rejects.toThrow(/only added to/);
  await expect(run(to, ['update catalyst.trading_history set volume = 1'])).rejects.toThrow(/only added to/);
  await expect(run(to, ['truncate catalyst.markets cascade'])).rejects.toThrow(/only added to/);
});

on(`a database without the schema is told so${embedded.why}`, async () => {
  expect(await openDump(await embedded.fresh())).toMatchObject({ ok: false, problem: { kind: 'schema_unusable' } });
});
