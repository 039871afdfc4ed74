// Tries the mutants of all folders, or of those that are named, one folder after another; then the page is written.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { folders, resultOf, secondsOf } from './folders.mjs';
import { forgetSurvivors } from './forget-survivors.mjs';

const named = process.argv.slice(2);
for (const folder of named.length === 0 ? folders : named) {
  const kept = secondsOf(folder);
  mkdirSync(new URL('.', kept), { recursive: true });
  forgetSurvivors(resultOf(folder));
  const scope = ['--mutate', `${folder}/**/*.ts,!src/**/*.test.ts`, '--tempDirName', `.cache/mutants-${folder.replaceAll('/', '-')}`];
  const memory = ['--incremental', '--incrementalFile', fileURLToPath(resultOf(folder))];
  const begun = Date.now();
  const { status } = spawnSync('npx', ['stryker', 'run', ...scope, ...memory], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  const before = existsSync(kept) ? Number(readFileSync(kept, 'utf8')) : 0;
  writeFileSync(kept, String(before + Math.round((Date.now() - begun) / 1000)));
}
await import('./report.mjs');
