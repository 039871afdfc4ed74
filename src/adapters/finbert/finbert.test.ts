import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { describeFinbertProblem, type FinbertProblem, openFinbert } from '#adapters/finbert/finbert';

const folder = mkdtempSync(join(tmpdir(), 'catalyst-finbert-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const config = (...labels: readonly string[]): string => JSON.stringify({ model_type: 'bert', id2label: { ...labels } });
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

beforeEach(() => {
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  write('config.json', config('Positive', 'negative', 'neutral'));
  write('tokenizer.json', '{}');
  write('tokenizer_config.json', '{}');
  write('onnx/model.onnx', 'no model');
});

async function problem(): Promise<FinbertProblem> {
  const opened = await openFinbert(folder);
  if (opened.ok) throw new Error('it was opened');
  return opened.problem;
}

for (const file of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx']) {
  test(`without ${file} it says which file is missing`, async () => {
    rmSync(join(folder, file));
    const found = await problem();
    expect(found).toEqual({ kind: 'file_missing', file: join(folder, file) });
    expect(describeFinbertProblem(found)).toContain(`${file} is missing`);
  });
}

const wrong: readonly (readonly string[])[] = [
  ['positive', 'negative'],
  ['positive', 'negative', 'mixed'],
  ['LABEL_0', 'LABEL_1', 'LABEL_2'],
  ['positive', 'negative', 'neutral', 'neutral'],
  [],
];
for (const labels of wrong) {
  test(`labels ${labels.join(', ') || 'of none'} are refused before anything is loaded`, async () => {
    write('config.json', config(...labels));
    expect(await problem()).toMatchObject({ kind: 'wrong_labels' });
  });
}

test('a config that is no JSON is refused by its name', async () => {
  write('config.json', '{');
  expect(await problem()).toEqual({ kind: 'unreadable_config', file: join(folder, 'config.json') });
});

function hasPackage(): boolean {
  try {
    createRequire(import.meta.url).resolve('@huggingface/transformers');
    return true;
  } catch {
    return false;
  }
}

test.skipIf(hasPackage())('without the package it says how to install it (skipped where it is installed)', async () => {
  const found = await problem();
  expect(found).toMatchObject({ kind: 'package_missing' });
  expect(describeFinbertProblem(found)).toMatch(/npm install --no-save @huggingface\/transformers@\d/);
});

test.skipIf(!hasPackage())('a model that is none is refused (skipped: @huggingface/transformers is not installed)', async () => {
  expect(await problem()).toMatchObject({ kind: 'unusable_model' });
});
