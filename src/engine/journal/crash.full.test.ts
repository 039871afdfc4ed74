import { expect, test } from 'vitest';
import { killedWriters } from '#engine/journal/testing/killed-writers';

test('no committed entry is lost in twenty kills of one journal', async () => {
  const rounds = await killedWriters(20);
  expect(rounds.filter(({ reported, kept, keptAfterOpen }) => kept < reported || keptAfterOpen !== kept)).toEqual([]);
  expect(rounds.at(-1)?.kept).toBeGreaterThan(1000);
});
