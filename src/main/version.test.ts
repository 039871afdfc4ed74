import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { version } from '#main/version';

test('the version in a journal is that of the package', () => {
  const { version: packaged } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  expect(version).toBe(packaged);
});
