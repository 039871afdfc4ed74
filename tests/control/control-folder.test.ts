import { existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Request } from '#domain/events/request';
import { ControlFolder, controlPath, sendRequest } from '#main/control/control-folder';
import { Mailbox } from '#main/control/mailbox';
import { personOf } from '#main/control/person';
import { leaveStop, readStop, stopPath } from '#main/control/stop-file';

const stop: Request = { kind: 'stop_trading', level: 'flatten', by: 'ada', from: 'person', because: 'enough' };
const journal = (): string => mkdtempSync(join(tmpdir(), 'control-'));
const silent = (): void => {};

/** So many files that are no requests, each older than what is sent. */
function flood(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < count; i++) writeFileSync(join(folder, `0-${String(i).padStart(5, '0')}.json`), '');
}

test('whoever is not its owner neither reads nor writes a request, nor the folder it lies in', () => {
  const here = journal();
  const name = sendRequest(here, stop);
  for (const path of [controlPath(here), join(controlPath(here), name)]) expect(statSync(path).mode & 0o077).toBe(0);
});

test('a flood is looked through in parts: the market goes on between them, and the request behind it is found', () => {
  const here = journal();
  flood(controlPath(here), 70);
  sendRequest(here, stop);
  const folder = new ControlFolder(here, silent);
  expect(folder.take(0)).toBeNull();
  expect(folder.take(0)?.request).toEqual(stop);
});

test('of a thousand that were refused no more are kept, and they do not come back either', () => {
  const here = journal();
  const refused = join(controlPath(here), 'refused');
  flood(refused, 1_001);
  flood(controlPath(here), 1);
  expect(new ControlFolder(here, silent).take(0)).toBeNull();
  expect(readdirSync(refused)).toHaveLength(1_001);
  expect(existsSync(join(controlPath(here), '0-00000.json'))).toBe(false);
});

test('a file STOP that leads elsewhere is not followed: it flattens, whatever it leads to', () => {
  const here = journal();
  const elsewhere = join(here, 'note');
  writeFileSync(elsewhere, 'pause look');
  symlinkSync(elsewhere, stopPath(here));
  expect(readStop(here)).toEqual({ level: 'flatten', because: 'the file STOP is there' });
});

test.each([
  { by: ' ', because: 'enough' },
  { by: 'ada', because: ' ' },
])('who gives %o has not said who asks and why', (options) => {
  expect(() => personOf(options)).toThrow();
});

test('a run that waits is woken by the file STOP', () => {
  const here = journal();
  let clock = 0;
  const mailbox = new Mailbox({ journal: here, recorded: [], say: silent, now: () => clock });
  expect(mailbox.hasSomething()).toBe(false);
  leaveStop(here, { level: 'flatten', because: 'enough' });
  clock += 1_000;
  expect(mailbox.hasSomething()).toBe(true);
});
