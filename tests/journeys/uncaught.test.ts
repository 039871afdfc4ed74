import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { catalyst, program, type Ran, sessionLines, summaryIn } from './catalyst.js';
import { madeDay, newFolder } from './made-data.js';

const work = newFolder('uncaught');
const preload = new URL('./uncaught.mjs', import.meta.url).href;

/** Runs the program until something throws in it that nobody catches. */
function throwing(how: 'exception' | 'rejection', after: number, args: readonly string[]): Ran {
  const env = { ...process.env, CATALYST_TEST_THROW: how, CATALYST_TEST_THROW_AFTER: String(after) };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', preload, program, ...args], {
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, err: stderr };
}

let run: (journal: string) => string[];
let undisturbed: Ran;
let milliseconds = 0;
beforeAll(async () => {
  run = await madeDay(work, { seed: 5, symbols: 24 });
  const began = performance.now();
  undisturbed = catalyst(run(join(work, 'undisturbed')));
  milliseconds = performance.now() - began;
}, 60_000);

test.each(['exception', 'rejection'] as const)(
  'G9: whatever nobody catches (%s) ends the process; started again it ends as if nothing had happened',
  { timeout: 60_000 },
  (how) => {
    const journal = join(work, how);
    const codes: (number | null)[] = [];
    for (const share of [0.4, 0.7]) {
      const { code, out, err } = throwing(how, milliseconds * share, run(journal));
      if (summaryIn(out) === null) expect(err).toContain('nobody has');
      codes.push(code);
    }
    // A machine that is slow at the beginning and quick later may come to its end before it is disturbed.
    expect(codes.filter((code) => code !== 0).length).toBeGreaterThan(0);
    const again = catalyst(run(journal));
    expect(again.code).toBe(0);
    expect(sessionLines(again.out)).toEqual(sessionLines(undisturbed.out));
    expect(summaryIn(again.out)?.journalHash).toBe(summaryIn(undisturbed.out)?.journalHash);
    expect(catalyst(['verify', '--journal', journal]).code).toBe(0);
  },
);
