import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseRfc2822 } from '#adapters/benzinga/news-item';
import { idsOf, NOW, since, stories, walk } from './source-contract.js';
import { TestClock } from './test-clock.js';
import { VendorServer } from './vendor-server.js';
import { benzinga, KEY, type Story } from './vendors.js';

let server: VendorServer;
beforeEach(async () => {
  server = await VendorServer.start();
});
afterEach(() => server.stop());

const asked = () => walk(benzinga.source(server, new TestClock(NOW)), since('2026-11-24T12:00:00Z'));

test('it asks for JSON, headlines only, oldest update first', async () => {
  server.answer = () => [];
  await asked();
  expect(server.asked[0]?.headers.accept).toBe('application/json');
  expect(Object.fromEntries(server.asked[0]?.url.searchParams ?? [])).toEqual({
    token: KEY,
    displayOutput: 'headline',
    sort: 'updated:asc',
    pageSize: '100',
    page: '0',
    updatedSince: String(Date.parse('2026-11-24T12:00:00Z') / 1000),
  });
});

test('a story that is updated between two pages pushes none of the others out of sight', async () => {
  const told: Story[] = [...stories(250)];
  const answer = benzinga.telling(() => told);
  server.answer = (request) => {
    const page = answer(request);
    const [first, ...rest] = told;
    // After the first page its first story is edited: it goes to the end, and every other moves up by one.
    if (server.asked.length === 1 && first !== undefined)
      told.splice(0, told.length, ...rest, { ...first, text: 'Edited', at: '2026-11-24T19:00:00Z' });
    return page;
  };
  expect(idsOf(await asked())).toHaveLength(250);
});

test('more stories in one second than a page holds are read by page number', async () => {
  server.answer = benzinga.telling(() => stories(230).map((story) => ({ ...story, at: '2026-11-24T14:00:00Z' })));
  const found = await asked();
  expect(found.problem).toBeNull();
  expect(idsOf(found)).toHaveLength(230);
});

test('a server that does not heed updatedSince, or the order, is read by page number', async () => {
  for (const order of [1, -1]) {
    const all = [...stories(230)].sort((a, b) => order * (Date.parse(a.at) - Date.parse(b.at))).map(benzinga.raw);
    server.answer = ({ url }) => all.slice(Number(url.searchParams.get('page')) * 100, (Number(url.searchParams.get('page')) + 1) * 100);
    const found = await asked();
    expect(found.problem).toBeNull();
    expect(idsOf(found)).toHaveLength(230);
  }
});

test('a server that heeds updatedSince but tells the newest first is read by page number', async () => {
  server.answer = ({ url }) => {
    const from = Number(url.searchParams.get('page')) * 100;
    const wanted = stories(230).filter(({ at }) => Date.parse(at) / 1000 >= Number(url.searchParams.get('updatedSince')));
    return wanted
      .reverse()
      .slice(from, from + 100)
      .map(benzinga.raw);
  };
  expect(idsOf(await asked())).toHaveLength(230);
});

test('a page of nothing but unreadable stories does not end the walk', async () => {
  const all = stories(130).map((story, at) => (at < 100 ? { ...benzinga.raw(story), title: '' } : benzinga.raw(story)));
  server.answer = ({ url }) => all.slice(Number(url.searchParams.get('page')) * 100, (Number(url.searchParams.get('page')) + 1) * 100);
  const found = await asked();
  expect(found.problem).toBeNull();
  expect(idsOf(found)).toHaveLength(30);
});

test('the same page for ever ends the walk', async () => {
  const page = stories(100).map((story) => benzinga.raw({ ...story, at: '2026-11-24T14:00:00Z' }));
  server.answer = () => page;
  expect((await asked()).problem).toEqual({ kind: 'endless_pages', pages: 4 });
});

test('a story from tomorrow hides nothing of today', async () => {
  server.answer = benzinga.telling(() => [...stories(150), { id: 999, text: 'From the future', at: '2031-01-01T00:00:00Z' }]);
  expect(idsOf(await asked())).toHaveLength(151);
});

test('a refusal that comes with status 200 is a refusal', async () => {
  server.answer = () => ({ ok: false, errors: [{ code: 'auth_failed', id: 'token', value: 'invalid token' }] });
  expect((await asked()).problem).toMatchObject({ kind: 'refused', status: 200, said: expect.stringContaining('auth_failed') });
});

test('XML in the place of JSON is told, with its beginning', async () => {
  server.answer = () => '<?xml version="1.0"?><result><item/></result>';
  expect((await asked()).problem).toMatchObject({ kind: 'unreachable', last: 'not_json', said: expect.stringContaining('<?xml') });
});

for (const [text, iso] of [
  ['Tue, 24 Nov 2026 09:30:00 -0500', '2026-11-24T14:30:00Z'],
  ['24 Nov 2026 09:30:00 GMT', '2026-11-24T09:30:00Z'],
  ['Tue, 24 Nov 2026 09:30:00', null],
  ['24 Jun 2026 09:30 EDT', '2026-06-24T13:30:00Z'],
  ['1 Nov 2026 09:30:00 CET', null],
  ['Mon, 30 Feb 2026 09:30:00 -0500', null],
  ['24 Nov 2026 24:00:00 GMT', null],
  ['24 Nov 2026 09:30:00 +9999', null],
  ['24 Foo 2026 09:30:00 GMT', null],
  ['31 Dec 9999 23:59:59 -0500', null],
  ['2026-11-24', null],
  ['Tue, 44 Nov 2026 09:30:00 -0500', null],
] as const) {
  test(`${text} is ${iso ?? 'no time'}`, () => expect(parseRfc2822(text)).toBe(iso === null ? null : Date.parse(iso)));
}
