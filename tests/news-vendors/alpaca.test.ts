import { afterEach, beforeEach, expect, test } from 'vitest';
import { NOW, since, stories, walk } from './source-contract.js';
import { TestClock } from './test-clock.js';
import { VendorServer } from './vendor-server.js';
import { alpaca, KEY } from './vendors.js';

let server: VendorServer;
beforeEach(async () => {
  server = await VendorServer.start();
});
afterEach(() => server.stop());

const asked = () => walk(alpaca.source(server, new TestClock(NOW)), since('2026-11-24T12:00:00Z'));

test('the keys go in headers, and the question is the one that Alpaca documents', async () => {
  server.answer = alpaca.telling(() => []);
  await asked();
  const [first] = server.asked;
  expect(first?.headers).toMatchObject({ 'apca-api-key-id': 'id', 'apca-api-secret-key': KEY });
  expect(first?.url.pathname).toBe('/v1beta1/news');
  expect(Object.fromEntries(first?.url.searchParams ?? [])).toEqual({
    start: '2026-11-24T12:00:00Z',
    limit: '50',
    sort: 'asc',
    include_content: 'false',
  });
});

test('nothing is nested so deep that it ends the program', async () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  server.answer = () => `{"news":[${deep},{"id":1,"headline":"Here","updated_at":"2026-11-24T14:00:00Z"},{"id":${deep}}]}`;
  expect(await asked()).toMatchObject({ headlines: [{ text: 'Here' }], reasons: ['no_id', 'no_id'], problem: null });
  server.answer = () => deep;
  expect((await asked()).problem).toMatchObject({ kind: 'unreadable_page' });
});

test('a page token that leads back to itself ends the walk', async () => {
  server.answer = () => ({ news: stories(2).map(alpaca.raw), next_page_token: 'again' });
  const { problem, headlines } = await asked();
  expect(problem).toEqual({ kind: 'endless_pages', pages: 2 });
  expect(headlines).toHaveLength(4);
});

test('ever new tokens for ever the same stories end the walk', async () => {
  let page = 0;
  server.answer = () => ({ news: stories(2).map(alpaca.raw), next_page_token: String(page++) });
  expect((await asked()).problem).toEqual({ kind: 'endless_pages', pages: 4 });
});

test('pages in order say how far they cover; one step back, and none does', async () => {
  const cover = async (order: readonly number[]): Promise<readonly (number | null)[]> => {
    server.answer = (request) => {
      const at = Number(request.url.searchParams.get('page_token') ?? 0);
      const story = stories(9)[order[at] ?? 0];
      return { news: story === undefined ? [] : [alpaca.raw(story)], next_page_token: at + 1 < order.length ? String(at + 1) : null };
    };
    const covered: (number | null)[] = [];
    for await (const page of alpaca.source(server, new TestClock(NOW)).pages(since('2026-11-24T12:00:00Z')))
      if (page.ok) covered.push(page.value.coveredTo);
    return covered;
  };
  const at = (minute: number): number => Date.parse('2026-11-24T14:00:00Z') + minute * 60_000;
  expect(await cover([0, 3, 5])).toEqual([at(0), at(3), at(5)]);
  expect(await cover([0, 3, 1, 5])).toEqual([at(0), at(3), null, null]);
});

test('an update is the same story in another revision; a mere touch is not', async () => {
  const [story] = stories(1);
  if (story === undefined) throw new Error('a story');
  const tellings = [story, { ...story, at: '2026-11-24T15:00:00Z' }, { ...story, text: 'Story 1, corrected', at: '2026-11-24T16:00:00Z' }];
  server.answer = alpaca.tellingRaw(tellings.map(alpaca.raw));
  const { headlines } = await asked();
  expect(new Set(headlines.map(({ id }) => id)).size).toBe(1);
  expect(new Set(headlines.map(({ revision }) => revision)).size).toBe(2);
});

test('an address that leads into a program is none', async () => {
  const [story] = stories(1).map(alpaca.raw);
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', `https://e.example/${'x'.repeat(2000)}`]) {
    server.answer = alpaca.tellingRaw([{ ...story, url }]);
    expect((await asked()).headlines).toMatchObject([{ url: '' }]);
  }
});

test('entities of HTML are characters, once', async () => {
  server.answer = alpaca.tellingRaw(
    stories(1).map((story) => alpaca.raw({ ...story, text: 'AT&amp;T&#39;s &#x201c;offer&rdquo; &amp;lt; &unknown;' })),
  );
  expect((await asked()).headlines[0]?.text).toBe("AT&T's “offer” &lt; &unknown;".replace('offer" ', 'offer” '));
});
