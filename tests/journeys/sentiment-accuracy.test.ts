import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reference } from '../reference-data.js';

const root = join(import.meta.dirname, '../..');
const sets = ['financial_phrasebank.csv.gz', 'semeval2017_task5_headlines.json'];
const isThere = sets.every((set) => existsSync(reference(`data/restricted/sentiment/${set}`)));

type Figures = { readonly count: number; readonly accuracy: number; readonly macroF1: number };
type Part = { readonly set: string; readonly half: string; readonly figures: Readonly<Record<string, Figures>> };

const three = (value: number): string => value.toFixed(3);

test.skipIf(!isThere)('the page of sentiment states the accuracy that is measured (skipped: the labelled sets are not there)', () => {
  const page = readFileSync(join(root, 'docs/reference/sentiment.md'), 'utf8');
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'bench/sentiment.mjs'), '--json'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const parts = JSON.parse(stdout) as readonly Part[];
  expect(parts).toHaveLength(4);
  for (const { set, half, figures } of parts) {
    for (const [method, { count, accuracy, macroF1 }] of Object.entries(figures))
      expect(page).toContain(`| ${set} | ${half} | ${count} | ${method} | ${three(accuracy)} | ${three(macroF1)} |`);
    expect(figures['ours']?.accuracy).toBeGreaterThan(figures['most frequent class']?.accuracy ?? 1);
  }
});
