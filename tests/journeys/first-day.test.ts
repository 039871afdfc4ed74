import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
/** What a reader types; the rest of the indented lines is what they are promised to see. */
const typed = /^(npx|npm|cp|node|rm) /;
/** They install, or take as long as a person watches. */
const notRun = /^npm /;

type Step = { readonly command: string; readonly promised: string[] };

function stepsOf(tutorial: string): readonly Step[] {
  const steps: Step[] = [];
  for (const line of tutorial.split('\n').filter((one) => one.startsWith('    ')))
    if (typed.test(line.trim())) steps.push({ command: line.trim(), promised: [] });
    else steps.at(-1)?.promised.push(line.trim());
  return steps.filter(({ command }) => !notRun.test(command));
}

/** A promised line as it must stand in the output: any space for space, anything for an ellipsis. */
const pattern = (promised: string): RegExp =>
  new RegExp(
    promised
      .split('…')
      .map((part) => part.trim().split(/\s+/).map(literally).join('\\s+'))
      .join('.*'),
  );
const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

test('the tutorial of the first day shows what a reader sees', () => {
  const steps = stepsOf(readFileSync(file('docs/tutorials/first-day.md'), 'utf8'));
  expect(steps.length).toBeGreaterThan(7);
  const cwd = mkdtempSync(join(tmpdir(), 'first-day-'));
  for (const { command, promised } of steps) {
    const run = command.replaceAll('npx catalyst', `"${process.execPath}" "${file('bin/catalyst.js')}"`);
    const { stdout, stderr } = spawnSync('sh', ['-c', run], { cwd, encoding: 'utf8' });
    for (const line of promised) expect(`${stdout}${stderr}`, `after: ${command}`).toMatch(pattern(line));
  }
});
