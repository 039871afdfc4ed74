import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { ended, holdsKey, idsIn, run, start, textOf, until } from './command.js';
import { stories } from './source-contract.js';
import { StreamServer } from './stream-server.js';
import { VendorServer } from './vendor-server.js';
import { alpaca, benzinga, edgar, KEY, newsapi } from './vendors.js';

const folder = mkdtempSync(join(tmpdir(), 'news-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let server: VendorServer;
let stream: StreamServer;
let out = '';
let number = 0;
beforeEach(async () => {
  server = await VendorServer.start();
  stream = await StreamServer.start();
  out = join(folder, `${number++}.csv`);
  server.answer = (asked) => {
    const { pathname } = asked.url;
    const maker = pathname.startsWith('/v1beta1')
      ? alpaca
      : pathname.startsWith('/api/v2')
        ? benzinga
        : pathname.startsWith('/v2')
          ? newsapi
          : edgar;
    // EDGAR is asked eight times a second, and once for each filing.
    return maker.telling(() => stories(maker === edgar ? 4 : 120))(asked);
  };
});
afterEach(async () => {
  await server.stop();
  await stream.stop();
});

const here = () => server.base.href;
const benzingaOn = () => ({ BENZINGA_API_KEY: KEY, BENZINGA_URL: here() });
const alpacaOn = () => ({
  APCA_API_KEY_ID: 'id',
  APCA_API_SECRET_KEY: KEY,
  ALPACA_DATA_URL: here(),
  ALPACA_NEWS_STREAM_URL: stream.url.href,
});
const allOn = () => ({
  ...benzingaOn(),
  ...alpacaOn(),
  NEWSAPI_KEY: KEY,
  NEWSAPI_URL: here(),
  SEC_USER_AGENT: 'Tester tester@example.com',
  CATALYST_SEC_CIKS: 'EXMP=320193',
  SEC_DATA_URL: here(),
  SEC_WWW_URL: here(),
});
const FROM = ['--from', '2026-11-24'];

test('K5: without keys every source says what to set, and the command ends with code 3', async () => {
  const { code, err } = await run(['fetch', '--out', out], {});
  expect(code).toBe(3);
  for (const name of ['APCA_API_KEY_ID and APCA_API_SECRET_KEY', 'BENZINGA_API_KEY', 'NEWSAPI_KEY', 'SEC_USER_AGENT'])
    expect(err).toContain(`set ${name}`);
  expect(existsSync(out)).toBe(false);
});

const settings: readonly [why: string, variables: Readonly<Record<string, string>>, says: RegExp][] = [
  ['half a pair of keys', { APCA_API_KEY_ID: 'id' }, /alpaca\s+off {2}set APCA_API_SECRET_KEY/],
  ['a key that could not stand in a header', { NEWSAPI_KEY: 'a\nb' }, /newsapi\s+off {2}NEWSAPI_KEY has characters/],
  [
    'an unencrypted address elsewhere',
    { BENZINGA_API_KEY: KEY, BENZINGA_URL: 'http://news.example' },
    /benzinga\s+off {2}BENZINGA_URL must begin with https/,
  ],
  ['an address with a password', { BENZINGA_API_KEY: KEY, BENZINGA_URL: 'https://u:pass@news.example' }, /must hold no name/],
  ['a name without an address of mail', { SEC_USER_AGENT: 'Tester' }, /edgar\s+off {2}SEC_USER_AGENT must be a name and an e-mail/],
  ['no companies', { SEC_USER_AGENT: 'T t@example.com' }, /edgar\s+off {2}set CATALYST_SEC_CIKS/],
  ['companies that are none', { SEC_USER_AGENT: 'T t@example.com', CATALYST_SEC_CIKS: 'Apple' }, /Apple is no number/],
  ['an encrypted address', { BENZINGA_API_KEY: KEY, BENZINGA_URL: 'https://proxy.example/bz' }, /benzinga\s+on {3}proxy\.example/],
];
for (const [why, variables, says] of settings) {
  test(`sources: ${why}`, async () => {
    const { code, out: told, err } = await run(['sources'], variables);
    expect(code).toBe(0);
    expect(told).toMatch(says);
    expect(holdsKey(told + err)).toBe(false);
  });
}

test('M5: all four sources into one file, a second time nothing, and no key anywhere', async () => {
  const first = await run(['fetch', '--out', out, ...FROM], allOn());
  expect(first.err).toBe('');
  expect(first.code).toBe(0);
  const ids = await idsIn(out);
  expect(ids).toHaveLength(364);
  expect(new Set(ids).size).toBe(364);
  const second = await run(['fetch', '--out', out], allOn());
  expect(second.code).toBe(0);
  expect(second.out.match(/ 0 new/g)).toHaveLength(4);
  expect(await idsIn(out)).toHaveLength(364);
  for (const text of [first.out, first.err, second.out, second.err, textOf(out), textOf(`${out}.state.json`)])
    expect(holdsKey(text)).toBe(false);
});

test('companies come from a file of the SEC, by symbol', async () => {
  const file = join(folder, 'company_tickers.json');
  writeFileSync(
    file,
    JSON.stringify({
      0: { cik_str: 320193, ticker: 'EXMP', title: 'Example' },
      1: { cik_str: 7, ticker: 'OTHR', title: 'Other' },
      2: null,
    }),
  );
  const { CATALYST_SEC_CIKS: _, ...rest } = allOn();
  const { code, out: told } = await run(['fetch', '--out', out, '--source', 'edgar', '--ciks', file, '--symbols', 'EXMP', ...FROM], rest);
  expect(code).toBe(0);
  expect(told).toContain('4 new');
  expect(server.asked.some(({ url }) => url.pathname.includes('0000000007'))).toBe(false);
});

test('K5: a wrong key is told without being shown, the other sources are still asked, and the code is 3', async () => {
  const { answer } = server;
  server.answer = (asked) => answer(asked);
  server.faults.push({ kind: 'status', status: 401, body: `bad token ${KEY} ${encodeURIComponent(KEY)}` });
  const { code, out: told, err } = await run(['fetch', '--out', out, '--source', 'benzinga,newsapi', ...FROM], allOn());
  expect(code).toBe(3);
  expect(told).toMatch(/benzinga .*refused with status 401; check the key/);
  expect(told).toMatch(/newsapi\s+120 new/);
  expect(err).toContain('benzinga');
  expect(holdsKey(told + err)).toBe(false);
});

test('an outage in the middle loses nothing: the next run brings the rest', async () => {
  const { answer } = server;
  server.answer = (asked) => {
    if (server.asked.length >= 2) server.always = { kind: 'status', status: 403 };
    return answer(asked);
  };
  expect((await run(['fetch', '--out', out, ...FROM], alpacaOn())).code).toBe(3);
  expect(await idsIn(out)).toHaveLength(100);
  server.answer = answer;
  server.always = null;
  expect((await run(['fetch', '--out', out], alpacaOn())).code).toBe(0);
  const ids = await idsIn(out);
  expect(new Set(ids).size).toBe(120);
  expect(ids).toHaveLength(120);
});

test('a window that begins after the cursor leaves the cursor where it is', async () => {
  await run(['fetch', '--out', out, '--from', '2026-11-20', '--to', '2026-11-21'], benzingaOn());
  const state = textOf(`${out}.state.json`);
  await run(['fetch', '--out', out, ...FROM], benzingaOn());
  expect(textOf(`${out}.state.json`)).toBe(state);
});

test('a window that ends before the cursor is not asked for, and one that begins tomorrow is refused', async () => {
  await run(['fetch', '--out', out, ...FROM], benzingaOn());
  const asked = server.asked.length;
  const { code, out: told } = await run(['fetch', '--out', out, '--to', '2018-01-01'], benzingaOn());
  expect(code).toBe(0);
  expect(told).toMatch(/not asked: goes on at 2026-\S+, which is after --to; say --from to go back/);
  expect((await run(['fetch', '--out', out, '--from', '2999-01-01'], benzingaOn())).err).toContain('lies in the future');
  expect(server.asked).toHaveLength(asked);
});

test('more symbols than fit into a question of NewsAPI are told, and nothing is asked', async () => {
  const symbols = [...Array(80).keys()].map((at) => `SYM${at}`).join();
  const { code, err } = await run(['fetch', '--out', out, '--source', 'newsapi', '--symbols', symbols, ...FROM], allOn());
  expect(code).toBe(3);
  expect(err).toContain('may have 500 characters');
  expect(server.asked).toEqual([]);
});

test('with --from a new file has everything, whatever was written into an old one', async () => {
  await run(['fetch', '--out', out, ...FROM], benzingaOn());
  rmSync(out);
  expect((await run(['fetch', '--out', out, ...FROM], benzingaOn())).out).toContain('120 new');
});

test('G4: a full disk ends it with what to do; what is written is whole, and the next run brings the rest', async () => {
  const { code, err } = await run(['fetch', '--out', out, ...FROM], benzingaOn(), 8);
  expect(code).toBe(3);
  expect(err).toMatch(/cannot write .*EFBIG.*run the same command again/);
  const some = await idsIn(out);
  expect(some.length).toBeLessThan(120);
  expect((await run(['fetch', '--out', out, ...FROM], benzingaOn())).code).toBe(0);
  expect(new Set(await idsIn(out)).size).toBe(120);
  expect(await idsIn(out)).toHaveLength(120);
});

test('two writers of one file are one too many', async () => {
  const child = start(['watch', '--out', out, ...FROM], benzingaOn());
  await until(() => existsSync(out));
  const { code, err } = await run(['fetch', '--out', out], benzingaOn());
  expect(code).toBe(3);
  expect(err).toMatch(/is being written by process \d+/);
  symlinkSync(out, `${out}.link`);
  expect((await run(['fetch', '--out', `${out}.link`], benzingaOn())).err).toMatch(/is being written by process \d+/);
  child.kill('SIGINT');
  expect((await ended(child)).code).toBe(0);
});

test('a file or a state of another kind is refused and left alone', async () => {
  writeFileSync(out, 'date,headline\n2018-01-02,Mine\n');
  expect(await run(['fetch', '--out', out], benzingaOn())).toMatchObject({
    code: 3,
    err: expect.stringContaining('is no file of this command'),
  });
  expect(textOf(out)).toBe('date,headline\n2018-01-02,Mine\n');
  rmSync(out);
  writeFileSync(`${out}.state.json`, '{"sources":{"benzinga":{}}}');
  expect(await run(['fetch', '--out', out], benzingaOn())).toMatchObject({
    code: 3,
    err: expect.stringContaining('does not say where to go on'),
  });
});

test('watch asks at once, takes what the stream tells, and ends on SIGTERM', async () => {
  server.answer = alpaca.telling(() => stories(3));
  const child = start(['watch', '--out', out, ...FROM], alpacaOn());
  const end = ended(child);
  await until(() => stream.received.length === 2 && existsSync(out) && textOf(out).includes('alpaca:3'));
  stream.send({ T: 'n', ...alpaca.raw({ id: 50, text: 'By the stream', at: '2026-11-24T15:00:00Z' }) });
  await until(() => textOf(out).includes('alpaca:50'));
  child.kill('SIGTERM');
  const { code, err } = await end;
  expect(code).toBe(0);
  expect(err).toContain('stream is up');
  expect(holdsKey(err)).toBe(false);
  expect([...(await idsIn(out))].sort()).toEqual(['alpaca:1', 'alpaca:2', 'alpaca:3', 'alpaca:50']);
  expect(existsSync(`${out}.lock`)).toBe(false);
});
