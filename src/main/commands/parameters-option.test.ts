import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultSettings } from '#domain/settings';
import { JournalWriter } from '#engine/journal/writer';
import { settingsToContinue } from '#main/commands/parameters-option';
import { exitCodes } from '#main/exit-codes';
import { at } from '#tests/one-service';

const aggressive = { ...defaultSettings, mode: 'aggressive' } as const;

/** A journal that began under the default settings. */
function journal(): string {
  const directory = mkdtempSync(join(tmpdir(), 'continued-'));
  const writer = JournalWriter.open(directory);
  if (!writer.ok) throw new Error('no journal');
  writer.value.append(
    { kind: 'run_started', settings: defaultSettings, source: 'recorded_market', version: 'test' },
    at('09:30'),
    0,
    'door',
  );
  writer.value.close();
  return directory;
}

test('a journal goes on under the settings that it began with, and says so', () => {
  const notes: string[] = [];
  const settings = settingsToContinue(aggressive, { journal: journal(), parameters: 'p.yaml' }, (text) => void notes.push(text));
  expect(settings).toEqual(defaultSettings);
  expect(notes).toEqual([expect.stringContaining('other settings than p.yaml')]);
});

test('a journal that cannot be trusted is no bug', () => {
  const directory = journal();
  const [segment = ''] = readdirSync(directory).filter((name) => name.endsWith('.journal'));
  const bytes = readFileSync(join(directory, segment));
  bytes[30] = (bytes[30] as number) ^ 1;
  writeFileSync(join(directory, segment), bytes);
  expect(() => settingsToContinue(aggressive, { journal: directory, parameters: 'p.yaml' }, () => {})).toThrow(
    expect.objectContaining({ name: 'Failure', code: exitCodes.badJournal }),
  );
});
