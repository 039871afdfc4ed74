import { describe, expect, test } from 'vitest';
import type { Event, EventOf } from '#domain/events/event';
import { type ChosenCandidate, type DropReason, dropBit } from '#domain/events/funnel';
import type { Mode } from '#domain/market/trading-day';
import { noRecord, type PatternKind } from '#domain/patterns/setup';
import type { Refusal } from '#domain/risk/refusal';
import type { HaltReason } from '#domain/risk/stop-level';
import { defaultSettings, type Settings } from '#domain/settings';
import { firstStamp } from '#domain/settings-stamp';
import { cash } from '#domain/values/cash';
import type { Price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { hashOfState } from '#engine/state-hash';
import { workflow } from '#production/workflow/workflow';
import { type Bar, chance, columns, still } from '#tests/bar-columns';
import { Alone, at, changedTo, closed, intentOf, minuteOf, of, opened } from '#tests/one-service';

const setups = (clock: string, symbols: readonly number[], pattern: PatternKind = 'bull_flag'): EventOf<'setups_found'> => ({
  kind: 'setups_found',
  scan: 1,
  minute: minuteOf(clock),
  kept: symbols.map((s) => ({
    symbol: symbolIndex(s),
    score: 100 - s,
    pattern,
    entry: 1_000_000 as Price,
    stop: 980_000 as Price,
    target: 1_040_000 as Price,
    confidence: 0.7,
    invalidation: 970_000,
    volumeConfirmed: true,
    record: noRecord,
    drawing: [],
    atr: 10_000,
    support: 0,
    minuteShares: 1009,
  })),
  dropped: { symbols: [], reasons: [] },
});

function openDay(mode: Mode = 'normal'): Alone {
  const alone = new Alone(workflow());
  alone.sees({ kind: 'run_started', settings: { ...defaultSettings, mode }, source: 'simulated_market', version: 'test' });
  alone.sees(opened(10));
  return alone;
}
const wanted = (said: readonly Event[]): readonly number[] => of(said, 'intent_formed').map(({ intent }) => intent.symbol);
const reasons = (said: readonly Event[]): readonly number[] => of(said, 'intents_chosen')[0]?.dropped.reasons ?? [];
const mask = (reason: DropReason): number => dropBit(reason);

test.each<readonly [clock: string, mode: Mode, open: boolean]>([
  ['09:20', 'normal', false],
  ['09:27', 'aggressive', false],
  ['09:31', 'normal', true],
  ['09:31', 'conservative', false],
  ['09:45', 'conservative', true],
  ['11:29', 'normal', true],
  ['11:30', 'conservative', false],
  ['13:59', 'normal', true],
  ['14:00', 'conservative', true],
  ['15:29', 'normal', true],
  ['15:30', 'aggressive', false],
  ['15:59', 'normal', false],
])('at %s in the mode %s entries are wanted: %s', (clock, mode, open) => {
  const said = openDay(mode).sees(setups(clock, [1]));
  expect(wanted(said)).toEqual(open ? [1] : []);
  if (!open) expect(reasons(said)).toEqual([mask('entries_closed')]);
});

test.each([
  ['14:59', true],
  ['15:00', false],
])('where the way out begins an hour before the close, entries are wanted at %s: %s', (clock, open) => {
  const alone = openDay();
  alone.sees(changedTo({ ...defaultSettings, exits: { ...defaultSettings.exits, limitBeforeClose: 60 } }));
  const said = alone.sees(setups(clock, [1]));
  expect(wanted(said)).toEqual(open ? [1] : []);
  expect(reasons(said)).toEqual(open ? [] : [mask('entries_closed')]);
});

test('before the first session nothing is wanted', () => {
  expect(reasons(new Alone(workflow()).sees(setups('10:00', [1])))).toEqual([mask('entries_closed')]);
});

test('five are wanted at most, the best first', () => {
  const said = openDay().sees(setups('10:00', [7, 3, 1, 2, 5, 4, 6]));
  expect(wanted(said)).toEqual([1, 2, 3, 4, 5]);
  expect(reasons(said)).toEqual([mask('ranked_below'), mask('ranked_below')]);
});

const approvedIn = (symbol: number): Event =>
  ({ kind: 'intent_approved', intent: 1, order: { symbol: symbolIndex(symbol) } }) as unknown as EventOf<'intent_approved'>;
const refusedFor = (symbol: number, ...refusals: readonly [Refusal, ...Refusal[]]): Event => ({
  kind: 'intent_refused',
  intent: 1,
  symbol: symbolIndex(symbol),
  side: 'buy',
  refusals,
  stop: 980_000 as Price,
  shares: 0,
  stamp: firstStamp(defaultSettings),
});

test.each<readonly [what: string, verdict: Event, again: readonly number[]]>([
  ['one that was approved is tried once a day', approvedIn(1), []],
  ['one whose target is too near is not asked for again', refusedFor(1, { kind: 'reward_too_small', ratio: 1, min: 1.5 }), []],
  ['one whose stop is too far neither', refusedFor(1, { kind: 'stop_too_far', distance: 0.06, max: 0.05 }), []],
  [
    'one that is refused for several reasons neither, when one of them stays',
    refusedFor(1, { kind: 'too_many_positions', held: 5, max: 5 }, { kind: 'reward_too_small', ratio: 1, min: 1.5 }),
    [],
  ],
  ['one that found the book full may come again', refusedFor(1, { kind: 'too_many_positions', held: 5, max: 5 }), [1]],
])('of setups: %s', (_, verdict, again) => {
  const alone = openDay();
  expect(wanted(alone.sees(setups('10:00', [1])))).toEqual([1]);
  alone.sees(verdict);
  const said = alone.sees(setups('10:05', [1]));
  expect(wanted(said)).toEqual(again);
  expect(reasons(said)).toEqual(again.length > 0 ? [] : [mask('already_tried')]);
  expect(wanted(alone.sees(setups('10:05', [1], 'opening_range_breakout')))).toEqual([1]);
  alone.sees(opened(10, { listed: false }));
  expect(wanted(alone.sees(setups('10:00', [1])))).toEqual([1]);
});

test.each<readonly [reason: HaltReason, cleared: boolean, nextDay: boolean, nextWeek: boolean]>([
  ['daily_loss', false, true, true],
  ['weekly_loss', false, false, true],
  ['requested', true, false, false],
  ['drawdown', true, false, false],
  ['repeated_execution', true, false, false],
])('after a halt (%s) nothing is wanted; it ends when cleared: %s, with its day: %s, with its week: %s', (reason, ...ends) => {
  const halt = { kind: 'halt_ordered', reason, level: 'flatten', pnl: cash(0), limit: cash(0) } as const;
  const opening = (date: string) => ({ ...opened(10, { listed: false }), date: date as SessionDate });
  const after: readonly Event[] = [{ kind: 'stop_cleared', by: 'ann', because: 'checked' }, opening('2018-03-18'), opening('2018-03-19')];
  for (const [place, event] of after.entries()) {
    const alone = openDay();
    alone.sees(halt);
    expect(reasons(alone.sees(setups('10:00', [1])))).toEqual([mask('entries_closed')]);
    alone.sees(event);
    expect(wanted(alone.sees(setups('10:00', [1]))).length > 0).toBe(ends[place]);
  }
});

test('an intent asks for no more than a fifth of what usually trades in a minute, in whole shares', () => {
  const [formed] = of(openDay().sees(setups('10:00', [1])), 'intent_formed');
  expect(formed?.intent).toMatchObject({ side: 'buy', limit: 1_000_000, target: 1_040_000, liquidShares: 201 });
});

/** Prices of names that move as `mix` of the steps of two unrelated sources, five minutes after five minutes of so many sessions. */
function learnt(alone: Alone, mixes: readonly (readonly [number, number])[], sessions: number): void {
  const next = chance(7);
  const level = mixes.map(() => 1_000_000);
  for (let session = 0; session < sessions; session++) {
    alone.sees(opened(mixes.length, { history: true, listed: session === 0 }));
    for (let minute = 575; minute <= 960; minute += 5) {
      const steps = [next() - 0.5, next() - 0.5] as const;
      for (const [s, [one, two]] of mixes.entries())
        level[s] = Math.round((level[s] ?? 0) * (1 + 0.01 * (one * steps[0] + two * steps[1])));
      const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      alone.seesBars(
        clock,
        level.map((price): Bar => still(price)),
      );
    }
    alone.sees(closed());
  }
}
const picksOf = (said: readonly Event[]): readonly ChosenCandidate[] => of(said, 'intents_chosen')[0]?.kept ?? [];

test('one that moves as a better one does is dropped; the highest correlation with a better one is told', () => {
  const alone = new Alone(workflow());
  // 1 is the twin of 0; 2 is half of each source, 0.71 with both; 3 is the other source; 4 is mostly so.
  learnt(
    alone,
    [
      [1, 0],
      [1, 0],
      [0.6, 0.8],
      [0, 1],
      [0.3, 0.1],
    ],
    2,
  );
  alone.sees(opened(5, { listed: false }));
  const said = alone.sees(setups('10:00', [0, 1, 2, 3, 4]));
  const [chosen] = of(said, 'intents_chosen');
  expect(wanted(said)).toEqual([0, 2]);
  expect(chosen?.dropped).toEqual({
    symbols: [1, 3, 4],
    reasons: [mask('correlated_with_better'), mask('correlated_with_better'), mask('correlated_with_better')],
  });
  expect(picksOf(said)[0]?.correlation).toBe(0);
  expect(picksOf(said)[1]?.correlation).toBeGreaterThan(0.4);
  expect(picksOf(said)[1]?.correlation).toBeLessThan(0.7);
});

test('one that fell out itself keeps nobody else out, and only a better one counts', () => {
  const alone = new Alone(workflow());
  learnt(
    alone,
    [
      [1, 0],
      [0.75, 0.66],
      [0, 1],
    ],
    2,
  );
  alone.sees(opened(3, { listed: false }));
  // 0 and 1 move alike, 1 and 2 nearly so, 0 and 2 not at all.
  expect(wanted(alone.sees(setups('10:00', [0, 1, 2])))).toEqual([0, 2]);
  expect(wanted(alone.sees(setups('10:00', [1])))).toEqual([1]);
});

test.each<readonly [what: string, prepare: (alone: Alone) => void]>([
  [
    'too few common points are unknown, and unknown drops nobody here',
    (alone) =>
      learnt(
        alone,
        [
          [1, 0],
          [1, 0],
        ],
        1,
      ),
  ],
  [
    'a split forgets how a name moved',
    (alone) => {
      learnt(
        alone,
        [
          [1, 0],
          [1, 0],
        ],
        2,
      );
      alone.sees(opened(2, { listed: false }));
      alone.sees({ kind: 'split_took_effect', symbol: symbolIndex(1), ratio: 2 });
      alone.sees(closed());
    },
  ],
])('%s', (_, prepare) => {
  const alone = new Alone(workflow());
  prepare(alone);
  alone.sees(opened(2, { listed: false }));
  const said = alone.sees(setups('10:00', [0, 1]));
  expect(wanted(said)).toEqual([0, 1]);
  expect(picksOf(said).map(({ correlation }) => correlation)).toEqual([0, 0]);
});

test('what is unknown beside another name says nothing of one that is known to move against it', () => {
  const alone = new Alone(workflow());
  const mixes = [
    [1, 0],
    [0, 1],
    [-1, 0.3],
  ] as const;
  learnt(alone, mixes, 2);
  alone.sees({ kind: 'split_took_effect', symbol: symbolIndex(1), ratio: 2 });
  alone.sees(opened(3, { listed: false }));
  const correlations = picksOf(alone.sees(setups('10:00', [0, 1, 2]))).map(({ correlation }) => correlation);
  expect(correlations.slice(0, 2)).toEqual([0, 0]);
  expect(correlations[2]).toBeLessThan(-0.5);
});

test('a place that a correlated name leaves goes to the next best', () => {
  const alone = new Alone(workflow());
  learnt(alone, [...Array.from({ length: 2 }, (): [number, number] => [1, 0])], 2);
  alone.sees(opened(5, { listed: true }));
  const said = alone.sees(setups('10:00', [0, 1, 2, 3, 4, 5, 6]));
  expect(wanted(said)).toEqual([0, 2, 3, 4, 5]);
  expect(reasons(said)).toEqual([mask('correlated_with_better'), mask('ranked_below')]);
});

test('one that was asked about is tried for the day, whatever the answer, and nothing else of its name is wanted meanwhile', () => {
  const alone = new Alone(workflow());
  const settings: Settings = { ...defaultSettings, session: { ...defaultSettings.session, control: 'supervised' } };
  alone.sees({ kind: 'run_started', settings, source: 'simulated_market', version: 'test' });
  alone.sees(opened(10));
  expect(wanted(alone.sees(setups('10:00', [1]), at('10:00')))).toEqual([1]);
  const order = { ...intentOf(1), stop: 980_000 as Price, shares: quantity(50), risk: cash(1_000_000) };
  const [asked] = of(alone.sees({ kind: 'approval_wanted', intent: 4, order, stamp: firstStamp(settings) }, at('10:00')), 'question_asked');
  if (asked === undefined) throw new Error('it is asked');
  alone.sees(asked, at('10:00'));
  const question = alone.sequence;
  expect(reasons(alone.sees(setups('10:01', [1], 'opening_range_breakout'), at('10:01')))).toEqual([mask('already_tried')]);
  const { terms } = asked.question;
  const answer = {
    kind: 'answer_given',
    by: 'ann',
    from: 'person',
    question,
    terms,
    choice: 'decline',
    because: 'no',
    code: null,
  } as const;
  expect(of(alone.sees(answer, at('10:02')), 'question_settled')).toHaveLength(1);
  expect(reasons(alone.sees(setups('10:05', [1]), at('10:05')))).toEqual([mask('already_tried')]);
  expect(wanted(alone.sees(setups('10:05', [1], 'opening_range_breakout'), at('10:05')))).toEqual([1]);
});

const { limits } = defaultSettings;
test.each<readonly [what: string, settings: Settings, clock: string, wanted: readonly number[], liquidShares: number | undefined]>([
  ['an eager mode becomes a careful one, which ends at 11:30', { ...defaultSettings, mode: 'conservative' }, '11:30', [], undefined],
  ['half as much of a minute may be bought', { ...defaultSettings, limits: { ...limits, minuteShareMax: 0.1 } }, '11:30', [1], 100],
])('settings that change while it runs are obeyed: %s', (_, settings, clock, symbols, liquidShares) => {
  const alone = openDay('aggressive');
  alone.sees(changedTo(settings));
  const said = alone.sees(setups(clock, [1]));
  expect(wanted(said)).toEqual(symbols);
  expect(of(said, 'intent_formed')[0]?.intent.liquidShares).toBe(liquidShares);
});

test('a lower limit for correlation drops what the old one let through', () => {
  const alone = new Alone(workflow());
  const mixes = [
    [1, 0],
    [0.6, 0.8],
  ] as const;
  learnt(alone, mixes, 2);
  alone.sees(opened(2, { listed: false }));
  expect(wanted(alone.sees(setups('10:00', [0, 1])))).toEqual([0, 1]);
  const correlation = picksOf(alone.sees(setups('10:01', [0, 1])))[1]?.correlation ?? 0;
  alone.sees(changedTo({ ...defaultSettings, limits: { ...limits, correlationMax: correlation } }));
  expect(wanted(alone.sees(setups('10:05', [0, 1])))).toEqual([0, 1]);
  alone.sees(changedTo({ ...defaultSettings, limits: { ...limits, correlationMax: correlation - 1e-9 } }));
  expect(wanted(alone.sees(setups('10:10', [0, 1])))).toEqual([0]);
});

describe('the state', () => {
  const supervised: Settings = { ...defaultSettings, session: { ...defaultSettings.session, control: 'supervised' } };
  const halt = { kind: 'halt_ordered', reason: 'requested', level: 'flatten', pnl: cash(0), limit: cash(0) } as const;
  const order = { ...intentOf(1), stop: 980_000 as Price, shares: quantity(50), risk: cash(1_000_000) };
  const wish: Event = { kind: 'approval_wanted', intent: 4, order, stamp: firstStamp(supervised) };
  const stateAfter = (steps: (alone: Alone) => void): string => {
    const alone = openDay();
    steps(alone);
    return hashOfState([alone.service]);
  };

  test.each<readonly [what: string, one: (alone: Alone) => void, other: (alone: Alone) => void]>([
    [
      'the mode',
      (alone) => alone.sees(changedTo(defaultSettings)),
      (alone) => alone.sees(changedTo({ ...defaultSettings, mode: 'aggressive' })),
    ],
    [
      'the shape for which a name was wanted last',
      (alone) => alone.sees(setups('10:00', [1])),
      (alone) => alone.sees(setups('10:00', [1], 'opening_range_breakout')),
    ],
    [
      'what was tried',
      (alone) => alone.sees(setups('10:00', [1])),
      (alone) => [setups('10:00', [1]), approvedIn(1)].map((event) => alone.sees(event)),
    ],
    ['a halt', () => {}, (alone) => alone.sees(halt)],
    ['a question', () => {}, (alone) => of(alone.sees(wish), 'question_asked').map((asked) => alone.sees(asked))],
    ['how names have moved', () => {}, (alone) => alone.seesBars('09:35', [still(1_000_000)])],
  ])('tells of %s', (_, one, other) => expect(stateAfter(other)).not.toBe(stateAfter(one)));

  test('tells nothing of minutes outside of the regular session, from which nothing is learnt', () => {
    const early = { ...columns([still(1_000_000)]), minute: 574, start: at('09:34'), present: 1, regular: false };
    expect(stateAfter((alone) => alone.sees({ kind: 'bars_closed', frame: early }))).toBe(stateAfter(() => {}));
  });
});
