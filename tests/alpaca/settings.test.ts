import { chmodSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { alpacaSettings, liveWords } from '#main/broker/alpaca-settings';

const KEY_ID = 'PKCANARY0KEY0ID00';
const SECRET = 'canary/secret+of/these-tests=';
const keys = { APCA_API_KEY_ID: KEY_ID, APCA_API_SECRET_KEY: SECRET };
const liveKeys = { ...keys, APCA_API_KEY_ID: 'AKCANARY0KEY0ID00' };
const live = { CATALYST_ALPACA_ENVIRONMENT: 'live', CATALYST_ALLOW_LIVE: 'yes-real-money' };

test('K5: keys alone are paper', () => {
  const read = alpacaSettings(keys, null);
  if (!read.ok) throw new Error(read.problem.said);
  expect(read.value).toMatchObject({ environment: 'paper', feed: 'iex', keys: { keyId: KEY_ID, secret: SECRET } });
  expect([
    read.value.trading.href,
    read.value.orderStream.href,
    read.value.data.href,
    read.value.dataStream.href,
    read.value.newsStream.href,
  ]).toEqual([
    'https://paper-api.alpaca.markets/',
    'wss://paper-api.alpaca.markets/stream',
    'https://data.alpaca.markets/',
    'wss://stream.data.alpaca.markets/v2/iex',
    'wss://stream.data.alpaca.markets/v1beta1/news',
  ]);
});

test('K5: real money needs the environment, the variable and the typed words', () => {
  const read = alpacaSettings({ ...liveKeys, ...live }, liveWords);
  expect(read).toMatchObject({ ok: true, value: { environment: 'live' } });
  expect(read.ok ? read.value.trading.href : '').toBe('https://api.alpaca.markets/');
});

test("a broker on this machine is nobody's", () => {
  const read = alpacaSettings({ ...keys, CATALYST_ALPACA_ENVIRONMENT: 'simulated', APCA_API_BASE_URL: 'http://127.0.0.1:8080' }, null);
  expect(read.ok ? [read.value.environment, read.value.orderStream.href] : read).toEqual(['simulated', 'ws://127.0.0.1:8080/stream']);
  expect(alpacaSettings({ ...keys, APCA_API_BASE_URL: 'http://localhost:8080/v2' }, null)).toMatchObject({
    ok: true,
    value: { environment: 'paper' },
  });
});

const refused: readonly (readonly [why: string, variables: Record<string, string>, typed: string | null, says: string])[] = [
  ['K5: no keys', {}, null, 'set APCA_API_KEY_ID and APCA_API_SECRET_KEY in the environment'],
  ['K5: no secret', { APCA_API_KEY_ID: KEY_ID }, null, 'set APCA_API_SECRET_KEY'],
  ['K5: a key with a line break', { ...keys, APCA_API_SECRET_KEY: `${SECRET}\nx` }, null, 'characters that no key has'],
  ['K5: a short key', { ...keys, APCA_API_SECRET_KEY: 'abc' }, null, 'too short'],
  ['K5: an environment that nobody knows', { ...keys, CATALYST_ALPACA_ENVIRONMENT: 'Live' }, null, 'must be paper, live or simulated'],
  ['K5: live without the variable', { ...liveKeys, CATALYST_ALPACA_ENVIRONMENT: 'live' }, liveWords, 'CATALYST_ALLOW_LIVE=yes-real-money'],
  ['K5: live with another word', { ...liveKeys, ...live, CATALYST_ALLOW_LIVE: 'yes' }, liveWords, 'CATALYST_ALLOW_LIVE=yes-real-money'],
  ['K5: live that nobody typed', { ...liveKeys, ...live }, null, 'typed by a person'],
  ['K5: live with other words', { ...liveKeys, ...live }, 'yes', 'typed by a person'],
  [
    'A15: live at the paper host',
    { ...liveKeys, ...live, APCA_API_BASE_URL: 'https://paper-api.alpaca.markets' },
    liveWords,
    'not the live host',
  ],
  ['A15: paper at the live host', { ...keys, APCA_API_BASE_URL: 'https://api.alpaca.markets' }, null, 'not the paper host'],
  ['A15: live on this machine', { ...liveKeys, ...live, APCA_API_BASE_URL: 'http://127.0.0.1:1' }, liveWords, 'not the live host'],
  ['A15: another host', { ...keys, APCA_API_BASE_URL: 'https://paper-api.alpaca.markets.example' }, null, 'not the paper host'],
  ['A15: another port', { ...keys, APCA_API_BASE_URL: 'https://paper-api.alpaca.markets:8443' }, null, 'not the paper host'],
  ['A15: simulated elsewhere', { ...keys, CATALYST_ALPACA_ENVIRONMENT: 'simulated' }, null, 'on this machine'],
  ['A15: a paper key for live', { ...keys, ...live }, liveWords, 'the key id is of the paper environment'],
  ['A15: a live key for paper', liveKeys, null, 'the key id is of the live environment'],
  ['plain http', { ...keys, APCA_API_BASE_URL: 'http://paper-api.alpaca.markets' }, null, 'must begin with https://'],
  ['plain data', { ...keys, ALPACA_DATA_URL: 'http://data.alpaca.markets' }, null, 'must begin with https://'],
  ['a plain stream', { ...keys, ALPACA_DATA_STREAM_URL: 'ws://stream.data.alpaca.markets/v2/iex' }, null, 'must begin with wss://'],
  [
    'a plain stream of headlines',
    { ...keys, ALPACA_NEWS_STREAM_URL: 'ws://stream.data.alpaca.markets/v1beta1/news' },
    null,
    'ALPACA_NEWS_STREAM_URL must begin with wss://',
  ],
  ['a query', { ...keys, ALPACA_DATA_URL: `https://data.alpaca.markets/?key=${SECRET}` }, null, 'no query'],
  ['K5: a key with a blank', { ...keys, APCA_API_SECRET_KEY: `${SECRET} x` }, null, 'a blank in it'],
  ['no address', { ...keys, APCA_API_BASE_URL: SECRET }, null, 'is no address such as'],
  ['a key in an address', { ...keys, APCA_API_BASE_URL: `https://x:${KEY_ID}@paper-api.alpaca.markets` }, null, 'must hold no name'],
  ['a path', { ...keys, APCA_API_BASE_URL: 'https://paper-api.alpaca.markets/v2/orders' }, null, 'a host without a path'],
  ['a feed that nobody knows', { ...keys, CATALYST_ALPACA_FEED: 'otc' }, null, 'iex or sip'],
];
for (const [why, variables, typed, says] of refused)
  test(`${why} is refused in one line that says what to do`, () => {
    const read = alpacaSettings(variables, typed);
    expect(read.ok).toBe(false);
    const said = read.ok ? '' : read.problem.said;
    expect(said).toContain(says);
    expect(said).not.toMatch(/\n|CANARY|canary/);
  });

const folder = mkdtempSync(join(tmpdir(), 'catalyst-keys-'));
function keyFile(name: string, text: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}
const both = `# paper\nAPCA_API_KEY_ID=${KEY_ID}\r\nAPCA_API_SECRET_KEY=${SECRET}\n`;
const fromFile = (path: string, more: object = {}) => alpacaSettings({ CATALYST_ALPACA_KEY_FILE: path, ...more }, null);

test('the keys may stand in a file of our own', () => {
  expect(fromFile(keyFile('good', both))).toMatchObject({ ok: true, value: { keys: { keyId: KEY_ID, secret: SECRET } } });
});

const files: readonly (readonly [why: string, path: string, more: object, says: string])[] = [
  ['a file that others may read', keyFile('open', both, 0o640), {}, 'chmod 600'],
  ['a file that others may write', keyFile('written', both, 0o602), {}, 'chmod 600'],
  ['a file that is not there', join(folder, 'nowhere'), {}, 'ENOENT'],
  ['a folder', folder, {}, 'must name a file'],
  ['a large file', keyFile('large', `${both}${'#'.repeat(5000)}`), {}, 'larger than'],
  ['half a file', keyFile('half', `APCA_API_KEY_ID=${KEY_ID}`), {}, 'set APCA_API_SECRET_KEY in the file'],
  ['a file beside a variable', keyFile('beside', both), { APCA_API_KEY_ID: KEY_ID }, 'the keys come from one place'],
];
for (const [why, path, more, says] of files)
  test(`K5: ${why} is refused`, () => {
    const read = fromFile(path, more);
    expect(read.ok ? '' : read.problem.said).toContain(says);
    expect(JSON.stringify(read)).not.toMatch(/CANARY|canary/);
  });

test('K5: a link to a file of keys is not followed', () => {
  const link = join(folder, 'link');
  symlinkSync(keyFile('linked', both), link);
  expect(fromFile(link)).toMatchObject({ ok: false });
});
