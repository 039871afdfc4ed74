import { appendFileSync, mkdtempSync, readdirSync, readFileSync, renameSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LogLine } from '#domain/alerts/alert-record';
import { defaultPolicy } from '#domain/alerts/policy';
import { instant } from '#domain/values/instant';
import { AlertLog } from '#main/alerts/alert-log';
import { alertRows } from '#main/alerts/alert-rows';
import { currentFile, wholeLog } from '#main/alerts/log-files';
import { samples } from '#tests/alerts/samples';

const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'catalyst-alert-log-'));
const at = instant(1_000);

function opened(folder: string, bytesMax?: number): AlertLog {
  const log = AlertLog.open({ folder, policy: defaultPolicy, now: at, ...(bytesMax !== undefined && { bytesMax }) });
  if (!log.ok) throw new Error(JSON.stringify(log.problem));
  return log.value;
}

const raised = (id: number): LogLine => ({
  kind: 'raised',
  alert: { id, at, raisedAt: at, sequence: id, place: 'paper', facts: samples.order_unknown },
  index: 0,
});

test('what was written is there again', () => {
  const folder = emptyFolder();
  const log = opened(folder);
  log.append(raised(1), raised(2));
  const { carry } = log.record;
  log.close();
  const again = opened(folder);
  expect(again.record.carry).toEqual(carry);
  expect(again.record.cursor).toEqual({ sequence: 2, index: 0 });
  again.close();
});

test('a line that a crash has cut is cut off, wherever it was cut, and what stood before it holds', () => {
  const folder = emptyFolder();
  const log = opened(folder);
  log.append(raised(1));
  const whole = statSync(currentFile(folder)).size;
  log.append(raised(2));
  log.close();
  const size = statSync(currentFile(folder)).size;
  for (const cut of [size - 1, whole + 40, whole + 1]) {
    truncateSync(currentFile(folder), cut);
    const again = opened(folder);
    expect(again.record.desk.nextAlert).toBe(2);
    again.append(raised(2));
    again.close();
    expect(alertRows(wholeLog(folder)).map(({ id }) => id)).toEqual([1, 2]);
  }
});

test('a line in the middle that is no line is passed over and counted', () => {
  const folder = emptyFolder();
  const log = opened(folder);
  log.append(raised(1));
  log.close();
  appendFileSync(currentFile(folder), 'garbage\n{"kind":"nothing of ours"}\n');
  const again = opened(folder);
  expect(again.damaged).toBe(2);
  again.append(raised(2));
  again.close();
  expect(opened(folder).record.desk.nextAlert).toBe(3);
});

test('a first line that is spoiled costs nothing of what the others and the file before say, and the damaged file stays', () => {
  for (const bytesMax of [undefined, 3_000]) {
    const folder = emptyFolder();
    const log = opened(folder, bytesMax);
    for (let id = 1; id <= 40; id++) log.append(raised(id));
    log.append({ kind: 'acknowledged', alert: 1, by: 'ada', because: 'seen', at });
    const { carry } = log.record;
    log.close();
    const text = readFileSync(currentFile(folder), 'utf8');
    writeFileSync(currentFile(folder), text.replace('{', '['));
    const again = opened(folder, bytesMax);
    expect(again.damaged).toBe(1);
    expect(again.record.carry).toEqual(carry);
    again.append(raised(41));
    again.close();
    expect(alertRows(wholeLog(folder)).map(({ id }) => id)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
  }
});

test('a file that has become long is closed, and the next one goes on with everything that is needed', () => {
  const folder = emptyFolder();
  const log = opened(folder, 3_000);
  for (let id = 1; id <= 40; id++) log.append(raised(id));
  const { carry, log: name } = log.record;
  log.close();
  expect(readdirSync(folder).filter((each) => each.startsWith('alerts')).length).toBeGreaterThan(1);
  const again = opened(folder, 3_000);
  expect(again.record.carry).toEqual(carry);
  expect(again.record.log).toBe(name);
  again.close();
  expect(alertRows(wholeLog(folder)).map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
});

test('a crash between two files loses nothing', () => {
  const folder = emptyFolder();
  const log = opened(folder);
  log.append(raised(1), raised(2));
  const { carry } = log.record;
  log.close();
  renameSync(currentFile(folder), join(folder, 'alerts-00000001.jsonl'));
  const again = opened(folder);
  expect(again.record.carry).toEqual(carry);
  again.append(raised(3));
  again.close();
  expect(alertRows(wholeLog(folder)).map(({ id }) => id)).toEqual([1, 2, 3]);
});

test('one process at a time writes it', () => {
  const folder = emptyFolder();
  const log = opened(folder);
  expect(AlertLog.open({ folder, policy: defaultPolicy, now: at })).toEqual({
    ok: false,
    problem: { kind: 'log_locked', pid: process.pid },
  });
  log.close();
  opened(folder).close();
});
