import { expect, test } from 'vitest';
import { MINUTE_MS } from '#domain/values/instant';
import type { Fault, FaultKind, Profile, Restart } from '#tests/simulation/days/fault';
import { killPoints } from '#tests/simulation/days/fault';
import { live, type Outcome } from '#tests/simulation/days/outcome';
import { type Scenario, scenarioOf, sessionsOf } from '#tests/simulation/days/scenario';

const DAY = 1;
const KILL_EVERY_MS = 33 * MINUTE_MS;

const day = (seed: number, profile: Profile): Promise<Outcome> => live(scenarioOf(seed, { days: DAY, profile }));

/** A day on which only such things go wrong, as often as on ten days. */
const dayOf = (seed: number, kinds: readonly FaultKind[]): Scenario => {
  const whole = scenarioOf(seed, { days: DAY, profile: 'tenfold' });
  return { ...whole, faults: whole.faults.filter(({ kind }) => kinds.includes(kind)) };
};

test('a day on which nothing goes wrong ends with nothing to explain', async () => {
  const { broken, seen } = await day(1, 'none');
  expect(broken).toBeNull();
  expect(seen.missing(['order_filled', 'position_closed', 'order: stop stop protective_stop', 'day'])).toEqual([]);
});

test('I11 I12: the same seed gives the same journal, to the byte', async () => {
  const one = await day(7, 'tenfold');
  const other = await day(7, 'tenfold');
  expect(one.broken).toBeNull();
  expect(other.hash).toBe(one.hash);
});

test.each<readonly [what: string, kinds: readonly FaultKind[]]>([
  [
    'A1 A2 A3 A4 A5: submits whose fate is unknown',
    [
      'submit_lost_before',
      'submit_lost_after',
      'submit_error_before',
      'submit_error_after',
      'submit_cut',
      'submit_empty',
      'submit_html',
      'submit_slow',
    ],
  ],
  [
    'A6 A8 A17 D12: refused rates, late views, lists that cannot be read, fields that come and go',
    ['rate_burst', 'read_stale', 'read_error', 'read_cut', 'read_unreadable', 'schema_drift'],
  ],
  [
    'B3 B5 B6 B8 B9 B13 A14: legs, cancels and triggers that do not do as they should',
    [
      'legs_ignored',
      'leg_rejected',
      'rejected_later',
      'cancel_stuck',
      'fill_over_cancel',
      'both_legs_fill',
      'stop_by_replacement',
      'target_deadlock',
    ],
  ],
  [
    'C1 C2 C3 C4 C5 C6: news that come twice, late, shuffled or not at all, and lines that break',
    [
      'link_drop',
      'stream_mute',
      'stream_reset',
      'news_duplicate',
      'news_lost',
      'news_reordered',
      'news_late',
      'news_cut',
      'news_unknown_word',
    ],
  ],
  [
    'A15 A16 C7 D1 D2 D3 D5 D6 D7: what others do at the account',
    ['foreign_order', 'external_trade', 'position_deleted', 'liquidated', 'account_blocked', 'keys_expired', 'split'],
  ],
  [
    'A10 D8 D10 F9: entries that are refused in a row, names that are traded no more, trades taken back, bars that do not come',
    ['entries_refused', 'delisted', 'trade_busted', 'bars_missing'],
  ],
  [
    'E1 E5 E7 G4 G5 X2: clocks that jump, pauses, full disks, halts, a lost lease',
    ['clock_jump', 'pause', 'disk_full', 'halt', 'lease_lost'],
  ],
])('%s', async (_, kinds) => {
  const { broken, seen } = await live(dayOf(3, kinds));
  expect(broken).toBeNull();
  expect(seen.counts.get('day')).toBe(DAY);
  expect(kinds.some((kind) => seen.counts.has(`fault: ${kind}`))).toBe(true);
});

test.each<Restart>(['at_once', 'in_five_minutes'])(
  'G1 I20: a process that ends at every point of a command comes back to a book that agrees: %s',
  async (restart) => {
    const whole = scenarioOf(1, { days: DAY, profile: 'none' });
    const [, session] = sessionsOf(1, DAY);
    if (session === undefined) throw new Error('a day has a session');
    const faults = killPoints.map((point, place): Fault => {
      const at = session.open + (place + 1) * KILL_EVERY_MS;
      return { at, kind: 'kill', name: 0, a: 0, b: 0, point, restart };
    });
    const { broken, seen } = await live({ ...whole, faults });
    expect(broken).toBeNull();
    // A point that the day does not come by stays armed in the place of the next.
    expect(killPoints.filter((point) => seen.counts.has(`killed at ${point}`)).length).toBeGreaterThanOrEqual(6);
  },
);
