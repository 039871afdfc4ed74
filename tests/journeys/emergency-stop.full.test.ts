import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { catalyst } from './catalyst.js';
import { adopt, endChildren, ended, requestsIn, runningDay, until } from './running-day.js';

afterEach(endChildren);

const who = ['--by', 'ada', '--because', 'prices look wrong'];

for (const speed of ['60', 'max'])
  test(`J7: SIGUSR2 stops a day at speed ${speed}`, async () => {
    const { journal, child } = await runningDay({ speed, args: speed === 'max' ? ['--symbols', '400'] : [] });
    child.kill('SIGUSR2');
    await until(() => requestsIn(journal).length > 0);
    expect(requestsIn(journal)).toMatchObject([{ kind: 'stop_trading', level: 'flatten', by: 'a signal', from: 'program' }]);
    expect(child.signalCode).toBeNull();
  });

test('J7: the file STOP stops a day, and nobody clears while it is there', async () => {
  const { journal } = await runningDay();
  writeFileSync(join(journal, 'STOP'), 'pause the feed is odd\n');
  await until(() => requestsIn(journal).length > 0);
  expect(requestsIn(journal)).toMatchObject([{ level: 'pause_entries', because: 'the feed is odd', by: 'the file STOP' }]);
  const kept = catalyst(['clear-stop', '--journal', journal, ...who]);
  expect([kept.code, kept.err]).toEqual([1, expect.stringContaining('take the file away first')]);
  rmSync(join(journal, 'STOP'));
  catalyst(['clear-stop', '--journal', journal, ...who]);
  expect(requestsIn(journal).map(({ kind }) => kind)).toEqual(['stop_trading', 'clear_stop']);
});

test('J7: a day that hangs is told, wakes up stopped, and can be ended', async () => {
  const { journal, child } = await runningDay();
  child.kill('SIGSTOP');
  const hangs = catalyst(['stop', '--journal', journal, ...who]);
  expect([hangs.code, hangs.err]).toEqual([1, expect.stringContaining(`process ${child.pid} has not taken the stop within 5 seconds`)]);
  expect(hangs.err).toContain('--end-process');
  expect(readFileSync(join(journal, 'STOP'), 'utf8')).toBe('flatten prices look wrong (ada)\n');
  expect([child.exitCode, child.signalCode]).toEqual([null, null]);

  child.kill('SIGCONT');
  await until(() => requestsIn(journal).length === 2);
  expect(requestsIn(journal).map(({ by }) => by)).toEqual(['the file STOP', 'ada']);

  child.kill('SIGSTOP');
  const gone = ended(child);
  const killed = catalyst(['stop', '--journal', journal, '--end-process', ...who]);
  expect([killed.code, killed.out]).toEqual([0, expect.stringContaining(`process ${child.pid} has been ended`)]);
  await gone;
  expect(child.signalCode).toBe('SIGKILL');
  expect(catalyst(['verify', '--journal', journal]).code).toBe(0);
});

test('a lock that names no process of Catalyst ends nobody', async () => {
  const other = adopt(spawn('sleep', ['60']));
  const journal = mkdtempSync(join(tmpdir(), 'other-'));
  const stat = readFileSync(`/proc/${other.pid}/stat`, 'utf8');
  writeFileSync(join(journal, 'lock'), `${other.pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`);
  const stopped = catalyst(['stop', '--journal', journal, '--end-process', ...who]);
  expect([stopped.code, stopped.err]).toEqual([1, expect.stringContaining('not known to be Catalyst')]);
  expect([other.exitCode, other.signalCode]).toEqual([null, null]);
});
