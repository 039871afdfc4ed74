import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { HeadlineLog } from '#adapters/headlines/headline-log';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { fail, ok } from '#domain/values/result';
import { type Headline, headline } from '#engine/ports/headline';
import type { NewsPage, NewsProblem, NewsSource } from '#engine/ports/news-source';
import { type Books, catchUp, newTally, sinceOf } from '#main/news/catch-up';
import { CursorFile } from '#main/news/cursor-file';

const folder = mkdtempSync(join(tmpdir(), 'catch-up-'));
afterAll(() => rmSync(folder, { recursive: true }));
let number = 0;
let state = '';
let books: Books;
const cursorFile = (): CursorFile => {
  const opened = CursorFile.open(state);
  if (!opened.ok) throw new Error(opened.problem.kind);
  return opened.value;
};
beforeEach(async () => {
  state = join(folder, `${number++}.json`);
  const log = await HeadlineLog.open(`${state}.csv`, []);
  if (!log.ok) throw new Error(log.problem.kind);
  books = { log: log.value, cursors: cursorFile() };
});

const START = Date.parse('2026-11-24T14:00:00Z');
const at = (minute: number) => instant(START + minute * MINUTE_MS);
const story = (minute: number): Headline =>
  headline({
    vendor: 'wire',
    vendorId: String(minute),
    publishedAt: at(minute),
    updatedAt: at(minute),
    receivedAt: at(60),
    outlet: '',
    text: `Story of minute ${minute}`,
    url: '',
    symbols: [],
  });

/** A source with these pages: minutes of its stories, whether it covers up to the last, or a problem. */
const source = (pages: readonly (readonly number[] | 'covering' | NewsProblem)[]): NewsSource => ({
  name: 'wire',
  question: 'all',
  overlapMs: 10 * MINUTE_MS,
  pollMs: MINUTE_MS,
  async *pages() {
    let covers = false;
    for (const page of pages) {
      if (page === 'covering') covers = true;
      else if ('kind' in page) yield fail(page);
      else yield ok<NewsPage>({ headlines: page.map(story), refused: [], coveredTo: covers ? at(page.at(-1) ?? 0) : null });
    }
  },
});
const run = (pages: Parameters<typeof source>[0], since = at(0)) =>
  catchUp(source(pages), { window: { since, until: null }, arrival: 'live' }, books, newTally());
const cursor = () => cursorFile().of('wire', 'all');

test('the cursor stands at the last update, with what the overlap before it holds', async () => {
  await run([
    [1, 5, 30],
    [22, 12],
  ]);
  expect(cursor()?.since).toBe(at(30));
  expect(
    cursor()
      ?.seen.map((key) => key.split('#')[0])
      .sort(),
  ).toEqual(['wire:22', 'wire:30']);
  expect(sinceOf(source([]), cursorFile())).toBe(at(20));
});

test('a walk that breaks leaves the cursor, unless its pages come in order', async () => {
  await run([[1, 2], { kind: 'stopped' }]);
  expect(cursor()).toBeNull();
  await run(['covering', [1, 2], [3, 4], { kind: 'stopped' }]);
  expect(cursor()?.since).toBe(at(4));
});

test('a window behind the cursor moves it, one beyond does not: it would leave a hole', async () => {
  await run([[5]]);
  await run([[20]], at(10));
  expect(cursor()?.since).toBe(at(5));
  await run(['covering', [20], [25]], at(10));
  expect(cursor()?.since).toBe(at(5));
  await run([[20]], at(5));
  expect(cursor()?.since).toBe(at(20));
});

test('a story from tomorrow moves the cursor no further than now', async () => {
  await run([[1, 100_000]]);
  expect(cursor()?.since).toBe(at(60));
});

test('a cursor holds for the question it was made by', async () => {
  await run([[1]]);
  expect(cursorFile().of('wire', 'AAPL')).toBeNull();
});

test('nothing found still says from where it was looked', async () => {
  await run([]);
  expect(cursor()?.since).toBe(at(0));
});

test('headlines are on the disk before the cursor moves over them', async () => {
  const lines: number[] = [];
  const { cursors } = books;
  const move = cursors.move.bind(cursors);
  cursors.move = (...args) => {
    lines.push(readFileSync(`${state}.csv`, 'utf8').split('\n').length - 2);
    return move(...args);
  };
  await run(['covering', [1, 2], [3]]);
  expect(lines).toEqual([2, 3, 3]);
});

test('a state that cannot be read is a problem, never a crash', () => {
  expect(CursorFile.open(folder)).toMatchObject({ ok: false, problem: { kind: 'unreadable_file', code: 'EISDIR' } });
});
