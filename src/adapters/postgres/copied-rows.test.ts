import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newClient } from '#adapters/postgres/client';
import { type Column, copiedRows } from '#adapters/postgres/copied-rows';
import { copyIn } from '#adapters/postgres/copy-in';
import { CopyRows } from '#adapters/postgres/copy-rows';
import { withDebian15, withEmbedded } from '../../../tests/postgres/servers.js';

const columns: readonly Column[] = ['int', 'text', 'int', 'float', 'bool'];

const anything = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom('', '\\N', '\\.', '\\', '\t', 'a\r\nb', 'é€😀', '\\x00', '\b\f\v', '\u2028'),
    fc.array(fc.constantFrom('\\', '\t', '\n', '\r', 'n', '😀', 'x'), { maxLength: 12 }).map((all) => all.join('')),
  )
  .map((text) => text.replaceAll('\0', ''));
const row = fc.tuple(fc.option(anything), fc.option(fc.maxSafeInteger()), fc.option(fc.double({ noNaN: true })), fc.boolean());

for (const server of [withEmbedded(), withDebian15()])
  test.skipIf(!server.isThere)(
    `${server.name}: rows come out of COPY as the driver reads them, wherever its pieces end${server.why}`,
    async () => {
      const client = newClient(await server.fresh());
      await client.connect();
      try {
        await client.query('create temp table told (n int, a text, b int8, c float8, d boolean)');
        await fc.assert(
          fc.asyncProperty(fc.array(row, { maxLength: 30 }), fc.constantFrom(0, 3_000), async (all, padding) => {
            const rows = new CopyRows();
            // Long enough that a row begins in one piece and ends in another.
            for (const [n, [a, b, c, d]] of all.entries())
              rows
                .int(n)
                .text(a === null ? null : a.padEnd(padding, 'é\t'))
                .int(b)
                .float(c)
                .bool(d)
                .end();
            await client.query('truncate told');
            await copyIn(client, 'told', rows.bytes);
            const driven = await client.query({ text: 'select * from told order by n', rowMode: 'array' });
            const read = await copiedRows(client, 'select * from told order by n', columns);
            expect(read).toEqual(driven.rows);
            expect(read).toHaveLength(all.length);
          }),
          { numRuns: 100 },
        );
        await expect(copiedRows(client, 'select 1, 2', ['int'])).rejects.toThrow('as many columns');
        await expect(copiedRows(client, "select '1.5'::numeric", ['int'])).rejects.toThrow('made of digits');
        await expect(copiedRows(client, 'select 9007199254740993', ['int'])).rejects.toThrow('exact');
      } finally {
        await client.end();
      }
    },
    60_000,
  );
