import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { type Client, newClient } from '#adapters/postgres/client';
import { copyIn } from '#adapters/postgres/copy-in';
import { CopyRows } from '#adapters/postgres/copy-rows';
import { formatE4 } from '#domain/values/decimal';
import { type Instant, instant } from '#domain/values/instant';
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

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.constantFrom('', '\\N', '\\.', '\\', '\t', 'a\r\nb', '\0', '\ud800', 'a\udfffb', 'é€😀', '\\x00', "'; drop", '\u2028'),
  fc.array(fc.constantFrom('\\', '\t', '\n', '\r', '\0', '\ud83d', '\ude00', 'x'), { maxLength: 12 }).map((all) => all.join('')),
);
const whole = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -20, max: 20 }), fc.constantFrom(2_147_483_647, 2_147_483_648, 0, -0));
const float = fc.double({ noNaN: true, noDefaultInfinity: true });
const moment = fc.integer({ min: 0, max: 7_258_118_399_999 }).map(instant);

/** As the server is to hold it, and how many of its characters it cannot. */
function held(text: string): { readonly text: string; readonly replaced: number } {
  let replaced = 0;
  let result = '';
  for (const character of text) {
    const isHalf = /^[\ud800-\udfff]$/.test(character);
    if (isHalf || character === '\0') replaced++;
    result += isHalf ? '\ufffd' : character === '\0' ? '\u2400' : character;
  }
  return { text: result, replaced };
}

type Row = readonly [text: string | null, whole: number | null, money: number | null, float: number | null, at: Instant | null];
const row = fc.tuple(
  fc.option(anything),
  fc.option(whole),
  fc.option(fc.integer({ min: -9_999_999_999, max: 9_999_999_999_999 })),
  fc.option(float),
  fc.option(moment),
) as fc.Arbitrary<Row>;

for (const server of [withEmbedded(), withDebian15()]) {
  test.skipIf(!server.isThere)(
    `${server.name}: what is written is what is read, or it is shown as another and counted${server.why}`,
    async () => {
      const client = await connected(await server.fresh());
      await client.query('create temp table told (n int, a text, b int8, c numeric, d float8, e timestamptz, f boolean, g bytea)');
      await fc.assert(
        fc.asyncProperty(fc.array(row, { maxLength: 30 }), fc.boolean(), async (all, flag) => {
          const rows = new CopyRows();
          for (const [place, [a, b, c, d, e]] of all.entries())
            rows.int(place).text(a).int(b).e4(c).float(d).instant(e).bool(flag).hex('00ff5c').end();
          expect(rows.rows).toBe(all.length);
          await client.query('truncate told');
          await copyIn(client, 'told', rows.bytes);
          const read = (await client.query('select * from told order by n')).rows;
          expect(read).toEqual(
            all.map(([a, b, c, d, e], n) => ({
              n,
              a: a === null ? null : held(a).text,
              b: b === null ? null : b + 0,
              c: c === null ? null : formatE4(c),
              d: d === null ? null : d + 0,
              e,
              f: flag,
              g: Buffer.from('00ff5c', 'hex'),
            })),
          );
          expect(rows.replaced).toBe(all.reduce((sum, [a]) => sum + (a === null ? 0 : held(a).replaced), 0));
        }),
        { numRuns: 60 },
      );
    },
  );

  test.skipIf(!server.isThere)(
    `${server.name}: many megabytes go through, and a refused row takes all of them back${server.why}`,
    async () => {
      const client = await connected(await server.fresh());
      await client.query('create table many (n int8 primary key, t text)');
      const rows = new CopyRows();
      for (let n = 0; n < 200_000; n++)
        rows
          .int(n)
          .text(`row ${n} ${'x'.repeat(20)}`)
          .end();
      await copyIn(client, 'many', rows.bytes);
      expect((await client.query('select count(*) as n, sum(n) as sum from many')).rows).toEqual([{ n: 200_000, sum: '19999900000' }]);
      await expect(copyIn(client, 'many', rows.bytes)).rejects.toMatchObject({ code: '23505' });
      expect((await client.query('select count(*) as n from many')).rows).toEqual([{ n: 200_000 }]);
    },
  );
}
