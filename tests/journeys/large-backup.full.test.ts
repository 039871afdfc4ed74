import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { catalyst, program } from './catalyst.js';
import { newFolder } from './made-data.js';

const MEGABYTE = 1 << 20;
/** CATALYST_LARGE_BACKUP says how many megabytes; 1024 take a minute or two. */
const large = Number(process.env['CATALYST_LARGE_BACKUP'] ?? 256);

/** Runs the program; gives the most memory that it ever held, in megabytes, as the system counts it. */
async function peakOf(words: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [program, ...words], { stdio: 'ignore' });
  let ended: number | null = null;
  let peak = 0;
  void once(child, 'exit').then(([code]) => {
    ended = Number(code);
  });
  for (; ended === null; await sleep(20)) peak = Math.max(peak, highWater(child.pid ?? 0));
  expect(ended).toBe(0);
  return peak;
}

function highWater(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** A file of so many megabytes that no compressor makes smaller. */
function largeFile(path: string, megabytes: number): void {
  const piece = Buffer.concat(Array.from({ length: MEGABYTE / 32 }, (_, block) => createHash('sha256').update(`${block}`).digest()));
  const descriptor = openSync(path, 'w');
  for (let at = 0; at < megabytes; at++) {
    piece.writeUInt32LE(at, 0);
    writeSync(descriptor, piece);
  }
  closeSync(descriptor);
}

test(`${large} megabytes are backed up and restored with no more memory than a few`, async () => {
  const work = newFolder('large-backup');
  const journal = join(work, 'journal');
  const key = join(work, 'key');
  expect(catalyst(['start', '--speed', 'max', '--seed', '4', '--symbols', '5', '--journal', journal]).code).toBe(0);
  expect(catalyst(['backup', '--new-key', key]).code).toBe(0);
  const file = join(work, 'large');
  const peaks = new Map<number, { readonly backup: number; readonly restore: number }>();
  for (const megabytes of [4, large]) {
    largeFile(file, megabytes);
    const to = join(work, `backups-${megabytes}`);
    const backup = await peakOf(['backup', '--journal', journal, '--to', to, '--key-file', key, '--with', file, '--scratch', work]);
    const from = join(to, readdirSync(to).find((name) => name.endsWith('.backup')) ?? '');
    const restore = await peakOf(['restore', '--from', from, '--to', join(work, `restored-${megabytes}`), '--key-file', key]);
    peaks.set(megabytes, { backup: Math.round(backup), restore: Math.round(restore) });
  }
  process.stdout.write(`peak memory in megabytes: ${JSON.stringify([...peaks])}\n`);
  rmSync(work, { recursive: true, force: true });
  // Node collects garbage when it likes; a member that was held would be the whole of it.
  expect(peaks.get(large)?.backup).toBeLessThan((peaks.get(4)?.backup ?? 0) + 200);
  expect(peaks.get(large)?.restore).toBeLessThan((peaks.get(4)?.restore ?? 0) + 200);
});
