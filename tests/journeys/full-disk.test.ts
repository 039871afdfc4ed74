import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { catalyst, program, type Ran, sessionLines, summaryIn } from './catalyst.js';
import { madeDay, newFolder } from './made-data.js';

/** A disk of its own, of so many kilobytes: only Linux has it, and only where a user may have a name space of their own. */
const onSmallDisk = (kilobytes: number, disk: string, script: string, words: readonly string[] = []): Ran => {
  const mounted = `mkdir -p "$0" && mount -t tmpfs -o size=${kilobytes}k tmpfs "$0" && { ${script}; }`;
  const { status, stdout, stderr } = spawnSync('unshare', ['-rm', 'bash', '-c', mounted, disk, ...words], { encoding: 'utf8' });
  return { code: status, out: stdout ?? '', err: stderr ?? '' };
};

const work = newFolder('full-disk');
const isPossible = onSmallDisk(64, join(work, 'try'), 'true').code === 0;
const why = isPossible ? '' : ' (skipped: no disk of its own may be mounted here)';

let day: (journal: string) => string[];
let undisturbed: Ran;
beforeAll(async () => {
  day = await madeDay(work, { seed: 5, symbols: 40 });
  undisturbed = catalyst(day(join(work, 'undisturbed')));
}, 60_000);

test.skipIf(!isPossible)(`G4: a disk that is full ends a run in one line; with room again it goes on as if nothing had been${why}`, () => {
  const disk = join(work, 'disk');
  const saved = join(work, 'saved');
  const ran = onSmallDisk(1200, disk, `"$@"; code=$?; cp -r "$0/journal" ${saved}; exit $code`, [
    process.execPath,
    program,
    ...day(join(disk, 'journal')),
  ]);
  expect(ran.code).toBe(4);
  expect(ran.err).toMatch(/ENOSPC|full/);
  expect(ran.err).not.toMatch(/\n\s+at /);
  expect(summaryIn(ran.out)).toBeNull();
  expect(catalyst(['verify', '--journal', saved]).code).toBe(0);
  const again = catalyst(day(saved));
  expect(again.code).toBe(0);
  expect(sessionLines(again.out)).toEqual(sessionLines(undisturbed.out));
  expect(summaryIn(again.out)?.journalHash).toBe(summaryIn(undisturbed.out)?.journalHash);
});
