import { expect, test } from 'vitest';
import { MINUTE_MS } from '#domain/values/instant';
import type { Fault } from '#tests/simulation/days/fault';
import { live } from '#tests/simulation/days/outcome';
import { type Scenario, scenarioOf, sessionsOf } from '#tests/simulation/days/scenario';

const DAYS = 2;
const TOLD = 0;
const NEVER_TOLD = 1;

/** The process ends with shares in the book, and in the night each name is split two for one. */
function nightOf(seed: number, told: number): Scenario {
  const [, first, second] = sessionsOf(seed, DAYS);
  if (first === undefined || second === undefined) throw new Error('two days have two sessions');
  const whole = scenarioOf(seed, { days: DAYS, profile: 'none' });
  const common = { a: told, b: 0, point: 'now', restart: 'after_the_close' } as const;
  const splits = Array.from(
    { length: whole.names },
    (_, name): Fault => ({ ...common, at: second.preOpen - 30 * MINUTE_MS, kind: 'split', name }),
  );
  return { ...whole, faults: [{ ...common, at: first.close - 40 * MINUTE_MS, kind: 'kill', name: 0 }, ...splits] };
}

test.each([
  ['a house that begins in the morning', 1],
  ['one that goes on over night', 3],
])('D7: a split over night that is told is counted once, in shares and in money: %s', { timeout: 60_000 }, async (_, seed) => {
  const { broken, seen } = await live(nightOf(seed, TOLD));
  expect(broken).toBeNull();
  expect(seen.missing(['split_took_effect', 'pnl compared after a split'])).toEqual([]);
  expect(seen.counts.get('position_adjusted')).toBeUndefined();
});

test('D7: one that nobody tells shuts the name, and what is held stays protected', { timeout: 60_000 }, async () => {
  const { broken, seen } = await live(nightOf(3, NEVER_TOLD));
  expect(broken).toBeNull();
  expect(seen.missing(['adjusted: external_trade', 'name_quarantined', 'cover_missing'])).toEqual([]);
  expect(seen.counts.get('split_took_effect')).toBeUndefined();
});
