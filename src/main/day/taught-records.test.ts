import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import { defaultSettings } from '#domain/settings';
import { type Instant, instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex, type Ticker } from '#domain/values/symbol';
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

test('a setup that two journals tell of counts once, by its ticker and not by its column', () => {
  const opened = (...listed: string[]): Event => ({
    kind: 'session_opened',
    date: '2018-03-12' as SessionDate,
    open: instant(100),
    close: instant(9000),
    openMinute: 570,
    closeMinute: 960,
    history: false,
    listed: listed as Ticker[],
  });
  const long = journalOf([
    [instant(10), opened('XYZ')],
    [instant(1000), resolved('bull_flag', 2)],
  ]);
  // The same column, another name: two setups. The same name in the same column: the same setup.
  const same = journalOf([
    [instant(10), opened('XYZ')],
    [instant(1000), resolved('bull_flag', 2)],
    [instant(2000), resolved('bull_flag', -1)],
  ]);
  const another = journalOf([
    [instant(10), opened('ABC', 'XYZ')],
    [instant(1000), resolved('bull_flag', 2)],
    [instant(1000), { ...resolved('bull_flag', 2), symbol: symbolIndex(1) } as Event],
  ]);
  expect(taughtRecords([long, same], instant(9000))).toMatchObject([{ pattern: 'bull_flag', count: 2, won: 1 }]);
  expect(taughtRecords([long, another], instant(9000))).toMatchObject([{ pattern: 'bull_flag', count: 2, won: 2 }]);
});

test('the journal of a simulated market teaches nothing', () => {
  const started = (source: 'simulated_market' | 'recorded_market'): Event => ({
    kind: 'run_started',
    settings: defaultSettings,
    source,
    version: '0.0.0',
  });
  const recorded = journalOf([
    [instant(10), started('recorded_market')],
    [instant(1000), resolved('bull_flag', 2)],
  ]);
  expect(taughtRecords([recorded], instant(9000))).toMatchObject([{ count: 1 }]);
  expect(() => taughtRecords([journalOf([[instant(10), started('simulated_market')]])], instant(9000))).toThrow('simulated market');
});

test('a folder without a journal is named', () => {
  expect(() => taughtRecords([join(one, 'none')], instant(1))).toThrow('no journal');
});
