import { appendFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readUsage } from '#adapters/usage-log/read-usage';
import { UsageLog, type UsageLogProblem } from '#adapters/usage-log/usage-log';
import { instant } from '#domain/values/instant';
import { onFailingDisk } from '#engine/journal/testing/failing-disk';

const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'catalyst-usage-')), 'usage.jsonl');
const now = () => instant(Date.UTC(2026, 10, 30));

function opened(path: string, failed: (problem: UsageLogProblem) => void = () => {}): UsageLog {
  const log = UsageLog.open(path, { now, failed });
  if (!log.ok) throw new Error(log.problem.code);
  return log.value;
}

const recordsIn = (path: string) => {
  const read = readUsage(path);
  return read.ok ? read.value.records : read.problem;
};

const call = { vendor: 'v', endpoint: '/news' };
const answer = { provider: 'p', model: 'm', input: 5, cached: 2, output: 1 };

test('what is counted together is one line, and what is counted later another', () => {
  const path = newPath();
  const log = opened(path);
  log.called(call);
  log.called(call);
  log.answered(answer);
  log.answered(answer);
  log.flush();
  log.flush();
  log.called(call);
  log.close();
  expect(recordsIn(path)).toEqual([
    { kind: 'data_calls', at: now(), ...call, count: 2 },
    { kind: 'model_tokens', at: now(), provider: 'p', model: 'm', input: 10, cached: 4, output: 2 },
    { kind: 'data_calls', at: now(), ...call, count: 1 },
  ]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('half a line that a crash left counts for nothing, and is cut off by the next one', () => {
  const path = newPath();
  const first = opened(path);
  first.called(call);
  first.close();
  appendFileSync(path, '{"at":"2026-11-30T00:00:00Z","kind":"data_ca');
  expect(readUsage(path)).toMatchObject({ ok: true, value: { isTorn: true, records: { length: 1 } } });
  const next = opened(path);
  next.called(call);
  next.close();
  expect(readUsage(path)).toMatchObject({ ok: true, value: { isTorn: false, records: { length: 2 } } });
});

test('a line that is no record is damage, and nothing is read over it', () => {
  const path = newPath();
  const whole = '{"at":"2026-11-30T00:00:00Z","kind":"data_calls","vendor":"v","endpoint":"/","count":1}';
  for (const line of [
    '',
    'x',
    '{}',
    whole.replace('1}', '-1}'),
    whole.replace('1}', '1.5}'),
    whole.replace('data_calls', 'other'),
    whole.replace('Z"', '"'),
  ]) {
    writeFileSync(path, `${whole}\n${line}\n${whole}\n`);
    expect(recordsIn(path)).toEqual({ kind: 'usage_damaged', path, line: 2 });
  }
});

test('a disk that is full loses no count, leaves no half line, and is told once', () => {
  const path = newPath();
  const problems: UsageLogProblem[] = [];
  const log = opened(path, (problem) => problems.push(problem));
  log.called(call);
  log.flush();
  const before = readFileSync(path, 'utf8');
  log.called(call);
  onFailingDisk({ call: 'fdatasyncSync', nth: 1, code: 'ENOSPC' }, () => {
    log.flush();
    log.called(call);
    log.flush();
    expect(readFileSync(path, 'utf8')).toBe(before);
  });
  expect(problems).toEqual([{ kind: 'usage_log_unwritable', path, code: 'ENOSPC' }]);
  log.close();
  expect(recordsIn(path)).toMatchObject([{ count: 1 }, { count: 2 }]);
});

test('a file that cannot be made, or read, is told', () => {
  const path = join(newPath(), 'deeper');
  expect(UsageLog.open(path, { now })).toEqual({ ok: false, problem: { kind: 'usage_log_unwritable', path, code: 'ENOENT' } });
  expect(readUsage(path)).toEqual({ ok: false, problem: { kind: 'usage_unreadable', path, code: 'ENOENT' } });
});
