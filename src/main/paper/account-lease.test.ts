import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leaseAccount } from '#main/paper/account-lease';

const surroundings = () => ({ CATALYST_STATE: mkdtempSync(join(tmpdir(), 'catalyst-lease-')) });

test('X1: a second process at the same account is refused and told which process has it; another account is free', () => {
  const where = surroundings();
  const first = leaseAccount({ environment: 'paper', account: 'account-1', build: 'ours' }, where);
  if (!first.ok) throw new Error('the first one has it');
  expect(leaseAccount({ environment: 'paper', account: 'account-1', build: 'ours' }, where)).toEqual({
    ok: false,
    problem: { kind: 'lease_taken', account: 'account-1', pid: process.pid, build: 'ours' },
  });
  expect(leaseAccount({ environment: 'simulated', account: 'account-1', build: 'ours' }, where).ok).toBe(true);
  first.value.release();
  expect(leaseAccount({ environment: 'paper', account: 'account-1', build: 'ours' }, where).ok).toBe(true);
});

test('X2: whoever finds that another process has taken its place holds nothing any more', () => {
  const where = surroundings();
  const lease = leaseAccount({ environment: 'paper', account: 'a', build: 'ours' }, where);
  if (!lease.ok) throw new Error('free');
  expect(lease.value.holds()).toBe(true);
  const folder = join(where.CATALYST_STATE, 'accounts', 'paper-a');
  rmSync(join(folder, 'lock'));
  writeFileSync(join(folder, 'lock'), '1 unknown');
  expect(lease.value.holds()).toBe(false);
  // It goes, and takes nothing away from the one that has the account now.
  lease.value.release();
  expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe('1 unknown');
});

test('the lease of a process that was killed is taken over', async () => {
  const where = surroundings();
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const folder = join(where.CATALYST_STATE, 'accounts', 'paper-a');
  const mine = leaseAccount({ environment: 'paper', account: 'a', build: 'ours' }, where);
  if (!mine.ok || child.pid === undefined) throw new Error('a child and a lease');
  mine.value.release();
  writeFileSync(join(folder, 'lock'), `${child.pid} no-such-start`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(leaseAccount({ environment: 'paper', account: 'a', build: 'ours' }, where).ok).toBe(true);
});

test('a name that is no file name stays inside of its folder', () => {
  const where = surroundings();
  expect(leaseAccount({ environment: 'paper', account: '../../evil', build: 'ours' }, where).ok).toBe(true);
  expect(readdirSync(join(where.CATALYST_STATE, 'accounts'))).toEqual(['paper-______evil']);
});

test('K4: a build that differs is refused as well, and is told which build has the account', () => {
  const where = surroundings();
  const wanted = { environment: 'paper', account: 'a' } as const;
  expect(leaseAccount({ ...wanted, build: 'old' }, where).ok).toBe(true);
  const refused = { kind: 'lease_taken', account: 'a', pid: process.pid };
  expect(leaseAccount({ ...wanted, build: 'new' }, where)).toEqual({ ok: false, problem: { ...refused, build: 'old' } });
  // One that has the lock and has not said yet which build it is, after one that is gone.
  writeFileSync(join(where.CATALYST_STATE, 'accounts', 'paper-a', 'holder'), '1 older\n');
  expect(leaseAccount({ ...wanted, build: 'new' }, where)).toEqual({ ok: false, problem: { ...refused, build: null } });
});
