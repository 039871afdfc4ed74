import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readNews } from '#main/day/news-feed';

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
