import { describe, expect, test } from 'vitest';
import type { DecisionRecord } from '#domain/decisions/decision-record';
import type { Event } from '#domain/events/event';
import type { AssetStatus } from '#domain/events/market';
import type { OrderId } from '#domain/orders/order';
import type { StopLevel } from '#domain/risk/stop-level';
import type { Choice } from '#domain/session/question';
import { defaultSettings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { symbolIndex } from '#domain/values/symbol';
import { at, changedTo, opened } from '#tests/one-service';
import { only, pnlOf, ToldDay } from './told-day.js';

const halt = (level: StopLevel): Event => ({ kind: 'halt_ordered', reason: 'requested', level, pnl: cash(0), limit: cash(0) });
const is = (status: AssetStatus, name = 0): Event => ({ kind: 'asset_status_changed', symbol: symbolIndex(name), status });
const close = (name: number): Event => ({
  kind: 'close_requested',
  symbol: symbolIndex(name),
  because: 'tired',
  code: null,
  by: 'ann',
  from: 'person',
});
const reasonOf = (record: DecisionRecord, choice: Choice) => record.roads.find((road) => road.choice === choice)?.outcome?.reason;

describe('the shadow of an entry that was declined at 10:01', () => {
  /** It would fill at 10:02 and reach its target at 11:00. */
  const declined = (say: (day: ToldDay) => void): DecisionRecord => {
    const day = new ToldDay(259, '11:00');
    day.declines();
    say(day);
    return only(day.ends(), 'entry');
  };
  const later = (event: Event, clock = '10:30') =>
    declined((day) => {
      day.runsTo(clock);
      day.says(event, at(clock));
    });

  test('reaches its target when nobody says anything', () => {
    expect(
      reasonOf(
        declined(() => {}),
        'enter',
      ),
    ).toBe('profit_target');
  });

  test.each<readonly [level: StopLevel, clock: string, reason: string | null]>([
    ['pause_entries', '10:30', 'profit_target'],
    ['cancel_entries', '10:30', 'profit_target'],
    ['cancel_entries', '10:01', null],
    ['flatten', '10:30', 'emergency_stop'],
    ['suspend', '10:30', 'emergency_stop'],
  ])('hears a later halt as every position of the day does: %s at %s', (level, clock, reason) => {
    expect(reasonOf(later(halt(level), clock), 'enter')).toBe(reason);
  });

  test('hears an answer to a warning that closes everything', () => {
    const answer = { question: 1, subject: 'loss_warning', intent: 0, settlement: 'answered', choice: 'close_all' } as const;
    const settled: Event = { kind: 'question_settled', ...answer, override: true, by: 'ann', because: 'enough', code: null };
    expect(reasonOf(later(settled), 'enter')).toBe('operator_close');
  });

  test('hears settings that change later', () => {
    const soon = { ...defaultSettings, exits: { ...defaultSettings.exits, timeStopMinutes: 45 } };
    const day = new ToldDay(259, '11:00');
    day.declines();
    day.runsTo('10:05');
    day.says(changedTo(soon), at('10:05'));
    expect(reasonOf(only(day.ends(), 'entry'), 'enter')).toBe('time_stop');
  });

  test('is held up by a halt in its name, and not in another', () => {
    const flattened = (name: number) =>
      declined((day) => {
        day.runsTo('10:20');
        day.says(is('halted', name), at('10:20'));
        day.says(halt('flatten'), at('10:20'));
        day.runsTo('10:40');
        day.says(is('trading', name), at('10:40'));
      });
    const minutes = (record: DecisionRecord) => record.roads.find(({ choice }) => choice === 'enter')?.outcome?.minutes;
    expect(minutes(flattened(1))).toBe(19);
    expect(minutes(flattened(0))).toBeGreaterThan(35);
  });

  test.each(['this morning', 'the session before'])('is held up by a halt in its name of %s that goes on', (since) => {
    const day = new ToldDay(259, '11:00');
    day.says(is('halted'), at('09:30'));
    if (since === 'the session before') day.says(opened(2, { listed: false }), at('09:30'));
    day.declines();
    day.runsTo('10:20');
    day.says(halt('flatten'), at('10:20'));
    day.runsTo('10:40');
    day.says(is('trading'), at('10:40'));
    const entering = only(day.ends(), 'entry').roads.find(({ choice }) => choice === 'enter');
    expect(entering?.outcome?.minutes).toBeGreaterThan(35);
  });

  test('takes no harm from a halt in its name that was over by then', () => {
    const day = new ToldDay(259, '11:00');
    day.runsTo('09:40');
    day.says(is('halted'), at('09:40'));
    day.says(is('trading'), at('09:50'));
    day.declines();
    expect(reasonOf(only(day.ends(), 'entry'), 'enter')).toBe('profit_target');
  });
});

describe('of two names that are held', () => {
  /** Both gain when the warning comes at 10:05, the second is closed by hand two minutes later, the first is kept until 13:30. */
  function twoNames(): readonly DecisionRecord[] {
    const day = new ToldDay(244.3, '13:00', true);
    const [first, second] = [day.enters(0), day.enters(1)];
    day.runsTo('10:02');
    day.fills(first, 'buy', '10:02', 242.5);
    day.fills(second, 'buy', '10:02', 242.5, 1);
    day.runsTo('10:05');
    day.says({ kind: 'loss_warned', pnl: cash(-1), limit: cash(1), share: 0.75 }, at('10:05'));
    day.runsTo('10:07');
    day.says(close(1), at('10:07'));
    day.leaves(second, '10:08', 242.6, 1);
    day.runsTo('11:55');
    const question = day.asks('time_stop', first, '11:55', '12:00', ['close', 'keep']);
    day.settles(question, '12:00', { subject: 'time_stop', intent: first, choice: 'keep' });
    day.leaves(first, '13:30', 244.3);
    return day.ends();
  }
  const records = twoNames();

  test('closing the second is a decision about the second, and its shadow goes on', () => {
    const closed = only(records, 'close');
    expect(closed.symbol).toBe(1);
    expect(reasonOf(closed, 'keep')).toBe('time_stop');
  });

  test('the shadow of the first is not closed with the second', () => {
    expect(reasonOf(only(records, 'time_stop'), 'close')).toBe('time_stop');
  });

  test('the road on which neither was a loser hears what was said to each of them later, and to no other', () => {
    const warned = only(records, 'loss_warning');
    expect(pnlOf(warned, 'hold')).toBe(1_800_000 + 100_000);
    expect(Math.abs((pnlOf(warned, 'close_losers') ?? 0) - 1_900_000)).toBeLessThan(200_000);
  });
});

describe('a close that somebody asks for', () => {
  test('and that is refused was no decision, and no shadow hears it', () => {
    const day = new ToldDay(233);
    const intent = day.holds();
    day.runsTo('11:00');
    day.says(close(0), at('11:00'), 77);
    day.says({ kind: 'request_refused', request: 77, by: 'ann', fault: 'no_reason', subject: 0, detail: '' }, at('11:00'));
    day.says(halt('flatten'), at('12:30'));
    day.leaves(intent, '12:31', 238);
    const records = day.ends();
    expect(records.filter(({ kind }) => kind === 'close')).toEqual([]);
    expect(reasonOf(only(records, 'halt'), 'hold')).not.toBe('operator_close');
  });

  test('takes an entry that has not filled with it: kept, it would have filled', () => {
    const day = new ToldDay(259, '11:00');
    const intent = day.enters();
    day.says(close(0), at('10:00'));
    const entry = { id: `${intent}-buy` as OrderId, intent, role: 'entry' };
    day.says({ kind: 'order_requested', order: entry } as unknown as Event, at('10:00'));
    day.says({ kind: 'order_cancelled', order: entry.id } as Event, at('10:01'));
    const decision = only(day.ends(), 'close');
    expect(pnlOf(decision, 'close')).toBe(0);
    expect(reasonOf(decision, 'keep')).toBe('profit_target');
  });
});

test('a halt that cancels entries is laid beside the entries that it cancelled', () => {
  const day = new ToldDay(259, '11:00');
  day.enters();
  day.says(halt('cancel_entries'), at('10:00'));
  const decision = only(day.ends(), 'halt');
  expect(decision.chosen).toBe('decline');
  expect(reasonOf(decision, 'enter')).toBe('profit_target');
});

test('a position that was gone before its question ended had no other road', () => {
  const day = new ToldDay(244.3);
  const intent = day.holds();
  day.runsTo('11:55');
  const question = day.asks('time_stop', intent, '11:55', '12:00', ['close', 'keep']);
  day.leaves(intent, '11:57', 238);
  day.settles(question, '11:57', { subject: 'time_stop', intent, choice: 'close', settlement: 'withdrawn', override: false, by: '' });
  const decision = only(day.ends(), 'time_stop');
  expect(pnlOf(decision, 'keep')).toBe(pnlOf(decision, 'close'));
  expect(decision.judgement).toMatchObject({ grade: 'right', avoidedLoss: 0, missedGain: 0 });
});

test('what is asked about the whole book tells the hour, the books and the market', () => {
  const day = new ToldDay(233);
  const intent = day.holds();
  day.runsTo('11:00');
  day.asks('loss_warning', 0, '11:00', '11:05', ['hold', 'close_losers', 'close_all']);
  day.leaves(intent, '13:01', 234);
  const { snapshot } = only(day.ends(), 'loss_warning');
  expect(snapshot.features.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['phase', 'minute_of_day', 'day_pnl', 'open_positions', 'losses_in_a_row']),
  );
  expect(snapshot.positions).toMatchObject([{ availableAt: at('11:00') }]);
});
