import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { catalyst, program } from './catalyst.js';
import { newFolder } from './made-data.js';

/** CATALYST_BACKUP_KILLS says how many of each; each takes some seconds. */
const rounds = Number(process.env['CATALYST_BACKUP_KILLS'] ?? 8);
const work = newFolder('killed-backups');
const journal = join(work, 'journal');
const key = join(work, 'key');
const scratch = join(work, 'scratch');
const backups = join(work, 'backups');
const keyed = ['--key-file', key];
const making = ['backup', '--journal', journal, '--to', backups, ...keyed, '--keep', '2', '--scratch', scratch];
/** How long an undisturbed one takes here and now, for the kills to fall into it. */
let lastsMs = 0;

/** Bytes that no compressor makes smaller. */
const noise = (seed: number): Buffer =>
  Buffer.concat(Array.from({ length: 1 << 18 }, (_, block) => createHash('sha256').update(`${seed} ${block}`).digest()));

beforeAll(() => {
  mkdirSync(scratch);
  expect(catalyst(['start', '--speed', 'max', '--seed', '4', '--symbols', '40', '--journal', journal]).code).toBe(0);
  for (const seed of [1, 2, 3, 4]) writeFileSync(join(journal, `log-${seed}`), noise(seed));
  expect(catalyst(['backup', '--new-key', key]).code).toBe(0);
  const begun = performance.now();
  expect(catalyst(making).err).toBe('');
  lastsMs = performance.now() - begun;
}, 300_000);

/** Starts the program and kills it with −9 after that part of the time that it takes; whether the kill came in time. */
async function killedAfter(part: number, words: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [program, ...words], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  await sleep(part * lastsMs);
  child.kill('SIGKILL');
  return (await ended)[1] === 'SIGKILL';
}

const wholeNames = (): readonly string[] => readdirSync(backups).filter((name) => name.endsWith('.backup'));

test('a backup killed with -9 at any moment leaves whole ones only, never fewer than before, and the next one goes on', async () => {
  let killed = 0;
  for (let round = 0; round < rounds; round++) {
    const before = wholeNames();
    // From 0.05 to 1.05 of the time, in an order that is not that of the rounds (their number is no multiple of 7).
    if (await killedAfter(0.05 + ((round * 7) % rounds) / rounds, making)) killed++;
    const after = wholeNames();
    expect(after.length).toBeGreaterThanOrEqual(Math.min(2, before.length));
    for (const name of after.filter((each) => !before.includes(each))) {
      const to = join(work, `round-${round}-${name}`);
      expect(catalyst(['restore', '--from', join(backups, name), '--to', to, ...keyed])).toMatchObject({ code: 0, err: '' });
    }
  }
  expect(killed).toBeGreaterThan(rounds * 0.4);
  expect(catalyst(making)).toMatchObject({ code: 0, err: '' });
  expect(readdirSync(backups).filter((name) => !name.endsWith('.backup'))).toEqual([]);
  expect(wholeNames()).toHaveLength(2);
  expect(readdirSync(scratch)).toEqual([]);
});

test('a restore killed with -9 at any moment leaves no folder of that name, or a whole one', async () => {
  const [name = ''] = wholeNames();
  const head = catalyst(['verify', '--journal', journal]).out;
  let killed = 0;
  for (let round = 0; round < rounds; round++) {
    const to = join(work, 'back', `to-${round}`);
    if (await killedAfter(0.02 + ((round * 7) % rounds) / rounds, ['restore', '--from', join(backups, name), '--to', to, ...keyed]))
      killed++;
    if (existsSync(to)) {
      expect(catalyst(['verify', '--journal', join(to, 'journal')]).out).toBe(head);
      expect(readFileSync(join(to, 'journal', 'log-4')).equals(noise(4))).toBe(true);
    } else expect(catalyst(['restore', '--from', join(backups, name), '--to', to, ...keyed]).code).toBe(0);
  }
  expect(killed).toBeGreaterThan(rounds * 0.25);
  expect(readdirSync(join(work, 'back')).filter((each) => each.includes('restoring'))).toEqual([]);
});
