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
  ...['passed: daily_loss', 'passed: weekly_loss', 'passed: drawdown', 'flatten with open positions', 'warned at 0.75', 'warned at 0.9'],
  ...['halt: daily_loss flatten', 'halt: weekly_loss flatten', 'halt: drawdown flatten', 'halt: repeated_execution pause_entries'],
  ...['halt: requested pause_entries', 'halt: requested cancel_entries', 'halt: requested flatten', 'halt: requested suspend'],
  ...['stop cleared', 'a hidden stop is told', 'suspend_requested', 'resume_requested'],
  ...['a report', 'a worse report', 'a report too far off', 'held and halted', 'held and trading'],
  ...['entries_closed', 'phase_entries_used', 'too_many_positions', 'position_in_symbol', 'short_not_allowed', 'size_is_zero'],
  ...[
    'halted',
    'daily_loss_passed',
    'weekly_loss_passed',
    'drawdown_passed',
    'account_disagrees',
    'protection_missing',
    'approval_outgrown',
  ],
  ...['entry in opening range', 'entry in morning', 'entry in midday', 'entry in power hour'],
  ...['asked: entry', 'asked: loss_warning', 'asked: time_stop', 'entered by an answer', 'a place that a question holds'],
  ...[
    'settled: entry answered enter',
    'settled: entry answered decline',
    'settled: entry expired decline',
    'settled: entry withdrawn decline',
  ],
  ...['settled: loss_warning expired hold', 'settled: time_stop expired close', 'a person chose keep', 'kept beyond its time'],
  ...['refused: too_late', 'refused: already_answered', 'refused: changed_terms', 'refused: unknown_question', 'refused: not_permitted'],
  ...['refused: not_a_person', 'refused: no_reason', 'refused: nothing_to_clear', 'refused: ends_with_the_session', 'refused: no_position'],
  ...[
    'a looser value waits',
    'loosened by a person',
    'tightened',
    'refused: bad_value',
    'refused: unknown_parameter',
    'refused: unknown_change',
  ],
  ...['order: break_even', 'order: trailing_stop', 'order: time_stop', 'order: operator_close', 'order: flat_by_close'],
  ...['order: emergency_stop', 'order: protection_missing', 'gained enough to stay'],
];

test(`no path of ${WALKS * STEPS} random steps passes the hard rules (CATALYST_SEED=${first})`, () => {
  const seen = new Occurrences();
  for (let seed = first; seed < first + WALKS; seed++) seen.take(walk(seed, STEPS));
  expect(seen.missing(mustOccur)).toEqual([]);
});
