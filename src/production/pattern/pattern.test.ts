import { expect, test } from 'vitest';
import type { EventOf } from '#domain/events/event';
import { type AgreedCandidate, dropBit, type FoundSetup, type NearbyLevel } from '#domain/events/funnel';
import { noRecord, type PatternKind } from '#domain/patterns/setup';
import { type Limits, stageOneLimits } from '#domain/risk/limits';
import { defaultSettings } from '#domain/settings';
import { symbolIndex } from '#domain/values/symbol';
import { pattern } from '#production/pattern/pattern';
import { type Bar, frame, still } from '#tests/bar-columns';
import { Alone, changedTo, minuteOf, of, opened } from '#tests/one-service';

const OPEN_MINUTE = 570;
/** The bars of one name, minute after minute. */
type Tape = readonly Bar[];

const e4 = (dollars: number): number => Math.round(dollars * 10_000);
const NO_SETUP = dropBit('no_setup');

/** A minute that reached from `low` to `high` and closed in between. */
const between = (low: number, high: number): Bar => [e4(low), e4(high), e4(low), e4((low + high) / 2), 1000];
const closes = (...dollars: readonly number[]): Tape => dollars.map((close) => still(e4(close)));
const quiet = (minutes: number): Tape => Array<Bar>(minutes).fill(null);

/** Fifteen minutes between two prices, from 09:30 to 09:45. */
const range = (low: number, high: number): Tape => Array<Bar>(15).fill(between(low, high));
/** The range of the README's example, and the close with which it is left at 09:46. */
const breakout: Tape = [...range(51, 51.7), ...closes(52)];

/** A five-minute bar: the high is the close of its second minute, the low that of the fourth. */
const five = (high: number, low: number): Tape => [null, still(e4(high)), null, still(e4(low)), null];
/**
 * A pole from 50.00 to 52.00 and a flag of two bars down to 51.40, which gives back 0.60 / 2.00 = 30 %; at 10:00 a close
 * above its high of 51.80. The opening range ends at 51.50, which was passed by the close of 09:47.
 */
const flag: Tape = [
  ...five(50.5, 50),
  ...five(51, 50.4),
  ...five(51.5, 50.9),
  ...five(52, 51.4),
  ...five(51.8, 51.5),
  ...five(51.7, 51.4),
  ...closes(51.9),
];

function trade(alone: Alone, tapes: readonly Tape[], from = OPEN_MINUTE, regular = true): void {
  const minutes = tapes[0]?.length ?? 0;
  for (let minute = 0; minute < minutes; minute++) {
    const bars = tapes.map((one) => one[minute] ?? null);
    alone.sees({ kind: 'bars_closed', frame: frame(from + minute, bars, regular) });
  }
}

/** A service that has seen the session so far; a tape for each name. */
function after(tapes: readonly Tape[], limits: Partial<Limits> = {}): Alone {
  const alone = new Alone(pattern());
  const settings = { ...defaultSettings, limits: { ...stageOneLimits, ...limits } };
  if (Object.keys(limits).length > 0) alone.sees(changedTo(settings));
  alone.sees(opened(tapes.length));
  trade(alone, tapes);
  return alone;
}

const levels = (...prices: readonly number[]): { readonly levels: readonly NearbyLevel[] } => ({
  levels: prices.map((price) => ({ price, halfWidth: 1000, source: 'swing', touches: 1, bounces: 0, breaks: 0 })),
});

/** The candidate of the README's example. */
const agreed = (symbol: number, changes: Partial<AgreedCandidate> = {}): AgreedCandidate => ({
  symbol: symbolIndex(symbol),
  score: 17,
  close: 520_000,
  atr: 4000,
  vwap: 514_000,
  volumeRatio: 1.5,
  levels: [],
  indicators: [],
  minuteShares: 4000,
  ...changes,
});

function asked(alone: Alone, clock: string, kept: readonly AgreedCandidate[]): EventOf<'setups_found'> {
  const agreement = { kind: 'indicators_agreed', scan: 3, minute: minuteOf(clock), kept, dropped: { symbols: [], reasons: [] } } as const;
  const [found] = of(alone.sees(agreement), 'setups_found');
  if (found === undefined) throw new Error('no answer');
  return found;
}

/** The setup of the only name, whose last close and ATR are as told in dollars. */
function setupOf(tape: Tape, clock: string, close: number, atr: number, changes: Partial<AgreedCandidate> = {}): FoundSetup | undefined {
  const found = asked(after([tape]), clock, [agreed(0, { close: e4(close), atr: e4(atr), ...changes })]);
  expect(found.dropped).toEqual(found.kept.length > 0 ? { symbols: [], reasons: [] } : { symbols: [0], reasons: [NO_SETUP] });
  return found.kept[0];
}

test('the example of the README: an opening-range breakout', () => {
  const { drawing, ...setup } = asked(after([breakout]), '09:46', [agreed(0)]).kept[0] ?? { drawing: [] };
  expect(setup).toEqual({
    symbol: 0,
    score: 23.875,
    pattern: 'opening_range_breakout',
    entry: 520_200,
    stop: 512_200,
    target: 536_200,
    confidence: 0.6875,
    invalidation: 510_000,
    volumeConfirmed: true,
    record: noRecord,
    atr: 4000,
    support: 0,
    minuteShares: 4000,
  });
  expect(drawing).toEqual([
    {
      role: 'range high',
      points: [
        { minute: 570, price: 517_000 },
        { minute: 586, price: 517_000 },
      ],
    },
    {
      role: 'range low',
      points: [
        { minute: 570, price: 510_000 },
        { minute: 585, price: 510_000 },
      ],
    },
    { role: 'break', points: [{ minute: 586, price: 520_000 }] },
  ]);
});

test('a bull flag', () => {
  // Entry 51.90 + 51.90 / 2000 = 51.92595; stop 51.92 − 2 × 0.50 = 50.92; target 51.92 + 2 × 1.00 = 53.92.
  // Confidence 0.5 + 0.25 × 1.5 / 3 + 0.25 × (1 − 0.30) = 0.80; score 17 + 8.
  expect(setupOf(flag, '10:03', 51.9, 0.5, levels(514_000))).toMatchObject({
    symbol: 0,
    score: expect.closeTo(25, 9),
    pattern: 'bull_flag',
    entry: 519_200,
    stop: 509_200,
    target: 539_200,
    confidence: expect.closeTo(0.8, 9),
    invalidation: 514_000,
    support: 514_000,
  });
});

type Shape = PatternKind | 'nothing';
const early = [...Array<Bar>(5).fill(between(51, 51.5)), ...Array<Bar>(9).fill(between(51, 51.7)), ...closes(51.6)];

test.each<readonly [what: string, tape: Tape, clock: string, close: number, atr: number, shape: Shape]>([
  ['a close that fell back to the high of the range', [...breakout, ...closes(51.7)], '09:47', 51.7, 0.4, 'nothing'],
  ['a close that fell back into the range', [...breakout, ...closes(51.6)], '09:47', 51.6, 0.4, 'nothing'],
  ['one ATR above the range', [...range(51, 51.7), ...closes(52.1)], '09:46', 52.1, 0.4, 'opening_range_breakout'],
  ['more than one ATR above the range', [...range(51, 51.7), ...closes(52.11)], '09:46', 52.11, 0.4, 'nothing'],
  ['fifteen minutes after the break', breakout, '10:01', 52, 0.4, 'opening_range_breakout'],
  ['sixteen minutes after the break', breakout, '10:02', 52, 0.4, 'nothing'],
  ['a range without a width', [...range(51.7, 51.7), ...closes(52)], '09:46', 52, 0.4, 'nothing'],
  ['until 09:45 the first five minutes are the range', early, '09:45', 51.6, 0.4, 'opening_range_breakout'],
  ['after it the first fifteen are', [...early, ...closes(51.6)], '09:46', 51.6, 0.4, 'nothing'],
  // At 10:02 the break of the range, by the close of 09:47, is fifteen minutes old and 51.90 is 0.40 above 51.50.
  ['range and flag: the surer one is told', flag, '10:02', 51.9, 0.5, 'bull_flag'],
  ['range and flag, but the range too far below', flag, '10:02', 51.9, 0.39, 'bull_flag'],
  ['range and flag, but the break of the range too old', flag, '10:03', 51.9, 0.5, 'bull_flag'],
  ['a close at the high of the flag', flag, '10:03', 51.8, 0.5, 'nothing'],
  ['one ATR above the flag', flag, '10:03', 52.3, 0.5, 'bull_flag'],
  ['more than one ATR above the flag', flag, '10:03', 52.31, 0.5, 'nothing'],
  ['a pole of three ATRs', flag, '10:03', 51.9, 0.6666, 'bull_flag'],
  ['a pole of less than three ATRs', flag, '10:03', 51.9, 0.6667, 'nothing'],
])('%s', (_, tape, clock, close, atr, shape) => {
  expect(setupOf(tape, clock, close, atr)?.pattern ?? 'nothing').toBe(shape);
});

test.each<readonly [what: string, tape: Tape, clock: string, close: number, volumeRatio: number, confidence: number]>([
  // A close of 51.75 is 0.05 of 0.40 above the range: 0.25 × 0.875 = 0.21875.
  ['a break without volume', [...range(51, 51.7), ...closes(51.75)], '09:46', 51.75, 0, 0.5 + 0 + 0.21875],
  ['three times the usual volume counts in full', breakout, '09:46', 52, 3, 0.5 + 0.25 + 0.0625],
  ['six times counts no more', breakout, '09:46', 52, 6, 0.5 + 0.25 + 0.0625],
  ['a whole ATR above the range adds nothing', [...range(51, 51.7), ...closes(52.1)], '09:46', 52.1, 1.5, 0.5 + 0.125],
  ['a flag without volume', flag, '10:03', 51.9, 0, 0.5 + 0 + 0.25 * 0.7],
])('confidence: %s', (_, tape, clock, close, volumeRatio, confidence) => {
  const found = setupOf(tape, clock, close, 0.4, { volumeRatio });
  expect(found?.confidence).toBeCloseTo(confidence, 9);
  expect(found?.score).toBeCloseTo(17 + 10 * confidence, 9);
});

/** The entry is 52.02 in each row. */
test.each<readonly [what: string, changes: Partial<AgreedCandidate>, target: number]>([
  ['a resistance before the target does not shorten it', levels(530_000), 536_200],
  ['nor does one behind it', levels(540_000), 536_200],
  // Stop 50.80: 52.02 + 2 × 1.22.
  ['a support farther than two ATRs holds the stop', levels(508_000), 544_600],
  ['a nearer support does not', levels(515_000), 536_200],
  ['of several supports the nearest counts', levels(500_000, 508_000, 540_000, 550_000), 544_600],
  ['a level between close and entry is a support', levels(520_100), 536_200],
])('target: %s', (_, changes, target) => {
  expect(setupOf(breakout, '09:46', 52, 0.4, changes)).toMatchObject({ entry: 520_200, target });
});

test.each<readonly [limits: Partial<Limits>, target: number]>([
  // Stop 52.02 − 3 × 0.40 = 50.82.
  [{ stopAtrs: 3 }, 544_200],
  // Stop 52.02 × 0.97 = 50.4594, rounded up 50.46, which is nearer than 3 %: 50.45.
  [{ stopMin: 0.03 }, 551_600],
])('the limits with which the run was started give the target: %o', (limits, target) => {
  expect(asked(after([breakout], limits), '09:46', [agreed(0)]).kept[0]?.target).toBe(target);
});

test.each<readonly [what: string, close: number, atr: number, entry: number, target: number, ticks: readonly [number, number]]>([
  // 0.95 + 0.000475; two ATRs are 0.04, the target 0.9504 + 0.08 is above a dollar and goes down to the cent.
  ['below a dollar in hundredths of a cent', 0.95, 0.02, 9504, 10_300, [1, 100]],
  // 0.95 + 0.000475; 1 % leaves 0.940896, so the stop is 0.9408 and the target 0.9504 + 2 × 0.0096.
  ['both below a dollar', 0.95, 0.001, 9504, 9696, [1, 1]],
  // 0.9999 + 0.00049995 = 1.00039995 has ticks of a cent; the stop is 0.98, the target 1.00 + 2 × 0.02.
  ['an entry that passes the dollar', 0.9999, 0.01, 10_000, 10_400, [100, 100]],
  // A twentieth of a percent is half a cent: the tick is more.
  ['at least a tick above the close', 10, 0.1, 100_100, 104_100, [100, 100]],
  // 300.00 + 0.15.
  ['a twentieth of a percent when that is more', 300, 2, 3_001_500, 3_081_500, [100, 100]],
  // 52.52 + 0.02626 goes down; 1 % of 52.54 leaves 52.0146, the stop 52.01, the target 52.54 + 2 × 0.53.
  ['down to the cent', 52.52, 0.02, 525_400, 536_000, [100, 100]],
])('entry and target are legal prices: %s', (_, close, atr, entry, target, [entryTick, targetTick]) => {
  const high = close - atr / 2;
  const found = setupOf([...range(high - atr, high), ...closes(close)], '09:46', close, atr);
  expect(found).toMatchObject({ entry, target });
  expect([entry % entryTick, target % targetTick]).toEqual([0, 0]);
});

test('ten are kept, the best with their confidence first; the others are told that they rank below', () => {
  // Names 1 to 10 trade three times their usual: 0.8125 adds 8.125. Name 0 without volume: 17 + 5.625. Name 11 has no setup.
  const candidates = Array.from({ length: 12 }, (_, s) =>
    s === 0 ? agreed(0, { volumeRatio: 0 }) : agreed(s, { score: 15 + s / 100, volumeRatio: 3 }),
  );
  const found = asked(after([...Array<Tape>(11).fill(breakout), quiet(16)]), '09:46', candidates);
  expect(found.kept.map(({ symbol }) => symbol)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(found.dropped).toEqual({ symbols: [11, 0], reasons: [NO_SETUP, dropBit('ranked_below')] });
});

test.each<readonly [shape: PatternKind, tape: Tape, clock: string, close: number, atr: number]>([
  ['opening_range_breakout', breakout, '09:46', 52, 0.4],
  ['bull_flag', flag, '10:03', 51.9, 0.5],
])('a split and a new session both end a setup: %s', (shape, tape, clock, close, atr) => {
  const candidates = [agreed(0, { close: e4(close), atr: e4(atr) }), agreed(1, { close: e4(close), atr: e4(atr) })];
  const alone = after([tape, tape]);
  expect(asked(alone, clock, candidates).kept.map((setup) => setup.pattern)).toEqual([shape, shape]);
  alone.sees({ kind: 'split_took_effect', symbol: symbolIndex(0), ratio: 2 });
  const found = asked(alone, clock, candidates);
  expect([found.kept.map(({ symbol }) => symbol), found.dropped]).toEqual([[1], { symbols: [0], reasons: [NO_SETUP] }]);
  alone.sees(opened(2, { listed: false }));
  expect(asked(alone, clock, candidates).kept).toEqual([]);
});

test('a name that was listed later than others is looked at like them', () => {
  const alone = after(Array<Tape>(10).fill(breakout));
  alone.sees(opened(20));
  trade(alone, [...Array<Tape>(29).fill(quiet(16)), breakout]);
  expect(asked(alone, '09:46', [agreed(0), agreed(29)]).kept.map(({ symbol }) => symbol)).toEqual([29]);
});

test('bars outside the regular session neither make a range, nor break one, nor touch a flag', () => {
  const candidate = agreed(0, { close: 519_000, atr: 5000 });
  const untouched = asked(after([flag]), '10:03', [candidate]);
  const alone = new Alone(pattern());
  alone.sees(opened(1));
  trade(alone, [range(10, 90)], OPEN_MINUTE - 15, false);
  trade(alone, [flag]);
  trade(alone, [range(10, 90)], OPEN_MINUTE + flag.length, false);
  expect(asked(alone, '10:03', [candidate])).toEqual(untouched);
  const waiting = after([range(51, 51.7)]);
  trade(waiting, [closes(52)], OPEN_MINUTE + 15, false);
  expect(asked(waiting, '09:46', [agreed(0)]).kept).toEqual([]);
});

test('a setup is found with the bar that makes it, not before, and a later bar does not change what was found', () => {
  const alone = after([range(51, 51.7)]);
  expect(asked(alone, '09:45', [agreed(0, { close: 513_500 })]).kept).toEqual([]);
  trade(alone, [closes(52)], OPEN_MINUTE + 15);
  const found = asked(alone, '09:46', [agreed(0)]);
  trade(alone, [closes(51.6)], OPEN_MINUTE + 16);
  expect(asked(alone, '09:47', [agreed(0, { close: 516_000 })]).kept).toEqual([]);
  expect(found.kept).toMatchObject([{ pattern: 'opening_range_breakout', entry: 520_200, target: 536_200 }]);
});
