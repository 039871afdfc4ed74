import fc from 'fast-check';
import { expect, test } from 'vitest';
import { madeUpDays, runMadeUpDays } from './made-up-days.js';
import { Occurrences } from './occurrences.js';

const RUNS = 450;
const seed = Number(process.env['CATALYST_SEED'] ?? Date.now() % 1_000_000_007);

/** Without these the rules have not been tried. The other refusals cannot come about in a run: the workflow asks for nothing then. */
const mustOccur = [
  ...['loss_warned', 'halt: daily_loss', 'halt: requested', 'halt with open positions'],
  ...['phase_entries_used', 'too_many_positions', 'position_in_symbol', 'stop_too_far', 'reward_too_small', 'open_risk_used'],
  ...['correlated', 'correlation_unknown', 'no_buying_power', 'size_is_zero'],
  ...['partial fill of entry', 'partial fill of stop', 'partial fill of target', 'partial fill of exit'],
  ...['stop_first', 'gap', 'same_bar', 'at_close', 'no_market', 'a closing fill crossed our cancel'],
  ...['entry in opening range', 'entry in morning', 'entry in midday', 'entry in power hour'],
  ...['five positions', 'halved after three losses', 'win', 'loss', 'exit: limit', 'exit: market'],
  ...['order: break_even', 'order: trailing_stop', 'order: time_stop', 'gained enough to stay', 'warned at 0.75', 'warned at 0.9'],
  ...['cancel: entry_stale', 'cancel: flat_by_close', 'cancel: emergency_stop'],
];

test(`the hard rules hold in every minute of ${RUNS * 10} made-up sessions, and each of them was really tried (CATALYST_SEED=${seed})`, async () => {
  const seen = new Occurrences();
  const property = fc.asyncProperty(madeUpDays, async (days) => {
    await runMadeUpDays(days, seen);
  });
  await fc.assert(property, { numRuns: RUNS, seed, endOnFailure: true });
  expect(seen.missing(mustOccur)).toEqual([]);
});
