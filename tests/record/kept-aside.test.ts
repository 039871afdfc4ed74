import { expect, test } from 'vitest';
import { newClient } from '#adapters/postgres/client';
import { keepAside, putBack } from '#main/record/kept-aside';
import { withEmbedded } from '../postgres/servers.js';
import { withSchema } from './projected.js';

const server = withEmbedded();
const nothing = { journals: [], tables: [] };

test.skipIf(!server.isThere)(`what is told after a rebuild that was cut off is kept by the next one${server.why}`, async () => {
  const client = newClient(await withSchema(await server.fresh()));
  await client.connect();
  const alert = (id: string) =>
    client.query(
      `insert into catalyst.alerts (alert_id, raised_at, kind, severity, group_key, headline, action_taken)
       values ($1, now(), 'feed_lost', (enum_range(null::catalyst.severity))[1], 'g', 'h', 'n')`,
      [id],
    );
  try {
    await alert('before');
    await keepAside(client, nothing);
    await alert('since');
    await keepAside(client, nothing);
    await client.query(
      'alter table catalyst.alerts disable trigger user; alter table catalyst.alert_deliveries disable trigger user; alter table catalyst.alert_acknowledgements disable trigger user; truncate catalyst.alerts cascade; alter table catalyst.alerts enable trigger user',
    );
    await putBack(client);
    const { rows } = await client.query('select alert_id from catalyst.alerts order by 1');
    expect(rows.map(({ alert_id }) => alert_id)).toEqual(['before', 'since']);
  } finally {
    await client.end();
  }
});
