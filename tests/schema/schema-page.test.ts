import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withEmbedded } from '#tests/postgres/servers';
import { migrated } from '#tests/schema/database';
import { areas } from '#tests/schema/normal-forms';
import { readSchema } from '#tests/schema/read-schema';
import { PAGE, schemaPage } from '#tests/schema/schema-page';

const server = withEmbedded();

test.skipIf(!server.isThere)(
  `the page of the schema is what the database says, and every table argues its normal form${server.why}`,
  async () => {
    const schema = await readSchema(await migrated(server));
    const argued = areas.flatMap(({ tables }) => Object.keys(tables));
    expect(argued.toSorted()).toEqual(schema.tables.map(({ name }) => name).toSorted());
    for (const { tables } of areas)
      for (const [name, reason] of Object.entries(tables)) expect([name, reason.length > 20]).toEqual([name, true]);
    // Made by `npm run schema-page`.
    expect(readFileSync(join(import.meta.dirname, '../..', PAGE), 'utf8')).toBe(schemaPage(schema));
  },
);
