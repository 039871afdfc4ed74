import { expect, test } from 'vitest';
import { newClient } from '#adapters/postgres/client';
import { scramVerifier } from '#adapters/postgres/scram-verifier';
import { withEmbedded } from '../../../tests/postgres/servers.js';

const server = withEmbedded();

test.skipIf(!server.isThere)(`the server itself would keep the same of a password${server.why}`, async () => {
  const client = newClient(await server.fresh());
  await client.connect();
  await client.query("set password_encryption = 'scram-sha-256'; create role somebody login password 'correct-horse'");
  const { rows } = await client.query<{ it: string }>("select rolpassword as it from pg_authid where rolname = 'somebody'");
  await client.end();
  const kept = rows[0]?.it ?? '';
  const salt = Buffer.from(kept.split(':')[1]?.split('$')[0] ?? '', 'base64');
  expect(scramVerifier('correct-horse', salt)).toBe(kept);
  expect(scramVerifier('another', salt)).not.toBe(kept);
});
