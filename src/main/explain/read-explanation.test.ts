import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DropReason, dropBit } from '#domain/events/funnel';
import { defaultSettings } from '#domain/settings';
import { firstStamp } from '#domain/settings-stamp';
import { JournalWriter } from '#engine/journal/writer';
import { scanLines } from '#main/explain/explain-text';
import { readExplanation } from '#main/explain/read-explanation';
import { at, closed, minuteOf, opened } from '#tests/one-service';

const dropped = (reason: DropReason) => ({ symbols: [0], reasons: [dropBit(reason)] });

/** A journal in which the least price is ten times as high from 10:02 on: scans at 10:00 and 10:05 find the name too cheap. */
function journal(): string {
  const directory = mkdtempSync(join(tmpdir(), 'explained-'));
  const writer = JournalWriter.open(directory);
  if (!writer.ok) throw new Error('no journal');
  const { value } = writer;
  const { scanner } = defaultSettings;
  const settings = { ...defaultSettings, scanner: { ...scanner, priceMin: scanner.priceMin * 10 } };
  const values = { name: 'scanner.priceMin', before: String(scanner.priceMin), after: String(settings.scanner.priceMin) };
  const changed = {
    ...values,
    by: 'ada',
    from: 'person' as const,
    because: 'no pennies',
    settings,
    stamp: { version: 2, hash: firstStamp(settings).hash },
  };
  const scan = (clock: string, count: number): void =>
    void value.append(
      { kind: 'candidates_found', universe: 1, scan: count, minute: minuteOf(clock), kept: [], dropped: dropped('price_too_low') },
      at(clock),
      0,
      'door',
    );
  value.append({ kind: 'run_started', settings: defaultSettings, source: 'recorded_market', version: 'test' }, at('09:30'), 0, 'door');
  value.append(opened(1), at('09:30'), 0, 'door');
  scan('10:00', 1);
  value.append({ kind: 'parameters_changed', ...changed }, at('10:02'), 0, 'door');
  scan('10:05', 2);
  value.append(closed(), at('16:00'), 0, 'door');
  value.close();
  return directory;
}

test('why a name was let go is told with the limit of then, not with what was set later', () => {
  const directory = journal();
  const least = (clock: string): number => {
    const found = readExplanation({ directory, name: 'S0', date: null, minute: minuteOf(clock) });
    if (found.kind !== 'found') throw new Error(found.kind);
    const [, cost] = /cost less than ([\d.]+) dollars/.exec(scanLines('S0', minuteOf(clock), found).join('\n')) ?? [];
    return Number(cost);
  };
  const { priceMin } = defaultSettings.scanner;
  expect([least('10:01'), least('10:06')]).toEqual([priceMin / 10_000, priceMin / 1_000]);
});
