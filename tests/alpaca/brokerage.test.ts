import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BrokerOrderId } from '#domain/brokerage/broker-order';
import { instant } from '#domain/values/instant';
import type { Answer, Ask } from '#engine/ports/brokerage';
import { type Connected, connected, KEY_ID, SECRET } from '#tests/alpaca/connected';
import {
  bracketAsk,
  CLIENT,
  cancelAsk,
  exitAsk,
  madeAccount,
  madeBracket,
  madeExecution,
  madeOrder,
  madePosition,
  ORDER,
  replaceAsk,
} from '#tests/alpaca/made-orders';
import { type Served, TradingServer } from '#tests/alpaca/trading-server';

let server: TradingServer;
const open: Connected[] = [];
const listeners: Server[] = [];
beforeEach(async () => {
  server = await TradingServer.start();
});
afterEach(async () => {
  for (const each of open.splice(0)) each.close();
  for (const each of listeners.splice(0)) each.close();
  await server.stop();
});

function at(base: URL, given?: Parameters<typeof connected>[1]): Connected {
  const made = connected(base, given);
  open.push(made);
  return made;
}
const ask = (asked: Ask, given?: Parameters<typeof connected>[1]): Promise<Answer> => at(server.base, given).brokerage.ask(asked, 'entry');
const mutations: readonly Ask[] = [bracketAsk, exitAsk, replaceAsk, cancelAsk, { kind: 'suspend_account', on: true }];

test('AC-08: a bracket goes out as JSON with both keys, and comes back as the order that was asked for', async () => {
  server.serve = () => ({ status: 200, body: madeBracket({ status: 'pending_new' }) });
  expect(await ask(bracketAsk)).toMatchObject({ kind: 'order', order: { clientId: CLIENT, status: 'pending_new' } });
  const [asked] = server.asked;
  expect(asked).toMatchObject({ method: 'POST', path: '/v2/orders' });
  expect(asked?.headers).toMatchObject({ 'apca-api-key-id': KEY_ID, 'apca-api-secret-key': SECRET, 'content-type': 'application/json' });
  expect(JSON.parse(asked?.body ?? '')).toMatchObject({ order_class: 'bracket', time_in_force: 'gtc', extended_hours: false });
});

const ambiguous: readonly (readonly [id: string, why: string, served: Served])[] = [
  ['A1', 'timeout', { fault: 'silence' }],
  ['A1', 'timeout', { fault: 'drip' }],
  ['A1', 'reset', { fault: 'reset' }],
  ['A3', 'cut_body', { fault: 'cut' }],
  ['A3', 'unreadable', { fault: 'endless' }],
  ['A3', 'unreadable', { status: 200, body: '{}' }],
  ['A3', 'unreadable', { status: 200, body: '' }],
  ['A3', 'unreadable', { status: 200, body: '<html>welcome</html>' }],
  ['A4', 'server_error', { status: 500, body: { code: 50010000, message: 'internal server error' } }],
  ['A4', 'server_error', { status: 502, body: '<html>' }],
  ['A4', 'server_error', { status: 503 }],
  ['A5', 'server_error', { status: 504, body: 'gateway timeout' }],
  ['A3', 'server_error', { status: 302, headers: { location: '/v2/account' } }],
  ['A3', 'server_error', { status: 403, body: '<html>blocked</html>' }],
];
for (const [id, why, served] of ambiguous)
  test(`${id}: after ${JSON.stringify(served).slice(0, 70)} every mutation is ambiguous and was sent once`, async () => {
    server.serve = () => served;
    for (const mutation of mutations) {
      const before = server.asked.length;
      expect(
        await ask(mutation, { bounds: { msMax: why === 'timeout' ? 150 : 10_000, bytesMax: 2_000_000 } }),
        mutation.kind,
      ).toMatchObject({ kind: 'ambiguous', why });
      expect(server.asked.length - before, mutation.kind).toBe(1);
    }
  });

test('A5: fifty submits against 504 are fifty requests, each id once', async () => {
  server.serve = () => ({ status: 504 });
  const { brokerage } = at(server.base);
  const asks = Array.from({ length: 50 }, (_, place) => ({ ...exitAsk, clientId: `${CLIENT}-${place}` as typeof exitAsk.clientId }));
  for (const answer of await Promise.all(asks.map((each) => brokerage.ask(each, 'flatten')))) expect(answer.kind).toBe('ambiguous');
  const ids = server.asked.map(({ body }) => JSON.parse(body).client_order_id);
  expect([ids.length, new Set(ids).size]).toEqual([50, 50]);
});

test('A6: 429 refuses a submit, which is not sent again', async () => {
  server.serve = () => ({ status: 429, body: { code: 42910000, message: 'rate limit exceeded' }, headers: { 'retry-after': '7' } });
  expect(await ask(bracketAsk)).toEqual({ kind: 'not_sent', why: 'rate_limited', waitMs: 7_000 });
  expect(server.count('POST')).toBe(1);
});

test('A7: a repeated client id says that the earlier submit has landed', async () => {
  server.serve = () => ({ status: 422, body: { code: 40010001, message: 'client_order_id must be unique' } });
  expect(await ask(bracketAsk)).toMatchObject({ kind: 'refused', reason: 'duplicate_client_id', status: 422 });
});

test('A10: a refusal is told with the words of the broker', async () => {
  server.serve = () => ({ status: 403, body: { code: 40310000, message: 'insufficient buying power', buying_power: '3' } });
  expect(await ask(bracketAsk)).toMatchObject({ kind: 'refused', reason: 'buying_power', said: 'insufficient buying power' });
  expect(server.count('POST')).toBe(1);
});

test('A11: a price off the grid does not reach the wire', async () => {
  await expect(ask({ ...bracketAsk, limit: 123_450 as typeof bracketAsk.limit })).rejects.toThrow('assertion failed');
  expect(server.asked).toEqual([]);
});

test('A15: a key that is refused says so, for a mutation and for a look', async () => {
  server.serve = () => ({ status: 401, body: { code: 40110000, message: 'request is not authorized' } });
  for (const each of [bracketAsk, { kind: 'read_account' } as const])
    expect(await ask(each)).toMatchObject({ kind: 'refused', reason: 'not_authorized' });
  expect(server.asked).toHaveLength(2);
});

test('a redirect takes the keys nowhere', async () => {
  const thief = await TradingServer.start();
  for (const status of [301, 302, 303, 307, 308]) {
    server.serve = () => ({ status, headers: { location: thief.base.href } });
    await ask({ kind: 'read_account' });
    await ask(bracketAsk);
  }
  expect(thief.asked).toEqual([]);
  await thief.stop();
});

test('A1: who finds nobody listening has sent nothing', async () => {
  const { base } = server;
  await server.stop();
  expect(await at(base).brokerage.ask(bracketAsk, 'entry')).toEqual({ kind: 'not_sent', why: 'no_connection', waitMs: 0 });
  server = await TradingServer.start();
});

test('G11: a name that does not exist is no connection', async () => {
  const answer = await at(new URL('http://nobody.invalid/'), { bounds: { msMax: 5_000 } }).brokerage.ask(bracketAsk, 'entry');
  expect(answer).toMatchObject({ kind: 'not_sent', why: 'no_connection' });
});

test('G11: a host that speaks no TLS gets no request, and no key without it', async () => {
  let heard = Buffer.alloc(0);
  const plain = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk]);
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
    });
  });
  listeners.push(plain);
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  const base = new URL(`https://127.0.0.1:${(plain.address() as AddressInfo).port}/`);
  expect(await at(base).brokerage.ask(bracketAsk, 'entry')).toMatchObject({ kind: 'not_sent', why: 'no_connection' });
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.toString('latin1')).not.toContain(KEY_ID);
});

test('G11: a handshake that nobody answers ends by its time, unsent', async () => {
  const mute = createServer((socket) => void socket.on('error', () => {}));
  listeners.push(mute);
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  const base = new URL(`https://127.0.0.1:${(mute.address() as AddressInfo).port}/`);
  expect(await at(base, { bounds: { msMax: 300 } }).brokerage.ask(bracketAsk, 'entry')).toMatchObject({
    kind: 'not_sent',
    why: 'no_connection',
  });
});

test('G11: TLS without a certificate that anybody vouches for gets no request', async () => {
  let asked = 0;
  // Without a certificate of its own, Node still ends the handshake with an alert, as a wrong one would.
  const bare = createSecureServer({}, (_, response) => {
    asked++;
    response.end('{}');
  });
  listeners.push(bare);
  await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));
  const base = new URL(`https://127.0.0.1:${(bare.address() as AddressInfo).port}/`);
  expect(await at(base).brokerage.ask(bracketAsk, 'entry')).toMatchObject({ kind: 'not_sent', why: 'no_connection' });
  expect(asked).toBe(0);
});

const OPENSSL = 'openssl';
const hasOpenssl = spawnSync(OPENSSL, ['version']).status === 0;
/** A server with a certificate of its own making. */
async function selfMade(answer: RequestListener): Promise<URL> {
  const folder = mkdtempSync(join(tmpdir(), 'catalyst-certificate-'));
  const [keyPath, certPath] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync(OPENSSL, ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', keyPath, '-out', certPath, ...subject], {
    stdio: 'ignore',
  });
  const secure = createSecureServer({ key: readFileSync(keyPath), cert: readFileSync(certPath) }, answer);
  listeners.push(secure);
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  return new URL(`https://127.0.0.1:${(secure.address() as AddressInfo).port}/`);
}

test.skipIf(!hasOpenssl)('G11: a certificate that nobody vouches for gets no request (needs openssl)', async () => {
  let asked = 0;
  const base = await selfMade((_, response) => {
    asked++;
    response.end('{}');
  });
  expect(await at(base, { bounds: { msMax: 5_000 } }).brokerage.ask(bracketAsk, 'entry')).toMatchObject({
    kind: 'not_sent',
    why: 'no_connection',
  });
  expect(asked).toBe(0);
});

test('A1: a kept connection that breaks leaves open what happened', async () => {
  const { brokerage } = at(server.base);
  server.serve = () => ({ status: 200, body: madeAccount() });
  await brokerage.ask({ kind: 'read_account' }, 'read');
  server.serve = () => ({ fault: 'reset' });
  expect(await brokerage.ask(bracketAsk, 'entry')).toMatchObject({ kind: 'ambiguous', why: 'reset' });
  expect([server.connections, server.count('POST')]).toEqual([1, 1]);
});

test.skipIf(!hasOpenssl)('A1: so does one over TLS, whose handshake is long over (needs openssl)', async () => {
  let asked = 0;
  const base = await selfMade((_, response) => {
    if (asked++ === 0) response.end(JSON.stringify(madeAccount()));
    else response.destroy();
  });
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  try {
    const { brokerage } = at(base);
    expect(await brokerage.ask({ kind: 'read_account' }, 'read')).toMatchObject({ kind: 'account' });
    expect(await brokerage.ask(bracketAsk, 'entry')).toMatchObject({ kind: 'ambiguous', why: 'reset' });
    expect(asked).toBe(2);
  } finally {
    vi.unstubAllEnvs();
  }
});

test('D12: a look is tried three times, and then says that it could not', async () => {
  for (const served of [{ status: 500 }, { fault: 'reset' }, { status: 200, body: '[{}]' }] as const) {
    server.serve = () => served;
    server.asked.length = 0;
    const answer = await at(server.base).brokerage.ask({ kind: 'list_positions' }, 'reconcile');
    expect(answer.kind).toBe('ambiguous');
    expect(server.asked).toHaveLength(3);
  }
});

test('a look that fails once is answered', async () => {
  let asked = 0;
  server.serve = () => (asked++ === 0 ? { status: 503 } : { status: 200, body: [madePosition()] });
  const made = at(server.base);
  expect(await made.brokerage.ask({ kind: 'list_positions' }, 'reconcile')).toMatchObject({
    kind: 'positions',
    positions: [{ shares: 106 }],
  });
  expect(made.clock.slept).toContain(250);
});

test('a look that fails while all is being stopped says how it failed, and is not tried again', async () => {
  const { brokerage, stop } = at(server.base);
  server.serve = () => {
    stop.abort();
    return { status: 500 };
  };
  expect(await brokerage.ask({ kind: 'read_account' }, 'read')).toMatchObject({ kind: 'ambiguous', why: 'server_error' });
  expect(server.asked).toHaveLength(1);
});

test('a refused look, and one that was limited, are not tried again', async () => {
  server.serve = () => ({ status: 403, body: { message: 'no' } });
  expect(await ask({ kind: 'read_account' })).toMatchObject({ kind: 'refused' });
  server.serve = () => ({ status: 429 });
  expect(await ask({ kind: 'read_account' })).toMatchObject({ kind: 'not_sent', why: 'rate_limited' });
  expect(server.asked).toHaveLength(2);
});

test('a read is not tried again when the budget is short', async () => {
  server.serve = () => ({
    status: 500,
    headers: { 'x-ratelimit-limit': '200', 'x-ratelimit-remaining': '60', 'x-ratelimit-reset': soon() },
  });
  const { brokerage } = at(server.base);
  await brokerage.ask({ kind: 'read_account' }, 'read');
  expect(server.asked).toHaveLength(1);
  await brokerage.ask({ kind: 'read_account' }, 'reconcile');
  expect(server.asked).toHaveLength(4);
});

const soon = (): string => String(Math.ceil(Date.now() / 1000) + 30);
const orders = Array.from({ length: 1_203 }, (_, place) => madeOrder({ id: `order-${place}`, client_order_id: `client-${place}` }));
const pageAfter = (mark: string | null): readonly object[] => {
  const from = mark === null ? 0 : orders.findIndex((order) => order['id'] === mark) + 1;
  return orders.slice(from, from + 500);
};

test('D12: a list is read to its last page', async () => {
  server.serve = ({ query }) => ({ status: 200, body: pageAfter(query.get('after_order_id')) });
  const answer = await ask({ kind: 'list_orders', after: instant(0) });
  expect(answer.kind === 'orders' ? answer.orders.map(({ id }) => id) : answer).toEqual(orders.map((order) => order['id']));
  expect(server.asked.map(({ query }) => [query.get('after'), query.get('after_order_id')])).toEqual([
    ['1970-01-01T00:00:00Z', null],
    [null, 'order-499'],
    [null, 'order-999'],
  ]);
});

test('D12: a page is followed when its legs have filled it, since they may count', async () => {
  const groups = Array.from({ length: 300 }, (_, place) => madeBracket({ id: `order-${place}`, client_order_id: `client-${place}` }));
  server.serve = ({ query }) => {
    const mark = query.get('after_order_id');
    const from = mark === null ? 0 : groups.findIndex((order) => order['id'] === mark) + 1;
    return { status: 200, body: groups.slice(from, from + 166) };
  };
  const answer = await ask({ kind: 'list_open_orders' });
  expect(answer.kind === 'orders' ? answer.orders.length : answer).toBe(300);
});

test('D12: a list of which the second page fails is no list', async () => {
  server.serve = ({ query }) => (query.has('after_order_id') ? { status: 500 } : { status: 200, body: pageAfter(null) });
  expect(await ask({ kind: 'list_open_orders' })).toMatchObject({ kind: 'ambiguous', why: 'server_error' });
});

test('D12: a server that gives the same page for ever gives no list', async () => {
  server.serve = () => ({ status: 200, body: pageAfter(null) });
  expect(await ask({ kind: 'list_open_orders' })).toMatchObject({ kind: 'ambiguous', why: 'unreadable' });
  expect(server.asked.length).toBe(2);
});

test('AC-24: executions are read by their page mark, each once', async () => {
  const rows = Array.from({ length: 150 }, (_, place) => madeExecution({ id: `2026::${place}` }));
  server.serve = ({ query }) => {
    const mark = query.get('page_token');
    const from = mark === null ? 0 : rows.findIndex(({ id }) => id === mark);
    // The row of the mark comes again, as a server might send it.
    return { status: 200, body: rows.slice(from, from + 100) };
  };
  const answer = await ask({ kind: 'list_executions', after: instant(0) });
  expect(answer.kind === 'executions' ? answer.executions.length : answer).toBe(150);
});

test('AC-04: an order is found by its client id, also one whose name has odd characters', async () => {
  const clientId = 'cat1-p-a b&c/ü' as typeof exitAsk.clientId;
  server.serve = ({ query }) => ({ status: 200, body: madeOrder({ client_order_id: query.get('client_order_id') }) });
  expect(await ask({ kind: 'find_order', clientId })).toMatchObject({ kind: 'order', order: { clientId } });
  expect(server.asked[0]?.path).toBe('/v2/orders:by_client_order_id');
  server.serve = () => ({ status: 404, body: { code: 40410000, message: 'order not found' } });
  expect(await ask({ kind: 'find_order', clientId })).toEqual({ kind: 'not_found' });
});

test('AC-02: a cancel is received with 204', async () => {
  server.serve = () => ({ status: 204 });
  expect(await ask(cancelAsk)).toEqual({ kind: 'done' });
  expect(server.asked[0]).toMatchObject({ method: 'DELETE', path: `/v2/orders/${ORDER}`, body: '' });
});

test('I1: an order id that would be another address reaches no wire', async () => {
  for (const id of ['', '.', '..', '../positions'])
    await expect(ask({ kind: 'cancel_order', order: id as BrokerOrderId })).rejects.toThrow('assertion');
  expect(server.asked).toEqual([]);
});

test('A18: fifty cancels leave at once, though reads have used up their share and wait', async () => {
  const held: (() => void)[] = [];
  server.serve = ({ method }) =>
    method === 'DELETE'
      ? { status: 204 }
      : new Promise<Served>((resolve) => held.push(() => resolve({ status: 200, body: madeAccount() })));
  const { brokerage, stop } = at(server.base, { bounds: { msMax: 20_000 } });
  const reads = Array.from({ length: 300 }, () => brokerage.ask({ kind: 'read_account' }, 'read'));
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, place) => brokerage.ask({ kind: 'cancel_order', order: `${place}` as BrokerOrderId }, 'cancel')),
  );
  expect(answers.every(({ kind }) => kind === 'done')).toBe(true);
  expect(server.count('DELETE')).toBe(50);
  expect(server.count('GET')).toBeLessThanOrEqual(16);
  stop.abort();
  for (const each of held) each();
  expect((await Promise.all(reads)).filter(({ kind }) => kind === 'not_sent').length).toBe(300 - server.count('GET'));
});

test('A18: what finds no budget was provably never sent', async () => {
  server.serve = () => ({ status: 200, body: madeAccount() });
  const { brokerage } = at(server.base, { requests: 20 });
  for (let place = 0; place < 15; place++) expect((await brokerage.ask({ kind: 'read_account' }, 'read')).kind).toBe('account');
  const before = server.bytes;
  const answer = await brokerage.ask(bracketAsk, 'entry');
  expect(answer).toMatchObject({ kind: 'not_sent', why: 'no_budget' });
  expect(answer.kind === 'not_sent' ? answer.waitMs : 0).toBeGreaterThan(10_000);
  expect(server.bytes).toBe(before);
  server.serve = () => ({ status: 204 });
  expect(await brokerage.ask(cancelAsk, 'cancel')).toEqual({ kind: 'done' });
});

test('I7: what nobody wants any more by the time that it would leave is provably never sent', async () => {
  server.serve = () => ({ status: 200, body: madeBracket({ status: 'pending_new' }) });
  const { brokerage } = at(server.base);
  let isWanted = true;
  const asked = brokerage.ask(bracketAsk, 'entry', () => isWanted);
  // It has been handed over, and a halt comes in the same turn.
  isWanted = false;
  expect(await asked).toEqual({ kind: 'not_sent', why: 'withdrawn', waitMs: 0 });
  expect(server.bytes).toBe(0);
  expect((await brokerage.ask(bracketAsk, 'entry', () => true)).kind).toBe('order');
});

test('a stop gives up what waits, and waits for what is under way', async () => {
  let answerIt: (served: Served) => void = () => {};
  server.serve = () =>
    new Promise<Served>((resolve) => {
      answerIt = resolve;
    });
  const { brokerage, stop } = at(server.base, { bounds: { msMax: 5_000 } });
  const underWay = brokerage.ask(bracketAsk, 'entry');
  while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  expect(await brokerage.ask(exitAsk, 'flatten')).toEqual({ kind: 'not_sent', why: 'stopped', waitMs: 0 });
  answerIt({ status: 200, body: madeBracket() });
  expect(await underWay).toMatchObject({ kind: 'order' });
});
