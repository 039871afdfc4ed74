import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ScratchFile } from '#adapters/headlines/scratch-file';

const before = process.env['TMPDIR'];
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scratch-'));
  process.env['TMPDIR'] = folder;
});
afterEach(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  rmSync(folder, { recursive: true });
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('what was put aside is read back, in any order and as often as one likes', () => {
  const scratch = new ScratchFile();
  const blocks = ['one', 'zwei', 'très'].map((text) => scratch.put(bytes(text)));
  for (const place of [2, 0, 1, 2]) {
    const block = blocks[place];
    const read = block?.ok ? scratch.read(block.value) : null;
    expect(read?.ok && read.value.toString()).toBe(['one', 'zwei', 'très'][place]);
  }
  scratch.close();
});

test('nothing lies in the folder for temporary files, neither while it is used nor after it', () => {
  const scratch = new ScratchFile();
  expect(scratch.put(bytes('secret'))).toMatchObject({ ok: true });
  expect(readdirSync(folder)).toEqual([]);
  scratch.close();
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that is not there, or is none, is weather with its path', () => {
  const missing = join(folder, 'missing');
  process.env['TMPDIR'] = missing;
  expect(new ScratchFile().put(bytes('x'))).toEqual({ ok: false, problem: { kind: 'unusable_scratch', folder: missing, code: 'ENOENT' } });
  const file = join(folder, 'file');
  writeFileSync(file, '');
  process.env['TMPDIR'] = file;
  expect(new ScratchFile().put(bytes('x'))).toEqual({ ok: false, problem: { kind: 'unusable_scratch', folder: file, code: 'ENOTDIR' } });
});

test('a file that was never used closes like any other', () => {
  new ScratchFile().close();
  expect(readdirSync(folder)).toEqual([]);
});
