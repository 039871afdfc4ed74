import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { AlarmNotes } from '#main/alerts/alarm-notes';
import { notesIn } from '#main/alerts/inbox';

const folder = (): string => join(mkdtempSync(join(tmpdir(), 'catalyst-notes-')), 'alerts');

test('an alarm of the run lies where a watch finds it', async () => {
  const alerts = folder();
  new AlarmNotes(alerts).lay('memory', '82 % of the memory is used');
  // Nothing of it was done before the run went on.
  expect(existsSync(alerts)).toBe(false);
  await expect
    .poll(() => notesIn(alerts).map(({ note }) => note))
    .toEqual([{ kind: 'observed', observation: { kind: 'run_alarm', what: 'memory', says: '82 % of the memory is used' } }]);
});

test('ten thousand alarms are a few files', async () => {
  const alerts = folder();
  const notes = new AlarmNotes(alerts);
  for (let count = 0; count < 10_000; count++) {
    notes.lay('loop', `stood still ${count}`);
    if (count % 100 === 0) await sleep(1);
  }
  await expect.poll(() => notesIn(alerts).length).toBeGreaterThan(0);
  await sleep(100);
  expect(notesIn(alerts).length).toBeLessThanOrEqual(200);
});

test('ten thousand of one sort leave room for another', async () => {
  const alerts = folder();
  const notes = new AlarmNotes(alerts);
  for (let count = 0; count < 10_000; count++) {
    notes.observe({ kind: 'rate_seen', service: 'alpaca', used: count, limit: 200 });
    if (count % 100 === 0) await sleep(1);
  }
  await sleep(100);
  notes.lay('disk', 'no room');
  const said = () => notesIn(alerts).map(({ note }) => JSON.stringify(note));
  await expect.poll(() => said().some((note) => note.includes('no room'))).toBe(true);
});

test('G4: where nothing can be laid the run hears nothing of it', async () => {
  const place = mkdtempSync(join(tmpdir(), 'catalyst-notes-'));
  writeFileSync(join(place, 'alerts'), 'a file in the way');
  const heard: unknown[] = [];
  const hear = (error: unknown): void => void heard.push(error);
  process.on('unhandledRejection', hear);
  const notes = new AlarmNotes(join(place, 'alerts'));
  for (let count = 0; count < 20; count++) {
    notes.lay('disk', 'no room');
    await sleep(5);
  }
  process.off('unhandledRejection', hear);
  expect(heard).toEqual([]);
});
