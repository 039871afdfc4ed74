import { afterEach, expect, test } from 'vitest';
import { endChildren } from '../journeys/running-day.js';
import { killMany } from './kill-many.js';

afterEach(endChildren);

/** CATALYST_KILLS says how many; each takes some seconds. */
const kills = Number(process.env['CATALYST_KILLS'] ?? 4);
const seed = Number(process.env['CATALYST_KILL_SEED'] ?? 1);

test(`I20: after each of ${kills} kills at any moment a day goes on within 20 seconds`, { timeout: 60_000 + kills * 30_000 }, async () => {
  const killed = await killMany(kills, seed, kills > 8 ? console.log : undefined);
  const sorted = [...killed.readyMs].sort((a, b) => a - b);
  const longest = sorted.at(-1) ?? 0;
  if (kills > 8) console.log({ ...killed, readyMs: { starts: sorted.length, median: sorted[sorted.length >> 1], longest } });
  expect(killed.kills).toBe(kills);
  expect(longest).toBeLessThan(20_000);
});
