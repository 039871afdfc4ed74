import { expect, test } from 'vitest';
import type { EventOf } from '#domain/events/event';
import { type AgreedCandidate, type ConfirmedCandidate, type DropReason, dropBit, type NearbyLevel } from '#domain/events/funnel';
import type { IndicatorName } from '#domain/indicators/indicator-names';
import { indicatorNames } from '#domain/indicators/indicator-names';
import type { LevelSource } from '#domain/indicators/level-source';
import { defaultSettings } from '#domain/settings';
import { symbolIndex } from '#domain/values/symbol';
import { technical } from '#production/technical/technical';
import { type Bar, frame, still } from '#tests/bar-columns';
import { Alone, changedTo, closed, of, opened } from '#tests/one-service';

const OPEN_MINUTE = 570;
/** The bars of one name, minute after minute. */
type Tape = readonly Bar[];
/** Five minutes in dollars: four stand at a price, the fifth at the close; null when nobody trades. */
type Five = readonly [at: number, close: number, shares?: number, sharesOfFifth?: number] | null;

const e4 = (dollars: number): number => Math.round(dollars * 10_000);
const mask = (...reasons: readonly DropReason[]): number => reasons.reduce((bits, reason) => bits | dropBit(reason), 0);

const tape = (...fives: readonly Five[]): Tape =>
  fives.flatMap((five) => {
    if (five === null) return Array<Bar>(5).fill(null);
    const [at, close, shares = 1000, sharesOfFifth = shares] = five;
    return [...Array<Bar>(4).fill(still(e4(at), shares)), still(e4(close), sharesOfFifth)];
  });

/** A session of 78 five-minute bars, each ten cents to either side of its price, with 1,000 shares a minute. */
const dayAt = (price: (bar: number) => number): Tape =>
  Array.from({ length: 390 }, (_, minute) => {
    const at = price(Math.floor(minute / 5));
    return [e4(at), e4(at + 0.1), e4(at - 0.1), e4(at), 1000];
  });

/**
 * A day at 50.00 whose first minute reached from 49.00 to 52.00. The very first bar has no true range, so the ATR of the
 * day is 0.20, and zones reach 0.05 to either side. Its high, low and close are levels of the next: 52.00, 49.00 and 50.00.
 * All else that it leaves behind, its VWAP (50.0009) and where its volume traded, lies in the zone of 50.00 and confirms that.
 */
const quietDay: Tape = dayAt(() => 50).map((bar, minute) => (minute === 0 ? [500_000, 520_000, 490_000, 500_000, 1000] : bar));

/**
 * Ten minutes that agree with a move up: after the quiet day, closes of 50.20 and 50.10 with ranges of 0.20.
 *
 *     RSI    a rise of 0.20 × 13/14, a fall of 0.10: 2.60 / (2.60 + 1.40) = 65
 *     EMA 9  50.00 + 0.2 × 0.20 = 50.04, then + 0.2 × 0.06 = 50.052
 *     EMA 21 50.00 + 0.20 / 11 = 50.018, then + 0.082 / 11 = 50.026
 *     VWAP   50.00 + (1,000 × 0.20 + 1,500 × 0.10) / 12,500 = 50.028
 */
const goodMorning = tape([50, 50.2], [50, 50.1, 1500]);
/** All averages at 50.00, an RSI of 50 because no close has moved, a VWAP of 49.92: not a fault, and not a point. */
const flatMorning = tape([49.9, 50], [49.9, 50]);

function trade(alone: Alone, tapes: readonly Tape[], from = OPEN_MINUTE, regular = true): void {
  const minutes = tapes[0]?.length ?? 0;
  for (let minute = 0; minute < minutes; minute++) {
    const bars = tapes.map((one) => one[minute] ?? null);
    alone.sees({ kind: 'bars_closed', frame: frame(from + minute, bars, regular) });
  }
}

/** A service that has seen yesterday, and what came of today; a tape for each name. */
function after(today: readonly Tape[], yesterday: readonly Tape[] = today.map(() => quietDay)): Alone {
  const alone = new Alone(technical());
  alone.sees(opened(today.length, { history: true }));
  trade(alone, yesterday);
  alone.sees(closed());
  alone.sees(opened(today.length, { listed: false }));
  trade(alone, today);
  return alone;
}

const confirmed = (symbol: number, score = 13, changes: Partial<ConfirmedCandidate> = {}): ConfirmedCandidate => ({
  symbol: symbolIndex(symbol),
  score,
  catalyst: 'earnings',
  direction: 1,
  strength: 1,
  sentiment: 0,
  reliability: 0.5,
  outlets: 1,
  headline: 'a:1',
  ...changes,
});

function judged(alone: Alone, kept: readonly ConfirmedCandidate[] = [confirmed(0)]): EventOf<'indicators_agreed'> {
  const confirmation = { kind: 'catalysts_confirmed', scan: 3, minute: 580, kept, dropped: { symbols: [], reasons: [] } } as const;
  const [agreed] = of(alone.sees(confirmation), 'indicators_agreed');
  if (agreed === undefined) throw new Error('no answer');
  return agreed;
}

/** Why the only candidate was dropped; 0 when it was kept. */
const faultsOf = (alone: Alone): number => judged(alone).dropped.reasons[0] ?? 0;
const symbols = (candidates: readonly AgreedCandidate[]): readonly number[] => candidates.map(({ symbol }) => symbol);

const level = (price: number, source: LevelSource, touches = 0): NearbyLevel => ({
  price: e4(price),
  halfWidth: 500,
  source,
  touches,
  bounces: 0,
  breaks: 0,
});

/**
 * The levels around 50.10 after the good morning. The VWAP was frozen at 50.04 when the first bar closed, above its zone; the
 * second bar, from 50.00 to 50.10, came down into it, and into that of yesterday's close. 45.00 is too far to be told.
 */
const nearby: readonly NearbyLevel[] = [
  level(49, 'prior_low'),
  level(50, 'prior_close', 1),
  level(50.04, 'vwap', 1),
  level(52, 'prior_high'),
  level(55, 'round_number'),
];

/** What becomes of the first name after the good morning. */
const good: AgreedCandidate = {
  symbol: symbolIndex(0),
  score: 13 + 4,
  close: 501_000,
  atr: 2000,
  vwap: 500_280,
  // Of the last twenty minutes ten are yesterday's, with 1,000: (15 × 1,000 + 5 × 1,500) / 20 = 1,125.
  volumeRatio: 1500 / 1125,
  levels: nearby,
  indicators: expect.any(Array),
  minuteShares: 1125,
};

test('a candidate that is kept takes its close, ATR, VWAP, volume and nearest levels along', () => {
  const dropped = { symbols: [], reasons: [] };
  expect(judged(after([goodMorning]))).toEqual({ kind: 'indicators_agreed', scan: 3, minute: 580, kept: [good], dropped });
});

test('the example of the README', () => {
  // After a day at 50.48 these closes give EMA 9 51.80, EMA 21 51.20 and RSI 64, to the digits shown there.
  const today = tape([51.22, 52.55, 4500, 2000], [51.22, 53.3, 4500, 2000], [51.22, 53.25, 2000, 2000], [51.29, 52, 7000, 2000]);
  const [kept] = judged(after([today], [dayAt(() => 50.48)])).kept;
  // 44,000 × 51.22 + 28,000 × 51.29 + 2,000 × (52.55 + 53.30 + 53.25 + 52.00) = 4,112,000 = 80,000 × 51.40.
  expect(kept).toMatchObject({ score: 17, close: 520_000, vwap: 514_000, volumeRatio: 1.5, minuteShares: 4000 });
});

test.each<readonly [bars: number, faults: number]>([
  [0, mask('not_ready')],
  [49, mask('not_ready')],
  [50, 0],
])('a new name is ready with its fiftieth five-minute bar: after %i its faults are %i', (bars, faults) => {
  const alone = new Alone(technical());
  alone.sees(opened(1));
  trade(alone, [tape(...Array<Five>(bars).fill([49.9, 50]))]);
  expect(faultsOf(alone)).toBe(faults);
});

test('each morning a name is ready with its first trade: the VWAP begins anew, the rest lives on', () => {
  expect(faultsOf(after([[]]))).toBe(mask('not_ready'));
  expect(faultsOf(after([[null, still(501_000, 0)]]))).toBe(mask('not_ready'));
  // VWAP (50.20 + 49.90 + 50.10) / 3; as a level it waits for the first five minutes, and no bar has met any level yet.
  const levels = [level(45, 'round_number'), level(49, 'prior_low'), level(50, 'prior_close'), ...nearby.slice(3)];
  expect(judged(after([[[500_000, 502_000, 499_000, 501_000, 1000]]])).kept).toEqual([
    { ...good, score: 13 + 2, vwap: 1_502_000 / 3, volumeRatio: 1, minuteShares: 1000, levels },
  ]);
});

test.each<readonly [shares: readonly number[], ratio: number]>([
  // Nineteen minutes of yesterday with 1,000 and this one: 19,800 / 20 = 990.
  [[800], 800 / 990],
  [[2000], 2000 / 1050],
  // (17 × 1,000 + 800 + 2,000 + 200) / 20 = 1,000 and a mean of 1,000.
  [[800, 2000, 200], 1],
])('the first minutes are judged by what has traded in them, not by the close of yesterday: %j', (shares, ratio) => {
  const today = shares.map((many): Bar => [500_000, 502_000, 499_000, 501_000, many]);
  expect(judged(after([today])).kept[0]?.volumeRatio).toBeCloseTo(ratio, 12);
});

test('F5: in the first minutes, too, a name that trades too little is dropped', () => {
  expect(faultsOf(after([[[500_000, 502_000, 499_000, 501_000, 500]]]))).toBe(mask('volume_fading'));
});

test('a point is worth what the settings say', () => {
  const alone = after([goodMorning]);
  const weights = { ...defaultSettings.weights, indicator: 2.5 };
  alone.sees({ kind: 'run_started', settings: { ...defaultSettings, weights }, source: 'recorded_market', version: '1' });
  expect(judged(alone).kept[0]?.score).toBe(13 + 4 * 2.5);
  alone.sees(changedTo({ ...defaultSettings, weights: { ...weights, indicator: 3 } }));
  expect(judged(alone).kept[0]?.score).toBe(13 + 4 * 3);
});

test('what the indicators said goes along, and 0 is for those that are not ready', () => {
  const indicators = judged(after([goodMorning])).kept[0]?.indicators ?? [];
  const said = Object.fromEntries(indicatorNames.map((name, at) => [name, indicators[at]])) as Record<IndicatorName, number>;
  expect(indicators).toHaveLength(indicatorNames.length);
  expect(said).toMatchObject({
    rsi: expect.closeTo(65, 6),
    ema_9: expect.closeTo(500_520, 6),
    ema_21: expect.closeTo(500_000 + 2000 / 11 + (1000 - 2000 / 11) / 11, 6),
    sma_20: 500_150,
    sma_50: 500_060,
    // Eighty bars of five minutes, twenty-six of fifteen, one of a day.
    sma_200: 0,
    donchian_upper: 502_000,
    donchian_lower: 499_000,
    day_rsi: 0,
    day_atr: 0,
    day_sma_20: 0,
    fifteen_minutes_rsi: 50,
    fifteen_minutes_trend: 0,
    // Down 0.10 from 50.20 with 1,500 shares, up 0.20 with 1,000, down 0.20 with 1,500, up 0.10 with 1,500; the first change is none.
    obv: 1000 - 1500 + 1500,
  });
  expect(indicators.filter((value) => !Number.isFinite(value) || Object.is(value, -0))).toEqual([]);
});

test.each<readonly [what: string, today: Tape, faults: number]>([
  ['indicators that agree have no fault', goodMorning, 0],
  // (4 × 50.00 + 50.20 + 4 × 50.30 + 50.10) / 10 = 50.15.
  ['a close below the VWAP', tape([50, 50.2], [50.3, 50.1]), mask('below_vwap')],
  // (4 × 50.00 + 50.20 + 4 × 50.175 + 50.10) / 10 = 50.10; with 50.17 it is 50.098.
  ['a close at the VWAP is as bad', tape([50, 50.2], [50.175, 50.1]), mask('below_vwap')],
  ['a close just above the VWAP is enough', tape([50, 50.2], [50.17, 50.1]), 0],
  // Down 0.20 and back: EMA 9 50.00 − 0.040 + 0.008 = 49.968, EMA 21 50.00 − 0.0182 + 0.0017 = 49.983; RSI 14 / 27 = 51.9.
  ['the short average below the long one', tape([49.8, 49.8], [49.8, 50]), mask('trend_down')],
  // EMA 9 moves by 0.2 × (0.8 × −0.20 + x), EMA 21 by (10/11 × −0.20 + x) / 11: they are equal at x = 0.1418.
  ['EMA 9 still under EMA 21 on the way back', tape([49.8, 49.8], [49.8, 50.141]), mask('trend_down')],
  ['EMA 9 over EMA 21 a tenth of a cent later', tape([49.8, 49.8], [49.8, 50.142]), 0],
  ['averages that are equal are no fault', flatMorning, 0],
  // A rise of 0.238 × 13 = 3.094; a fall of 0.038 × 14 = 0.532 leaves 85.3, one of 0.039 × 14 = 0.546 leaves 85.
  ['an RSI above 85', tape([50, 50.238], [50, 50.2]), mask('momentum_too_hot')],
  ['an RSI of 85 may still be bought', tape([50, 50.238], [50, 50.199]), 0],
  // Up 0.14 × 13 = 1.82, down 0.13 × 14 = 1.82; with 0.131 it is 1.834 and the RSI 49.8.
  ['an RSI of 50 is enough', tape([49.9, 50.14], [49.9, 50.01]), 0],
  ['an RSI below 50', tape([49.9, 50.14], [49.9, 50.009]), mask('momentum_too_weak')],
  // Ten minutes of yesterday with 1,000, five with 1,400, five with 600: 20,000 / 20 = 1,000, and 600 / 1,000 = 0.6.
  ['a volume ratio of 0.6 is enough', tape([50, 50.2, 1400], [50, 50.1, 600]), 0],
  ['a volume ratio below 0.6', tape([50, 50.2, 1400], [50, 50.1, 599]), mask('volume_fading')],
  ['five minutes in which nobody trades', [...goodMorning, ...tape(null)], mask('volume_fading')],
  ['twenty minutes in which nobody trades', [...goodMorning, ...tape(null, null, null, null)], mask('volume_fading')],
  [
    'a name that falls on shrinking volume has all four faults',
    tape([50, 49.9], [50, 49.8, 100]),
    mask('below_vwap', 'trend_down', 'momentum_too_weak', 'volume_fading'),
  ],
])('faults: %s', (_, today, faults) => {
  expect(faultsOf(after([today]))).toBe(faults);
});

/** From 50.00 to 51.00 a hundred minutes before the close: MACD falls back and stands below its signal on the next morning. */
const spentRise = dayAt((bar) => (bar < 58 ? 50 : 51));

test.each<readonly [what: string, yesterday: Tape, today: Tape, points: number]>([
  ['all four go along', quietDay, goodMorning, 4],
  ['volume at its usual, and no more', quietDay, tape([50, 50.2], [50, 50.1]), 3],
  // SMA 50 holds 26 bars of 50.20: 50.00 + (26 × 0.20 + 0.20 + 0.10) / 50 = 50.11.
  ['a close of 50.10 below SMA 50', dayAt((bar) => (bar < 56 ? 50.2 : 50)), goodMorning, 3],
  // SMA 20 (18 × 51.00 + 50.90 + 51.01) / 20 = 50.9955, SMA 50 lower by the bars of 50.00.
  ['MACD below its signal, usual volume', spentRise, tape([50.8, 50.9], [50.8, 51.01]), 2],
  // SMA 20 (18 × 51.00 + 51.00 + 50.95) / 20 = 50.9975.
  ['MACD below its signal, a close of 50.95 below SMA 20, usual volume', spentRise, tape([50.8, 51], [50.8, 50.95]), 1],
  ['nothing moves: MACD at its signal, the close at both averages, usual volume', quietDay, flatMorning, 0],
])('points: %s', (_, yesterday, today, points) => {
  expect(judged(after([today], [yesterday])).kept.map(({ score }) => score)).toEqual([13 + points]);
});

test('twenty are kept, the best with their points first; the others are told that they rank below', () => {
  // Names 1 to 20 have 17 and a little with their points, name 21 has 16.5, name 0 began with the most and won no point.
  const early = [confirmed(0, 16.9), confirmed(21, 12.5), confirmed(22, 99)];
  const candidates = [...early, ...Array.from({ length: 20 }, (_, i) => confirmed(i + 1, 13 + i / 100))];
  const weak = tape([50, 50.2], [50.3, 50.1]);
  const found = judged(after([flatMorning, ...Array<Tape>(21).fill(goodMorning), weak]), candidates);
  expect(symbols(found.kept)).toEqual(Array.from({ length: 20 }, (_, i) => 20 - i));
  expect(found.dropped).toEqual({ symbols: [22, 0, 21], reasons: [mask('below_vwap'), mask('ranked_below'), mask('ranked_below')] });
});

test('which headline confirmed a name makes no difference', () => {
  const alone = after([goodMorning]);
  const rumour = confirmed(0, 13, { catalyst: 'unexplained_surge', direction: -1, strength: 0, headline: '' });
  expect(judged(alone, [rumour])).toEqual(judged(alone));
});

test('until its five minutes are over a bar moves close, VWAP and usual volume, and no indicator', () => {
  const alone = after([goodMorning]);
  trade(alone, [tape([50.4, 50.4, 1500]).slice(0, 4)], OPEN_MINUTE + 10);
  expect(judged(alone).kept).toEqual([
    {
      ...good,
      close: 504_000,
      // 50.00 + (350 + 4 × 1,500 × 0.40) / 18,500.
      vwap: expect.closeTo(500_000 + (10_000 * 2750) / 18_500, 6),
      // Six minutes of yesterday with 1,000, five with 1,000, nine with 1,500: 24,500 / 20.
      volumeRatio: 1500 / 1225,
      minuteShares: 1225,
    },
  ]);
  trade(alone, [[still(504_000, 1500)]], OPEN_MINUTE + 14);
  // The true range reaches from 50.10, the close before, to 50.40: (13 × 0.20 + 0.30) / 14.
  expect(judged(alone).kept[0]?.atr).toBeCloseTo((13 * 2000 + 3000) / 14, 6);
});

test('a name is judged by what has closed, and what closes later changes the next answer only', () => {
  const alone = after([goodMorning]);
  const before = judged(alone);
  trade(alone, [tape([49, 49, 9000])], OPEN_MINUTE + 10);
  expect(faultsOf(alone)).toBe(mask('below_vwap', 'trend_down', 'momentum_too_weak'));
  expect(before.kept).toEqual([good]);
});

const wild: Tape = Array<Bar>(30).fill([900_000, 990_000, 100_000, 200_000, 1_000_000]);

test.each<readonly [what: string, when: 'evening' | 'morning' | 'night']>([
  ['in the evening before', 'evening'],
  ['before the open', 'morning'],
  ['after the close', 'night'],
])('bars outside the regular session change no indicator: %s', (_, when) => {
  const alone = new Alone(technical());
  alone.sees(opened(1, { history: true }));
  trade(alone, [quietDay]);
  if (when === 'evening') trade(alone, [wild], 960, false);
  alone.sees(closed());
  alone.sees(opened(1, { listed: false }));
  if (when === 'morning') trade(alone, [wild], 540, false);
  trade(alone, [goodMorning]);
  if (when === 'night') trade(alone, [wild], 960, false);
  // But for the morning, whose high and low are levels; its last price, 20.00, has 15, 20 and 25 as round numbers around it.
  const levels = when === 'morning' ? [...nearby.slice(0, 4), level(99, 'premarket_high')] : nearby;
  expect(judged(alone).kept).toEqual([{ ...good, levels }]);
});

test('five minutes that the end of a session cut short are no bar of the next one', () => {
  const stopped = quietDay.slice(0, 388).map((bar, minute): Bar => (minute < 385 ? bar : [500_000, 600_000, 400_000, 500_000, 1000]));
  // The day had them, though: from 40.00 to 60.00.
  const levels = [level(45, 'round_number'), ...nearby.slice(1, 3), level(55, 'round_number'), level(60, 'prior_high')];
  expect(judged(after([goodMorning], [stopped])).kept).toEqual([{ ...good, levels }]);
});

test('a split makes a name begin anew, levels included, and does not touch its neighbour', () => {
  const alone = after([[], []]);
  alone.sees({ kind: 'split_took_effect', symbol: symbolIndex(0), ratio: 2 });
  const judge = (): EventOf<'indicators_agreed'> => judged(alone, [confirmed(0), confirmed(1)]);
  const half = tape(...Array<Five>(50).fill([24.99, 25]));
  const whole = tape(...Array<Five>(50).fill([49.99, 50]));
  trade(alone, [half.slice(0, 245), whole.slice(0, 245)]);
  expect(judge()).toMatchObject({ kept: [{ symbol: 1 }], dropped: { symbols: [0], reasons: [mask('not_ready')] } });
  trade(alone, [half.slice(245), whole.slice(245)], OPEN_MINUTE + 245);
  // Every true range since the split is a cent; what was known of 49.00, 50.00 and 52.00 is of another scale.
  const [anew, neighbour] = judge().kept;
  expect(anew).toMatchObject({ symbol: 0, close: 250_000, atr: 100, minuteShares: 1000 });
  expect(anew?.levels.map(({ price, source }) => [price, source])).toEqual([[249_920, 'vwap']]);
  expect(neighbour).toMatchObject({ symbol: 1, close: 500_000 });
  expect(neighbour?.levels.map(({ price }) => price)).toEqual([450_000, 490_000, 499_920, 520_000, 550_000]);
});

test('a name that was listed yesterday has its levels today, beside one that was listed before', () => {
  const alone = new Alone(technical());
  alone.sees(opened(1, { history: true }));
  trade(alone, [quietDay]);
  alone.sees(closed());
  alone.sees(opened(1, { history: true }));
  trade(alone, [quietDay, quietDay]);
  alone.sees(closed());
  alone.sees(opened(2, { listed: false }));
  trade(alone, [goodMorning, goodMorning]);
  const [, listedLater] = judged(alone, [confirmed(0), confirmed(1)]).kept;
  expect(listedLater).toEqual({ ...good, symbol: 1 });
});
