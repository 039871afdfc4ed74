import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { fieldIn } from '#domain/values/json-field';
import { Serving } from '#main/sim-broker/serving';
import { noDelays } from '#simulation/broker/options';
import { type Running, runningBroker, until } from './running-broker.js';

let sim: Running;
afterEach(() => sim.close());

const order = (symbol: string, id: string) =>
  JSON.stringify({ symbol, qty: '1', side: 'buy', type: 'limit', limit_price: '18.00', time_in_force: 'day', client_order_id: id });

async function post(id: string): Promise<Response> {
  const [symbol = ''] = sim.tickers;
  await sim.quote(symbol, '20.00', '20.02');
  return sim.ask('/v2/orders', { method: 'POST', body: order(symbol, id), signal: AbortSignal.timeout(1_000) });
}

const found = async (id: string): Promise<number> => (await sim.ask(`/v2/orders:by_client_order_id?client_order_id=${id}`)).status;

test('A1: a response that is dropped after the order was taken leaves the order there', async () => {
  sim = await runningBroker({ faults: [{ name: 'lost', on: 'request', method: 'POST', effect: { kind: 'drop_after', how: 'reset' } }] });
  await expect(post('a1')).rejects.toThrow('fetch failed');
  expect(await found('a1')).toBe(200);
});

test('A2: a request that is dropped before it was read leaves nothing, and its client waits', async () => {
  sim = await runningBroker({ faults: [{ name: 'lost', on: 'request', method: 'POST', effect: { kind: 'drop_before', how: 'silence' } }] });
  await expect(post('a2')).rejects.toThrow('timeout');
  expect(await found('a2')).toBe(404);
});

test('A3: an answer is cut at the byte that the fault says', async () => {
  sim = await runningBroker({ faults: [{ name: 'cut', on: 'request', method: 'POST', effect: { kind: 'truncate', bytes: 10 } }] });
  const [symbol = ''] = sim.tickers;
  await sim.quote(symbol, '20.00', '20.02');
  const body = order(symbol, 'a3');
  const head = [
    'POST /v2/orders HTTP/1.1',
    'Host: 127.0.0.1',
    `Apca-Api-Key-Id: ${sim.keys.keyId}`,
    `Apca-Api-Secret-Key: ${sim.keys.secret}`,
    `Content-Length: ${body.length}`,
  ];
  const received = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(sim.port, '127.0.0.1', () => socket.write(`${head.join('\r\n')}\r\n\r\n${body}`));
    socket.on('data', (bytes) => {
      text += String(bytes);
    });
    socket.on('close', () => resolve(text));
  });
  const [headers = '', cut = ''] = received.split('\r\n\r\n');
  expect(cut).toHaveLength(10);
  expect(Number(/content-length: (\d+)/i.exec(headers)?.[1])).toBeGreaterThan(10);
  expect(await found('a3')).toBe(200);
});

test('A4: an HTML page with a status of its own, and JSON that is none, arrive as they are', async () => {
  sim = await runningBroker({
    faults: [
      { name: 'page', on: 'request', method: 'POST', effect: { kind: 'html', status: 502 } },
      { name: 'broken', on: 'request', method: 'POST', nth: 2, effect: { kind: 'corrupt_json' } },
    ],
  });
  const page = await post('a4');
  expect([page.status, await page.text()]).toEqual([502, expect.stringContaining('<html')]);
  await expect((await post('a4b')).json()).rejects.toThrow(SyntaxError);
});

test('an answer comes when its delay has passed in the simulated time, and not before', async () => {
  sim = await runningBroker({ delays: { ...noDelays, response: { fromMs: 5_000, toMs: 5_000 } } });
  let answered = 0;
  const asked = sim.ask('/v2/account').then((answer) => {
    answered = answer.status;
  });
  await sim.step(4_999);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(answered).toBe(0);
  await sim.step(1);
  await asked;
  expect(answered).toBe(200);
});

test('C5: a mute stream of orders stays open and answers no ping', async () => {
  sim = await runningBroker();
  const line = sim.dial('/stream');
  const told: string[] = [];
  let pongs = 0;
  line.on('message', (data) => told.push(String(data)));
  line.on('pong', () => pongs++);
  await new Promise((resolve) => line.once('open', resolve));
  line.send(JSON.stringify({ action: 'authenticate', data: { key_id: sim.keys.keyId, secret_key: sim.keys.secret } }));
  line.send(JSON.stringify({ action: 'listen', data: { streams: ['trade_updates'] } }));
  await until(() => told.length === 2);
  line.ping();
  await until(() => pongs === 1);
  await sim.admin('POST', '/faults', { name: 'quiet', on: 'event', effect: { kind: 'mute', ms: 600_000, pings: false } });
  await post('c5');
  line.ping();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([told.length, pongs, line.readyState]).toEqual([2, 1, line.OPEN]);
  line.terminate();
});

test('C6: the handshake of the order stream is refused, and then taken', async () => {
  sim = await runningBroker({ faults: [{ name: 'busy', on: 'handshake', times: 2, status: 429 }] });
  const statuses: unknown[] = [];
  for (let time = 0; time < 3; time++) {
    const line = sim.dial('/stream');
    statuses.push(
      await new Promise((resolve) => {
        line.on('unexpected-response', (_request, response) => resolve(response.statusCode));
        line.on('error', () => {});
        line.on('open', () => resolve(101));
      }),
    );
    line.terminate();
  }
  expect(statuses).toEqual([429, 429, 101]);
});

test('a path that is no stream is not found', async () => {
  sim = await runningBroker();
  const line = sim.dial('/v2/nothing');
  const status = await new Promise((resolve) => {
    line.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    line.on('error', () => {});
  });
  expect(status).toBe(404);
});

test('keys may be said in the handshake of a stream of data', async () => {
  sim = await runningBroker();
  const headers = { 'APCA-API-KEY-ID': sim.keys.keyId, 'APCA-API-SECRET-KEY': sim.keys.secret };
  const line = sim.dial('/v2/iex', { headers });
  const told: unknown[] = [];
  line.on('message', (data, binary) => told.push([binary, JSON.parse(String(data))]));
  await until(() => told.length === 2);
  expect(told).toEqual([
    [false, [{ T: 'success', msg: 'connected' }]],
    [false, [{ T: 'success', msg: 'authenticated' }]],
  ]);
  line.terminate();
});

test('time passes by itself, so many times as fast as ours', async () => {
  sim = await runningBroker({ speed: 600 });
  const clock = async () => Date.parse(String(fieldIn(await (await sim.ask('/v2/clock')).json(), 'timestamp')));
  const [before, began] = [await clock(), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, 200));
  const passed = ((await clock()) - before) / (performance.now() - began);
  expect(passed).toBeGreaterThan(400);
  expect(passed).toBeLessThan(900);
});

test('it is served on this machine alone', async () => {
  sim = await runningBroker();
  for (const host of ['0.0.0.0', '192.168.0.1', '::', 'localhost.example', 'localhost'])
    await expect(Serving.start({ ...sim.parts, host, port: 0 })).rejects.toThrow('on this machine alone');
});
