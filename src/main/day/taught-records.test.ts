import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import { type Instant, instant } from '#domain/values/instant';
import { symbolIndex } from '#domain/values/symbol';
import { must } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';
import { taughtRecords } from '#main/day/taught-records';

const resolved = (pattern: 'bull_flag' | 'abcd', r: number): Event => ({
  kind: 'setup_resolved',
  symbol: symbolIndex(0),
  pattern,
  scanned: 1,
  outcome: r > 0 ? 'target' : 'stop',
  r,
});

function journalOf(entries: readonly (readonly [at: Instant, event: Event])[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'taught-'));
  const writer = must(JournalWriter.open(directory));
  for (const [at, event] of entries) writer.append(event, at, 0, 'door');
  writer.close();
  return directory;
}

const one = journalOf([
  [instant(1000), resolved('bull_flag', 2)],
  [instant(2000), resolved('bull_flag', -1)],
  [instant(3000), resolved('abcd', 0.5)],
]);
const other = journalOf([[instant(1500), resolved('bull_flag', -1)]]);

test('the ends that several journals tell of are added up by pattern', () => {
  expect(taughtRecords([one, other], instant(9000))).toEqual([
    { kind: 'record_taught', pattern: 'bull_flag', count: 3, won: 1, sumR: 0, sumSquaresR: 6 },
    { kind: 'record_taught', pattern: 'abcd', count: 1, won: 1, sumR: 0.5, sumSquaresR: 0.25 },
  ]);
});

test('what ended at or after the first session is not known yet', () => {
  expect(taughtRecords([one], instant(2000))).toEqual([
    { kind: 'record_taught', pattern: 'bull_flag', count: 1, won: 1, sumR: 2, sumSquaresR: 4 },
  ]);
  expect(taughtRecords([one], instant(1000))).toEqual([]);
});

test('a folder without a journal is named', () => {
  expect(() => taughtRecords([join(one, 'none')], instant(1))).toThrow('no journal');
});
