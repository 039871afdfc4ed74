import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Entry } from '#domain/events/event';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import { symbolIndex, ticker } from '#domain/values/symbol';
import { Execution } from '#engine/execution/execution';
import { patience } from '#engine/execution/patience';
import { readJournal } from '#engine/journal/reader';
import { recording } from '#engine/journal/recorder';
import { emptyDirectory, must } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';
import { LiveHouse } from '#engine/live/live-house';

const request = { kind: 'stop_trading', level: 'flatten', by: 'ann', from: 'person', because: 'a test' } as const;

/** A house without services on a journal of its own, and what it has recorded. */
function begun() {
  const journal = join(emptyDirectory(), 'journal');
  const writer = must(JournalWriter.open(journal));
  const names = { tickerOf: () => ticker('AAA'), indexOf: () => symbolIndex(0) };
  const execution = new Execution({ book: { environment: 'paper', name: 'k3v9x2' }, names, feesOf: () => cash(0), patience });
  const seen: Entry[] = [];
  const house = new LiveHouse({ plan: [], recorder: recording(writer), past: null, execution, watch: (entry) => void seen.push(entry) });
  const onDisk = (): number => [...readJournal(journal)].length;
  return { house, seen, onDisk, close: () => writer.close() };
}

test('a clock that is set back does not take the house back', () => {
  const { house, seen, close } = begun();
  for (const at of [1_000, 400, 1_500]) house.accept({ kind: 'request_received', request }, instant(at));
  expect([seen.map(({ at }) => at), house.at]).toEqual([[1_000, 1_000, 1_500], 1_500]);
  close();
});

test('a person’s word is on the disk when it has been accepted, and the market’s with the next commit', () => {
  const { house, onDisk, close } = begun();
  house.accept({ kind: 'request_received', request }, instant(1));
  expect(onDisk()).toBe(0);
  house.acceptDurably({ kind: 'request_received', request }, instant(2));
  expect(onDisk()).toBe(2);
  close();
});

test('what the broker’s words mean enters at the door, with the time of the house', () => {
  const { house, seen, close } = begun();
  house.start(instant(5));
  house.hear({ kind: 'line_lost', why: 'reset' }, instant(3));
  expect(seen.map(({ at, event }) => [at, event.kind === 'broker_line_changed' && event.state])).toEqual([
    [5, 'reconciling'],
    [5, 'lost'],
  ]);
  close();
});
