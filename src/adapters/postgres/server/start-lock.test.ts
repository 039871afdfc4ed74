import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withStartLock } from '#adapters/postgres/server/start-lock';
import { ok } from '#domain/values/result';

const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'lock-')), 'lock');

test('one at a time, and everybody in the end', async () => {
  const path = newPath();
  let within = 0;
  let most = 0;
  const done = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      withStartLock(path, 20_000, async () => {
        most = Math.max(most, ++within);
        await sleep(5);
        within--;
        return ok(index);
      }),
    ),
  );
  expect([most, done.map((each) => (each.ok ? each.value : -1))]).toEqual([1, [0, 1, 2, 3, 4, 5, 6, 7]]);
  expect(existsSync(path)).toBe(false);
});

test('who waits too long is told for whom', async () => {
  const path = newPath();
  const inner = await withStartLock(path, 0, () => withStartLock(path, 30, async () => ok(1)));
  expect(inner).toEqual({ ok: false, problem: { kind: 'somebody_starts_it', pid: process.pid, seconds: 0 } });
});

test('a bug within gives it back', async () => {
  const path = newPath();
  await expect(
    withStartLock(path, 0, async () => {
      throw new Error('a bug');
    }),
  ).rejects.toThrow('a bug');
  expect(existsSync(path)).toBe(false);
});

test('what a killed process has left is taken away, also when its number was given again', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const [gone, reused, torn] = [newPath(), newPath(), newPath()];
  writeFileSync(reused, `${child.pid} 1 1`);
  expect(await withStartLock(reused, 0, async () => ok(readFileSync(reused, 'utf8').split(' ')[0]))).toEqual(ok(String(process.pid)));
  child.kill('SIGKILL');
  await once(child, 'exit');
  writeFileSync(gone, `${child.pid} 1 1`);
  writeFileSync(torn, '');
  for (const path of [gone, torn]) expect(await withStartLock(path, 0, async () => ok('mine'))).toEqual(ok('mine'));
});
