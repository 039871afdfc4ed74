import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { usCalendar } from '#domain/market/calendar';
import { dateOfDay, dayFromCivil } from '#domain/values/session-date';
import { headlinesOf, readNews } from '#main/day/news-feed';
import { SymbolTable } from '#main/day/symbol-table';

const folder = mkdtempSync(join(tmpdir(), 'news-feed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = 'timestamp_utc,symbol,headline,source,url,vendor_id,revision,updated_utc,received_utc,arrival';

async function feed(...rows: readonly string[]) {
  const file = join(folder, 'news.csv');
  writeFileSync(file, `${[HEADER, ...rows].join('\n')}\n`);
  const read = await readNews([file], []);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value.headlines.map(({ at, id, headline }) => [new Date(at).toISOString(), id, headline.text]);
}

test('live news are known from their arrival, fetched ones from their last update', async () => {
  expect(
    await feed(
      '2026-11-24T14:00:00Z,,Live,wire,,wire:1,a,2026-11-24T14:00:00Z,2026-11-24T14:00:09.500Z,live',
      '2026-11-24T14:00:00Z,,Old,wire,,wire:2,a,2026-11-24T14:20:00Z,2026-12-24T00:00:00Z,history',
    ),
  ).toEqual([
    ['2026-11-24T14:00:09.500Z', 'wire:1', 'Live'],
    ['2026-11-24T14:20:00.000Z', 'wire:2', 'Old'],
  ]);
});

test('an update does not make a story news again: the first that was seen counts', async () => {
  expect(
    await feed(
      '2026-11-24T14:00:00Z,,Second telling,wire,,wire:1,b,2026-11-24T15:00:00Z,2026-11-24T15:00:01Z,live',
      '2026-11-24T14:00:00Z,,First telling,wire,,wire:1,a,2026-11-24T14:00:00Z,2026-11-24T14:00:01Z,live',
    ),
  ).toEqual([['2026-11-24T14:00:01.000Z', 'wire:1', 'First telling']]);
});

test('a row without a publication stands in the journal without one; an odd arrival counts as the later one', async () => {
  const file = join(folder, 'unpublished.csv');
  const rows = [
    ',,Unpublished,wire,,wire:1,a,2018-03-12T14:00:00Z,2018-03-12T14:00:05Z,live',
    '2018-03-12T14:00:00Z,,Odd,wire,,wire:2,a,2018-03-12T14:00:00Z,2018-03-12T14:00:09Z,Live',
  ];
  writeFileSync(file, `${[HEADER, ...rows].join('\n')}\n`);
  const read = await readNews([file], []);
  const session = usCalendar.session(dateOfDay(dayFromCivil(2018, 3, 12)));
  if (!read.ok || !session.ok) throw new Error('unreadable');
  expect(headlinesOf(read.value, session.value, new SymbolTable())).toMatchObject([
    { id: 'wire:1', publishedAt: null, knownAt: Date.parse('2018-03-12T14:00:05Z') },
    { id: 'wire:2', publishedAt: Date.parse('2018-03-12T14:00:00Z'), knownAt: Date.parse('2018-03-12T14:00:09Z') },
  ]);
});
