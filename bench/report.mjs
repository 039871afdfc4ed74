// How long `catalyst report --database` takes from the shell's point of view, in each of its forms: the median of so many runs.
//
//     CATALYST_DATABASE=<home> node bench/report.mjs <journal in it> [times, 7]
//
// The record is that of a year (`bench/year-journal.mjs`, then `catalyst db project`); the server should run already (`catalyst db start`).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machine } from './machine.mjs';

const [name, times = '7'] = process.argv.slice(2);
if (name === undefined) {
  console.error('which journal? CATALYST_DATABASE=<home> node bench/report.mjs <name> [times]');
  process.exit(2);
}
const catalyst = fileURLToPath(new URL('../bin/catalyst.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bench-report-'));
const forms = {
  'on the terminal': [],
  'as JSON': ['--json'],
  'as CSV, and on the terminal': ['--csv', join(folder, 'report.csv')],
  'as HTML, and on the terminal': ['--html', join(folder, 'report.html')],
};
console.log(`${machine()}\n\n| a year's report | median | least to most | size |\n| --- | ---: | ---: | ---: |`);
for (const [form, words] of Object.entries(forms)) {
  const taken = [];
  let size = 0;
  for (let time = 0; time < Number(times); time++) {
    const began = performance.now();
    const made = spawnSync(process.execPath, [catalyst, 'report', '--database', '--as', name, ...words], { maxBuffer: 1 << 28 });
    taken.push((performance.now() - began) / 1000);
    if (made.status !== 0) throw new Error(String(made.stderr));
    size = words[1] === undefined ? made.stdout.length : statSync(words[1]).size;
  }
  const sorted = taken.toSorted((one, other) => one - other);
  const [least, median, most] = [0, sorted.length >> 1, sorted.length - 1].map((at) => sorted[at].toFixed(2));
  console.log(`| ${form} | ${median} s | ${least} to ${most} | ${(size / 1e6).toFixed(1)} MB |`);
}
rmSync(folder, { recursive: true, force: true });
