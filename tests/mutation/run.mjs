// Tries the mutants of all folders, or of those that are named, one folder after another; then the page is written.
// With --left only those that lived in the last run are tried again, and each on its line: Stryker does not see that a
// new test comes to what is computed once for all.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { folders, resultOf, secondsOf } from './folders.mjs';
import { linesLeft } from './lines-left.mjs';

const words = process.argv.slice(2);
const left = words.includes('--left');
const named = words.filter((word) => word !== '--left');
for (const folder of named.length === 0 ? folders : named) tryFolder(folder);
await import('./report.mjs');

function tryFolder(folder) {
  const result = resultOf(folder);
  const lines = left ? linesLeft(result) : [`${folder}/**/*.ts`, '!src/**/*.test.ts'];
  if (lines.length === 0) return;
  const scope = ['--mutate', lines.join(','), '--tempDirName', `.cache/mutants-${folder.replaceAll('/', '-')}`];
  const memory = ['--incremental', '--incrementalFile', fileURLToPath(result), ...(left ? ['--force'] : [])];
  mkdirSync(new URL('.', result), { recursive: true });
  const begun = Date.now();
  const { status } = spawnSync('npx', ['stryker', 'run', ...scope, ...memory], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  addSeconds(secondsOf(folder), (Date.now() - begun) / 1000);
}

function addSeconds(kept, seconds) {
  const before = existsSync(kept) ? Number(readFileSync(kept, 'utf8')) : 0;
  writeFileSync(kept, String(before + Math.round(seconds)));
}
