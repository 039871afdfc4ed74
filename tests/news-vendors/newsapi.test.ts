import { afterEach, beforeEach, expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import { idsOf, NOW, since, stories, walk } from './source-contract.js';
import { TestClock } from './test-clock.js';
import { VendorServer } from './vendor-server.js';
import { KEY, newsapi } from './vendors.js';

let server: VendorServer;
beforeEach(async () => {
  server = await VendorServer.start();
});
afterEach(() => server.stop());

const asked = () => walk(newsapi.source(server, new TestClock(NOW)), since('2026-11-24T12:00:00Z'));

test('the key goes in a header and in no address', async () => {
  server.answer = newsapi.telling(() => stories(2));
  await asked();
  expect(server.asked[0]?.headers['x-api-key']).toBe(KEY);
  expect(server.asked[0]?.url.href).not.toContain(encodeURIComponent(KEY));
});

test('the free plan shows a hundred results of a question: the rest is asked for by time, not by page', async () => {
  server.answer = newsapi.telling(() => stories(350));
  const found = await asked();
  expect(found.problem).toBeNull();
  expect(idsOf(found)).toHaveLength(350);
  expect(server.asked.every(({ url }) => url.searchParams.get('page') === '1')).toBe(true);
});

test('it asks by whole seconds, as documented, and leaves out what lies beyond the window', async () => {
  const all = stories(9).map((story, at) => ({ ...story, at: new Date(Date.parse('2026-11-24T14:00:00Z') + 250 * at).toISOString() }));
  server.answer = () => newsapi.tellingRaw(all.toReversed().map(newsapi.raw))({ url: server.base, headers: {} });
  const window = { since: instant(Date.parse('2026-11-24T14:00:00.500Z')), until: instant(Date.parse('2026-11-24T14:00:01.250Z')) };
  expect(idsOf(await walk(newsapi.source(server, new TestClock(NOW)), window))).toHaveLength(4);
  const { searchParams } = server.asked[0]?.url ?? server.base;
  expect([searchParams.get('from'), searchParams.get('to')]).toEqual(['2026-11-24T14:00:00Z', '2026-11-24T14:00:02Z']);
});

test('articles that came within one second of a full page are all there', async () => {
  const all = stories(150).map((story, at) => ({ ...story, at: new Date(Date.parse('2026-11-24T14:00:00Z') + 30 * at).toISOString() }));
  server.answer = newsapi.telling(() => all);
  expect(idsOf(await asked())).toHaveLength(150);
});

test('a server that does not heed "to" is read by page number, and the same page for ever ends the walk', async () => {
  const all = stories(550).toReversed().map(newsapi.raw);
  server.answer = ({ url }) => {
    const page = Number(url.searchParams.get('page'));
    return { status: 'ok', totalResults: 550, articles: all.slice(100 * page - 100, 100 * page) };
  };
  const found = await asked();
  expect(found.problem).toBeNull();
  expect(idsOf(found)).toHaveLength(550);
  server.asked.length = 0;
  server.answer = () => ({ status: 'ok', totalResults: 550, articles: all.slice(0, 100) });
  expect((await asked()).problem).toMatchObject({ kind: 'endless_pages' });
  expect(server.asked.length).toBeLessThan(10);
});

test('more than a page in one second meets the end of the plan, and says so', async () => {
  server.answer = newsapi.telling(() => stories(150).map((story) => ({ ...story, at: '2026-11-24T14:00:00Z' })));
  const found = await asked();
  expect(found.problem).toMatchObject({ kind: 'refused', said: expect.stringContaining('maximumResultsReached') });
  expect(idsOf(found)).toHaveLength(100);
});

for (const [code, kind] of [
  ['rateLimited', 'rate_limited'],
  ['apiKeyExhausted', 'rate_limited'],
  ['apiKeyInvalid', 'refused'],
  ['parameterInvalid', 'refused'],
] as const) {
  test(`status "error" with ${code} is ${kind}, whatever the status of HTTP`, async () => {
    server.answer = () => ({ status: 'error', code, message: 'no' });
    expect((await asked()).problem).toMatchObject({ kind, said: `${code}: no` });
  });
}
