import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { EventOf } from '#domain/events/event';
import { usCalendar } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import { formatInstant, instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { HeadlineShelf } from '#main/day/headline-shelf';
import { type NewsFeed, openNews } from '#main/day/news-feed';
import { SymbolTable } from '#main/day/symbol-table';

const folder = mkdtempSync(join(tmpdir(), 'news-feed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = 'timestamp_utc,symbol,headline,source,url,vendor_id,revision,updated_utc,received_utc,arrival';
const [day, nextDay] = ['2018-03-12' as SessionDate, '2018-03-13' as SessionDate];

function session(date: SessionDate): Session {
  const found = usCalendar.session(date);
  if (!found.ok) throw new Error(date);
  return found.value;
}

function write(name: string, rows: readonly string[], header = HEADER): string {
  const file = join(folder, name);
  writeFileSync(file, `${[header, ...rows].join('\n')}\n`);
  return file;
}

type Opening = { readonly history?: readonly SessionDate[]; readonly traded?: readonly SessionDate[]; readonly heldMax?: number };

async function open(files: readonly string[], { history = [], traded = [day], heldMax }: Opening = {}): Promise<NewsFeed> {
  const sessions = [
    ...history.map((date) => ({ session: session(date), history: true })),
    ...traded.map((date) => ({ session: session(date), history: false })),
  ];
  const opened = await openNews({ files, names: [], sessions }, new HeadlineShelf(heldMax));
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
  return opened.value;
}

function heard(feed: NewsFeed, date: SessionDate): readonly EventOf<'headline_published'>[] {
  const told = feed.headlinesOf(date, new SymbolTable());
  if (!told.ok) throw new Error(told.problem.code);
  return told.value;
}

/** When each headline of the session was known, its id and its text. */
const brief = (feed: NewsFeed, date: SessionDate) =>
  heard(feed, date).map(({ knownAt, id, text }) => [new Date(knownAt).toISOString(), id, text]);

test('L7: live news are known from their arrival, fetched ones from their last update', async () => {
  const file = write('arrivals.csv', [
    '2018-03-12T14:00:00Z,,Live,wire,,wire:1,a,2018-03-12T14:00:00Z,2018-03-12T14:00:09.500Z,live',
    '2018-03-12T14:00:00Z,,Old,wire,,wire:2,a,2018-03-12T14:20:00Z,2018-12-24T00:00:00Z,history',
  ]);
  expect(brief(await open([file]), day)).toEqual([
    ['2018-03-12T14:00:09.500Z', 'wire:1', 'Live'],
    ['2018-03-12T14:20:00.000Z', 'wire:2', 'Old'],
  ]);
});

test('L7: an update does not make a story news again: the first that was seen counts', async () => {
  const file = write('updates.csv', [
    '2018-03-12T14:00:00Z,,Second telling,wire,,wire:1,b,2018-03-12T15:00:00Z,2018-03-12T15:00:01Z,live',
    '2018-03-12T14:00:00Z,,First telling,wire,,wire:1,a,2018-03-12T14:00:00Z,2018-03-12T14:00:01Z,live',
  ]);
  const feed = await open([file]);
  expect(brief(feed, day)).toEqual([['2018-03-12T14:00:01.000Z', 'wire:1', 'First telling']]);
  expect(feed.repeats()).toBe(0);
});

const story = (at: string, text: string): string => `${at},,${text},wire,,wire:1,a,${at},,history`;
const early: readonly [what: string, at: string, opening: Opening][] = [
  ['an earlier session', '2018-03-12T14:00:00Z', { traded: [day, nextDay] }],
  ['a session of history', '2018-03-12T14:00:00Z', { history: [day], traded: [nextDay] }],
  ['a time of which no session hears', '2018-02-01T14:00:00Z', { traded: [nextDay] }],
];
for (const [what, at, opening] of early) {
  test(`a story first told in ${what} is not news again, though that stands later in the file`, async () => {
    const feed = await open([write('early.csv', [story('2018-03-13T14:00:00Z', 'Update'), story(at, 'First')])], opening);
    expect(brief(feed, nextDay)).toEqual([]);
  });
}

test('a story is news in its session though the file ends with an update after all of them', async () => {
  const feed = await open([write('late.csv', [story('2018-04-02T14:00:00Z', 'Update'), story('2018-03-12T14:00:00Z', 'First')])]);
  expect(brief(feed, day)).toEqual([['2018-03-12T14:00:00.000Z', 'wire:1', 'First']]);
});

test('a row without a publication stands in the journal without one; an odd arrival counts as the later one', async () => {
  const file = write('unpublished.csv', [
    ',,Unpublished,wire,,wire:1,a,2018-03-12T14:00:00Z,2018-03-12T14:00:05Z,live',
    '2018-03-12T14:00:00Z,,Odd,wire,,wire:2,a,2018-03-12T14:00:00Z,2018-03-12T14:00:09Z,Live',
  ]);
  expect(heard(await open([file]), day)).toMatchObject([
    { id: 'wire:1', publishedAt: null, knownAt: Date.parse('2018-03-12T14:00:05Z') },
    { id: 'wire:2', publishedAt: Date.parse('2018-03-12T14:00:00Z'), knownAt: Date.parse('2018-03-12T14:00:09Z') },
  ]);
});

const SHORT = 'timestamp_utc,symbol,headline,source';

test('what was known at the same instant keeps the order of files and lines, and is named by them', async () => {
  const first = write('first.csv', ['2018-03-12T14:00:00Z,,C,wire', '2018-03-12T14:00:00Z,,B,wire'], SHORT);
  const second = write('second.csv', ['2018-03-12T13:00:00Z,,D,wire', '2018-03-12T14:00:00Z,,A,wire'], SHORT);
  expect(brief(await open([first, second]), day).map(([, id, text]) => [id, text])).toEqual([
    ['2:2', 'D'],
    ['1:2', 'C'],
    ['1:3', 'B'],
    ['2:3', 'A'],
  ]);
});

test('L6: a repeat is told once, at the time of the earliest; other words, sources, tickers or sessions are no repeat', async () => {
  const file = write(
    'repeats.csv',
    [
      '2018-03-12T14:00:03Z,ACME,Up,wire',
      '2018-03-12T14:00:01Z,ACME,Up,wire',
      '2018-03-12T14:00:02Z,ACME,Up,wire',
      '2018-03-12T14:00:04Z,ACME,Up,paper',
      '2018-03-12T14:00:05Z,BOLT,Up,wire',
      '2018-03-12T14:00:06Z,ACME,up,wire',
      '2018-03-13T14:00:00Z,ACME,Up,wire',
    ],
    SHORT,
  );
  const feed = await open([file], { traded: [day, nextDay] });
  expect(feed.repeats()).toBe(0);
  expect(brief(feed, day).map(([at, id]) => [at, id])).toEqual([
    ['2018-03-12T14:00:01.000Z', '1:3'],
    ['2018-03-12T14:00:04.000Z', '1:5'],
    ['2018-03-12T14:00:05.000Z', '1:6'],
    ['2018-03-12T14:00:06.000Z', '1:7'],
  ]);
  expect(brief(feed, nextDay)).toHaveLength(1);
  expect(feed.repeats()).toBe(2);
  heard(feed, day);
  expect(feed.repeats()).toBe(2);
});

test('refused rows are counted over all files', async () => {
  const files = ['a.csv', 'b.csv'].map((name) => write(name, ['yesterday,,A,wire', '2018-03-12T14:00:00Z,,,wire', 'today,,B,wire'], SHORT));
  expect((await open(files)).refused).toEqual([
    { kind: 'bad_time', rows: 4, first: { file: files[0], line: 2 } },
    { kind: 'no_headline', rows: 2, first: { file: files[0], line: 3 } },
  ]);
});

type Row = { readonly at: number; readonly vendorId: string | null; readonly text: string; readonly source: string };

const dates = ['2018-03-09', '2018-03-12', '2018-03-13', '2018-03-15'] as SessionDate[];
const [first, last] = [Date.parse('2018-03-08T18:00:00Z'), Date.parse('2018-03-15T22:00:00Z')];
const row = fc.record({
  // Few instants, so that many rows share one.
  at: fc.integer({ min: 0, max: 60 }).map((step) => first + Math.round(((last - first) * step) / 60)),
  vendorId: fc.constantFrom(null, null, 'wire:1', 'wire:2', 'wire:3'),
  text: fc.constantFrom('Up', 'Down', 'Sideways, "so to say"'),
  source: fc.constantFrom('wire', 'paper'),
});

/** What a session hears, in the plainest way that there is: everything sorted, then what is no news taken out. */
function plainly(rows: readonly Row[], date: SessionDate): { readonly told: readonly unknown[]; readonly repeats: number } {
  const before = usCalendar.previousSession(date);
  const stories = new Set<string>();
  const news = rows
    .map((each, place) => ({ ...each, id: each.vendorId ?? `1:${place + 2}` }))
    .sort((a, b) => a.at - b.at)
    .filter(({ vendorId }) => vendorId === null || (!stories.has(vendorId) && stories.add(vendorId)))
    .filter(({ at }) => before.ok && before.value.close < at && at <= session(date).close);
  const told = news
    .filter(({ text, source }, place, all) => all.findIndex((one) => one.text === text && one.source === source) === place)
    .map(({ at, id, text, source }) => ({ knownAt: at, id, text, source }));
  return { told, repeats: news.length - told.length };
}

test('in memory, on the disk and in the plainest way a session hears the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
      const cells = rows.map(({ at, vendorId, text, source }) => [formatInstant(instant(at)), text, source, vendorId ?? '']);
      const lines = cells.map((each) => each.map((cell) => `"${cell.replaceAll('"', '""')}"`).join());
      const file = write('any.csv', lines, 'timestamp_utc,headline,source,vendor_id');
      const [history, ...traded] = dates as [SessionDate, ...SessionDate[]];
      for (const heldMax of [1, 700, Number.POSITIVE_INFINITY]) {
        const feed = await open([file], { history: [history], traded, heldMax });
        let repeats = 0;
        for (const date of traded) {
          const found = heard(feed, date).map(({ knownAt, id, text, source }) => ({ knownAt, id, text, source }));
          const plain = plainly(rows, date);
          expect(found).toEqual(plain.told);
          repeats += plain.repeats;
          expect(feed.repeats()).toBe(repeats);
        }
        expect(heard(feed, history)).toEqual([]);
        feed.close();
      }
    }),
    { numRuns: 200 },
  );
});

test('what cannot be put aside is weather, and nothing is left in the folder for temporary files', async () => {
  const before = process.env['TMPDIR'] ?? '';
  const file = write('aside.csv', ['2018-03-12T14:00:00Z,,A,wire'], SHORT);
  const request = { files: [file], names: [], sessions: [{ session: session(day), history: false }] };
  const scratch = mkdtempSync(join(folder, 'scratch-'));
  try {
    process.env['TMPDIR'] = join(folder, 'missing');
    expect(await openNews(request, new HeadlineShelf(0))).toEqual({
      ok: false,
      problem: { kind: 'unusable_scratch', folder: join(folder, 'missing'), code: 'ENOENT' },
    });
    process.env['TMPDIR'] = scratch;
    const feed = await openNews(request, new HeadlineShelf(0));
    expect(feed.ok && brief(feed.value, day)).toHaveLength(1);
    if (feed.ok) feed.value.close();
    expect(await openNews({ ...request, files: [file, join(folder, 'none.csv')] }, new HeadlineShelf(0))).toMatchObject({ ok: false });
    expect(readdirSync(scratch)).toEqual([]);
  } finally {
    process.env['TMPDIR'] = before;
  }
});
