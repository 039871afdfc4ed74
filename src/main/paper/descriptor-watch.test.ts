import { closeSync, openSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Descriptors, DescriptorWatch, descriptorsOfProcess } from '#main/paper/descriptor-watch';

const MINUTE = 60_000;

test('G8: seventy of a hundred are told of, once, and again after there were fewer than sixty', () => {
  const counts = [69, 70, 99, 60, 75, 59, 70];
  const watch = new DescriptorWatch(() => ({ open: counts.shift() ?? 0, most: 100 }) satisfies Descriptors);
  const told = Array.from({ length: 7 }, (_, minute) => watch.look(minute * MINUTE));
  expect(told.map((line) => line?.match(/\d+/)?.[0] ?? null)).toEqual([null, '70', null, null, null, null, '70']);
});

test('it is counted once a minute', () => {
  let counted = 0;
  const watch = new DescriptorWatch(() => {
    counted++;
    return null;
  });
  for (const ms of [0, 1, MINUTE - 1, MINUTE, 2 * MINUTE - 1]) expect(watch.look(ms)).toBeNull();
  expect(counted).toBe(2);
});

test.runIf(process.platform === 'linux')('G8: what is opened is counted, and what is closed is not', () => {
  const before = descriptorsOfProcess();
  const files = Array.from({ length: 20 }, () => openSync('/dev/null', 'r'));
  const during = descriptorsOfProcess();
  for (const file of files) closeSync(file);
  const after = descriptorsOfProcess();
  expect([during?.open, after?.open].map((open) => (open ?? 0) - (before?.open ?? 0))).toEqual([20, 0]);
  expect(during?.most).toBeGreaterThan(during?.open ?? 0);
});
