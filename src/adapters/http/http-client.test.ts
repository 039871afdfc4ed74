import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createPlainServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { HttpClient, patience } from '#adapters/http/http-client';
import { instant } from '#domain/values/instant';

const KEY = 'key-of-these-tests';
const NOW = 1_700_000_000_000;
const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

async function serving(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<URL> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closings.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

/** Bytes as they are, whatever HTTP has to say of them. */
async function saying(bytes: string): Promise<URL> {
  const sockets = new Set<Socket>();
  const server = createPlainServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => socket.end(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closings.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

const slept: number[] = [];
const client = (given: Partial<typeof patience> = {}): HttpClient => {
  slept.length = 0;
  return new HttpClient({
    rate: { requests: 1000, perMs: 1, burst: 1000 },
    clock: { now: () => instant(NOW), sleep: async (ms) => void slept.push(ms) },
    random: () => 0,
    secrets: [KEY],
    stop: new AbortController().signal,
    patience: { ...patience, triesMax: 2, headersMsMax: 2000, bodyMsMax: 1000, ...given },
  });
};
const json = (url: URL, given?: Partial<typeof patience>) => client(given).json({ url, headers: { 'x-key': KEY } });

test('a redirect is not followed: the key goes nowhere else', async () => {
  const keys: unknown[] = [];
  const thief = await serving(({ headers }, response) => {
    keys.push(headers['x-key']);
    response.end('{}');
  });
  for (const status of [301, 302, 303, 307, 308]) {
    const url = await serving((_, response) => void response.writeHead(status, { location: thief.href }).end());
    expect(await json(url)).toMatchObject({ ok: false, problem: { kind: 'refused', status } });
  }
  expect(keys).toEqual([]);
});

test('a body that drips for ever ends by its own limit, which begins with it', async () => {
  let rest = 0;
  const drip = (_: unknown, response: ServerResponse): void => {
    let left = rest;
    response.writeHead(200);
    const timer = setInterval(() => {
      if (left-- === 0) response.end('7');
      else response.write(' ');
    }, 10);
    response.on('close', () => clearInterval(timer));
  };
  const url = await serving(drip);
  rest = 30;
  expect(await json(url, { headersMsMax: 150, bodyMsMax: 5000 })).toEqual({ ok: true, value: 7 });
  rest = Number.POSITIVE_INFINITY;
  expect(await json(url, { bodyMsMax: 100 })).toMatchObject({ problem: { kind: 'unreachable', tries: 2, last: 'timeout' } });
});

test('a packed body is counted as it unpacks', async () => {
  const packed = gzipSync(Buffer.alloc(20_000_000, ' '));
  const url = await serving((_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed));
  expect(await json(url)).toMatchObject({ problem: { kind: 'too_large' } });
});

const oddities: readonly (readonly [why: string, bytes: string, result: object])[] = [
  ['HTTP/1.0 without a length is read to its end', 'HTTP/1.0 200 OK\r\n\r\n[1]', { ok: true, value: [1] }],
  ['a mark of byte order is no part of the text', 'HTTP/1.0 200 OK\r\n\r\n\ufeff[1]', { ok: true, value: [1] }],
  ['of two fields of one name the last counts', 'HTTP/1.0 200 OK\r\n\r\n{"a":1,"a":2}', { ok: true, value: { a: 2 } }],
  ['a body that ends early is no answer', 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n[1]', { problem: { last: 'cut_body' } }],
  ['a body behind its length is cut', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[1]', { problem: { last: 'not_json' } }],
  [
    'what is no gzip is no answer',
    'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\n[1]',
    { problem: { last: 'cut_body' } },
  ],
  ['what is no gzip and has no length ends by its time', 'HTTP/1.0 200 OK\r\ncontent-encoding: gzip\r\n\r\n[1]', { ok: false }],
  ['what is no HTTP is no connection', '\0\0SSH-2.0\r\n\r\n', { problem: { last: 'no_connection' } }],
  [
    'headers without end are no connection',
    `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n1`,
    { problem: { last: 'no_connection' } },
  ],
];
for (const [why, bytes, result] of oddities) test(why, async () => expect(await json(await saying(bytes))).toMatchObject(result));

const wishes: readonly (readonly [headers: Record<string, string>, result: object, waits: number])[] = [
  [{ 'retry-after': '99999999' }, { kind: 'rate_limited', waitMs: 99_999_999_000 }, 0],
  [{ 'retry-after': '9'.repeat(30) }, { kind: 'unreachable', last: 'too_many_requests' }, 250],
  [{ 'retry-after': '-5' }, { kind: 'unreachable' }, 250],
  [{ 'retry-after': 'soon' }, { kind: 'unreachable' }, 250],
  [{ 'retry-after': new Date(NOW - 60_000).toUTCString() }, { kind: 'unreachable' }, 250],
  [{ 'x-ratelimit-reset': String(NOW / 1000 + 7) }, { kind: 'unreachable' }, 7000],
  [{ 'x-ratelimit-reset': String(NOW / 1000 - 7) }, { kind: 'unreachable' }, 250],
];
for (const [headers, result, waits] of wishes)
  test(`429 for ever with ${JSON.stringify(headers).slice(0, 50)} ends, and waits ${waits} ms between`, async () => {
    expect(await json(await serving((_, response) => void response.writeHead(429, headers).end()))).toMatchObject({ problem: result });
    expect(slept).toEqual(waits === 0 ? [] : [waits]);
  });
