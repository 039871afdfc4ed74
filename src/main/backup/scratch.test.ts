import { chownSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endLeftDrills } from '#main/backup/database-part';
import { withScratch } from '#main/backup/scratch';
import { newFolder } from '#main/backup/testing/backed-up';

/** Above what any machine gives to a process. */
const DEAD = 2 ** 30;

test('what a killed backup and a killed drill left is removed', async () => {
  const place = newFolder();
  const left = [`catalyst-scratch-${DEAD}-abc`, `catalyst-drill-${DEAD}-abc`].map((name) => join(place, name));
  for (const each of left) mkdirSync(join(each, 'server'), { recursive: true });
  await endLeftDrills(place);
  await withScratch(place, () => {});
  expect(left.filter((path) => existsSync(path))).toEqual([]);
});

test('a link of that name is not followed, and what a living process has stays', async () => {
  const place = newFolder();
  const elsewhere = newFolder();
  mkdirSync(join(elsewhere, 'kept'));
  symlinkSync(elsewhere, join(place, `catalyst-scratch-${DEAD}-abc`));
  const ours = join(place, `catalyst-drill-${process.pid}-abc`);
  mkdirSync(ours);
  await endLeftDrills(place);
  await withScratch(place, () => {});
  expect([join(elsewhere, 'kept'), ours].map((path) => existsSync(path))).toEqual([true, true]);
});

// Only root can make a folder that is another's.
test.skipIf(process.geteuid?.() !== 0)('what another user calls so is his, and stops no backup', async () => {
  const place = newFolder();
  const his = join(place, `catalyst-scratch-${DEAD}-abc`);
  mkdirSync(his);
  chownSync(his, 65_534, 65_534);
  await withScratch(place, () => {});
  expect(existsSync(his)).toBe(true);
});
