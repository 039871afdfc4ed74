import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { defaultFile } from '#adapters/parameter-file/default-file';
import { readSettings } from '#adapters/parameter-file/read-settings';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const hooks = here('../../engine/journal/testing/run-typescript.mjs');

/** Starts a process that changes the file again and again. */
async function writing(file: string) {
  const words = ['--conditions=catalyst-source', '--import', hooks, here('./testing/write-forever.ts'), file];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

test('K2: whoever reads while a file is written, and after the writer was killed, finds all of the old or all of the new one', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'parameters-')), 'c.yaml');
  writeFileSync(file, defaultFile());
  const mode = (word: string): string => defaultFile().replace(/^mode: \w+/m, `mode: ${word}`);
  const allowed = [mode('aggressive'), mode('conservative')];
  const seen = new Set<string>();
  for (let round = 0; round < 4; round++) {
    const child = await writing(file);
    // Long enough for many writes, each of which waits for the disk; the kill falls between any two of its steps.
    for (const until = performance.now() + 150 + 37 * round; performance.now() < until; ) seen.add(readFileSync(file, 'utf8'));
    child.kill('SIGKILL');
    await once(child, 'exit');
    seen.add(readFileSync(file, 'utf8'));
    expect(readSettings(file).ok).toBe(true);
  }
  for (const text of seen) expect(allowed).toContain(text);
  expect(seen.size).toBe(2);
});
