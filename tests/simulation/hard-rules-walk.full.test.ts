import { expect, test } from 'vitest';
import { Occurrences } from './occurrences.js';
import { walk } from './walk/walk.js';

const WALKS = 60;
const STEPS = 2_500;
const given = process.env['CATALYST_SEED'];
const first = Number(given ?? Date.now() % 1_000_000_007);

/** Without these the walks have not tried what they are for. */
const mustOccur = [
  ...['session', 'restart', 'win', 'loss', 'partial entry', 'whole entry', 'five at once', 'halved after three losses'],
  ...['the loss passed its limit', 'halt: daily_loss flatten', 'flatten with open positions', 'halted', 'daily_loss_passed'],
  ...['entries_closed', 'phase_entries_used', 'too_many_positions', 'position_in_symbol', 'short_not_allowed', 'size_is_zero'],
  ...['entry in opening range', 'entry in morning', 'entry in midday', 'entry in power hour'],
];

test(`no path of ${WALKS * STEPS} random steps passes the hard rules (CATALYST_SEED=${first})`, () => {
  const seen = new Occurrences();
  for (let seed = first; seed < first + WALKS; seed++) seen.take(walk(seed, STEPS));
  expect(seen.missing(mustOccur)).toEqual([]);
});
