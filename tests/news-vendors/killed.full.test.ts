import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { ended, holdsKey, idsIn, run, start, textOf, until } from './command.js';
import { stories } from './source-contract.js';
import { StreamServer } from './stream-server.js';
import { VendorServer } from './vendor-server.js';
import { alpaca, benzinga, KEY, type Story } from './vendors.js';

const folder = mkdtempSync(join(tmpdir(), 'news-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let server: VendorServer;
let stream: StreamServer;
let out = '';
let number = 0;
beforeEach(async () => {
  server = await VendorServer.start();
  stream = await StreamServer.start();
  out = join(folder, `${number++}.csv`);
});
afterEach(async () => {
  await server.stop();
  await stream.stop();
});

const FROM = ['--from', '2026-11-24'];
const benzingaOn = () => ({ BENZINGA_API_KEY: KEY, BENZINGA_URL: server.base.href });
const alpacaOn = () => ({
  APCA_API_KEY_ID: 'id',
  APCA_API_SECRET_KEY: KEY,
  ALPACA_DATA_URL: server.base.href,
  ALPACA_NEWS_STREAM_URL: stream.url.href,
});

test('watch fills by REST what the stream has missed', async () => {
  const told: Story[] = [...stories(3)];
  server.answer = alpaca.telling(() => told);
  const child = start(['watch', '--out', out, ...FROM], alpacaOn());
  const end = ended(child);
  let said = '';
  child.stderr?.on('data', (data) => {
    said += String(data);
  });
  await until(() => stream.received.length === 2 && existsSync(out) && textOf(out).includes('alpaca:3'));
  stream.send({ T: 'n', ...alpaca.raw({ id: 50, text: 'By the stream', at: '2026-11-24T15:00:00Z' }) });
  await until(() => textOf(out).includes('alpaca:50'));
  // The line breaks, and while it is down a story comes that only REST still has. It comes once the break is noticed: the reading
  // that follows the first connection may still be under way, and would bring it without any gap.
  stream.drop(1012);
  await until(() => said.includes('stream lost'));
  told.push({ id: 50, text: 'By the stream', at: '2026-11-24T15:00:00Z' }, { id: 51, text: 'In the gap', at: '2026-11-24T15:01:00Z' });
  await until(() => textOf(out).includes('alpaca:51'));
  child.kill('SIGINT');
  const { code, err } = await end;
  expect(code).toBe(0);
  expect(err).toContain('stream lost (closed, 1012)');
  expect(holdsKey(err)).toBe(false);
  expect([...(await idsIn(out))].sort()).toEqual(['alpaca:1', 'alpaca:2', 'alpaca:3', 'alpaca:50', 'alpaca:51']);
  expect(existsSync(`${out}.lock`)).toBe(false);
});

test('killed at any moment, again and again, it ends with every story once', async () => {
  const told: Story[] = [];
  server.answer = benzinga.telling(() => told);
  const all = stories(300);
  for (let round = 0; round < 10; round++) {
    told.push(...all.slice(round * 30, round * 30 + 30));
    const asked = server.asked.length;
    const child = start(['fetch', '--out', out, ...(round === 0 ? FROM : [])], benzingaOn());
    const end = ended(child);
    await until(() => server.asked.length > asked);
    // From right behind the answer to well behind the end.
    await new Promise((resolve) => setTimeout(resolve, round * 4));
    child.kill('SIGKILL');
    await end;
  }
  expect((await run(['fetch', '--out', out, ...FROM], benzingaOn())).code).toBe(0);
  const ids = await idsIn(out);
  expect(ids).toHaveLength(300);
  expect(new Set(ids).size).toBe(300);
});
