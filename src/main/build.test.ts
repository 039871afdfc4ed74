import { mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { thisBuild } from '#main/build';

test('K4: a build has another name as soon as a byte or a name of its files is another, and none because of its tests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'build-'));
  mkdirSync(join(folder, 'main'));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return thisBuild(folder);
  };
  const first = write('main/a.js', '1');
  expect(first).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{12}$/);
  expect(write('main/a.test.js', '1')).toBe(first);
  const other = write('main/a.js', '2');
  expect(other).not.toBe(first);
  renameSync(join(folder, 'main/a.js'), join(folder, 'a.js'));
  expect(thisBuild(folder)).not.toBe(other);
});
