import { expect, test } from 'vitest';
import { MINUTE_MS } from '#domain/values/instant';
import type { Fault, FaultKind } from '#tests/simulation/days/fault';
import { live } from '#tests/simulation/days/outcome';
import { type Scenario, scenarioOf, sessionsOf } from '#tests/simulation/days/scenario';
import type { TakenOut } from '#tests/simulation/days/taken-out';

const SEED = 1;
const DAY = 1;

type EveryMs = Readonly<Partial<Record<FaultKind, number>>>;

/** A day on which such things go wrong again and again, as badly as they can: what is rare on other days meets everything here. */
function dayOf(everyMs: EveryMs): Scenario {
  const [, session] = sessionsOf(SEED, DAY);
  if (session === undefined) throw new Error('a day has a session');
  const faults: Fault[] = [];
  for (const [kind, every] of Object.entries(everyMs) as [FaultKind, number][])
    for (let at = session.open + every; at < session.close - 10 * MINUTE_MS; at += every)
      faults.push({ at, kind, name: 0, a: 1, b: 1, point: 'now', restart: 'at_once' });
  return { ...scenarioOf(SEED, { days: DAY, profile: 'none' }), faults: faults.sort((one, other) => one.at - other.at) };
}

/** Of the other defences the loss shows on any days (bad-days.full.test.ts). */
const rows: readonly [id: string, takenOut: Exclude<TakenOut, null>, everyMs: EveryMs, invariant: string][] = [
  ['X2', 'fencing', { lease_lost: 6 * MINUTE_MS }, 'I10'],
  ['A8', 'quarantine', { submit_lost_after: 3 * MINUTE_MS, stream_mute: 2 * MINUTE_MS, read_stale: 20_000 }, 'I9'],
  ['D4', 'settle_window', { read_stale: 10_000 }, 'I3'],
  ['B4', 'cancel_again', { rate_burst: 47 * MINUTE_MS, stop_trading: 47 * MINUTE_MS, clear_stop: 10 * MINUTE_MS }, 'I16'],
];

test.each(rows)(
  '%s: without %s such a day breaks an invariant, and with it none',
  { timeout: 60_000 },
  async (_, takenOut, everyMs, invariant) => {
    const day = dayOf(everyMs);
    expect((await live(day, { takenOut })).broken?.invariant).toBe(invariant);
    expect((await live(day)).broken).toBeNull();
  },
);
