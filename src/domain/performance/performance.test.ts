import { describe, expect, test } from 'vitest';
import { accountMetrics, deepestFall } from '#domain/performance/account-metrics';
import { metric } from '#domain/performance/metric';
import { performanceOf } from '#domain/performance/performance';
import { sessionRatio } from '#domain/performance/session-ratio';
import { judge, type Target, type Verdict } from '#domain/performance/stage-targets';
import type { Day, Trade } from '#domain/performance/trade';
import { allPlaces, columnsOf } from '#domain/performance/trade-columns';
import { tradeMetrics } from '#domain/performance/trade-metrics';
import { blockBootstrap } from '#domain/statistics/block-bootstrap';
import { cash } from '#domain/values/cash';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { dateOfDay, type SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { RandomStream } from '#simulation/market/seeded-random';

const dollars = (amount: number) => cash(Math.round(amount * 10_000));

/** A trade that made so many dollars with a hundred at risk. */
function trade(place: number, pnl: number, more: Partial<Trade> = {}): Trade {
  const opened = instant(Date.UTC(2026, 2, 16, 14, 0) + place * 10 * MINUTE_MS);
  return {
    id: String(place),
    intent: place,
    closing: place,
    session: '2026-03-16' as SessionDate,
    symbol: symbolIndex(0),
    side: 'buy',
    plan: null,
    decided: opened,
    minute: 600,
    phase: 'morning',
    opened,
    closed: instant(opened + 5 * MINUTE_MS),
    shares: 10,
    entry: 500_000,
    exit: 500_000,
    risk: dollars(100),
    pnl: dollars(pnl),
    fees: dollars(1),
    rMultiple: pnl / 100,
    reason: 'time_stop',
    noMarket: false,
    favourable: { money: dollars(50), r: 0.5 },
    adverse: { money: dollars(20), r: 0.2 },
    slippage: { entry: dollars(2), exit: dollars(1) },
    notes: [],
    fills: [],
    ...more,
  };
}

function day(date: string, before: number, pnl: number, more: Partial<Day> = {}): Day {
  return {
    date: date as SessionDate,
    equityBefore: dollars(before),
    equity: dollars(before + pnl),
    transfers: cash(0),
    pnl: dollars(pnl),
    pnlHigh: dollars(Math.max(0, pnl)),
    pnlLow: dollars(Math.min(0, pnl)),
    fall: { peak: cash(0), bottom: dollars(Math.min(0, pnl)) },
    tradesPnl: dollars(pnl),
    trades: 1,
    beside: {},
    fees: dollars(1),
    turnover: dollars(before / 2),
    exposureMean: 0.1,
    exposurePeak: 0.3,
    minutes: 390,
    minutesHeld: 100,
    halts: [],
    complete: true,
    ...more,
  };
}

const lots = () => new RandomStream(1, 'test');

function metricsOf(trades: readonly Trade[], drawn: RandomStream | null = null) {
  const columns = columnsOf(trades);
  return tradeMetrics(columns, allPlaces(columns), drawn);
}

describe('numbers of trades', () => {
  const some = [trade(1, 200), trade(2, -100), trade(3, -50), trade(4, -100), trade(5, 100), trade(6, 0)];
  const made = metricsOf(some, lots());

  test('are reckoned by hand, each with its sample', () => {
    expect(made.net_pnl).toMatchObject({ value: 500_000, n: 6 });
    expect(made.win_rate).toMatchObject({ value: 2 / 6, n: 6, interval: { method: 'wilson' } });
    expect(made.expectancy.value).toBeCloseTo(0.5 / 6, 12);
    expect(made.profit_factor.value).toBeCloseTo(300 / 250, 12);
    expect(made.payoff.value).toBeCloseTo(150 / (250 / 3), 12);
    expect(made.mean_loss).toMatchObject({ n: 3, trades: ['2', '3', '4'], interval: null, noInterval: 'too_few' });
    expect(made.largest_win).toMatchObject({ value: 2_000_000, n: 1, trades: ['1'] });
    expect(made.streak_lost).toMatchObject({ value: 3, trades: ['2', '3', '4'] });
    expect(made.slippage_entry.value).toBeCloseTo(0.02, 12);
    expect(made.slippage_money.value).toBe(180_000);
    expect(made.minutes_mean.value).toBe(5);
  });

  test('a trade whose risk nobody knows counts in money and not in R', () => {
    const { expectancy, net_pnl: pnl, win_rate: won } = metricsOf([...some, trade(7, 300, { rMultiple: null, risk: null })]);
    expect(pnl.value).toBe(3_500_000);
    expect(won.n).toBe(7);
    expect(expectancy).toMatchObject({ n: 6, trades: ['1', '2', '3', '4', '5', '6'] });
  });

  test('the rate of wins is less sure where the trades of a session win and lose together', () => {
    const together = Array.from({ length: 600 }, (_, at) => {
      const session = Math.floor(at / 10);
      return trade(at, session % 2 === 0 ? 10 : -10, { session: dateOfDay(20_000 + session) });
    });
    // Sixty throws of a coin, not six hundred: 1.96 × √(0.25/60) = 0.127, where Wilson's score says 0.040.
    const { interval } = metricsOf(together, lots()).win_rate;
    expect(interval?.method).toBe('sessions_drawn');
    expect(((interval?.high ?? 0) - (interval?.low ?? 0)) / 2).toBeCloseTo(0.127, 1);
    const alone = together.map((one, at) => ({ ...one, session: dateOfDay(20_000 + at) }));
    const { low = 0, high = 0 } = metricsOf(alone, lots()).win_rate.interval ?? {};
    expect(((high ?? 0) - (low ?? 0)) / 2).toBeCloseTo(0.04, 2);
  });

  test('slippage adds up what is known of either side, and counts no trade of which nothing is', () => {
    const slipped = (id: number, entry: number | null, exit: number | null) =>
      trade(id, 1, { slippage: { entry: entry === null ? null : cash(entry), exit: exit === null ? null : cash(exit) } });
    const some = [slipped(1, 10, 5), slipped(2, 7, null), slipped(3, null, null)];
    expect(metricsOf(some).slippage_money).toMatchObject({ value: 22, n: 2, trades: ['1', '2'] });
    expect(metricsOf(some.slice(0, 1)).slippage_money).toMatchObject({ value: 15, n: 1 });
  });

  test('one win of nine trades says nothing of the payoff, whatever whole sessions drawn again say', () => {
    const sessions = ['2026-03-16', '2026-03-17', '2026-03-18', '2026-03-19', '2026-03-20'] as SessionDate[];
    const nine = Array.from({ length: 9 }, (_, place) =>
      trade(place, place === 4 ? 300 : -80, { session: sessions[place % 5] as SessionDate }),
    );
    expect(metricsOf(nine, lots()).payoff).toMatchObject({ value: 300 / 80, interval: null, noInterval: 'too_few' });
  });

  test('five losses of one session say no more of the payoff than one does', () => {
    const trades = Array.from({ length: 30 }, (_, at) =>
      trade(at, at < 5 ? -80 - at : 300 + at, { session: dateOfDay(20_000 + Math.floor(at / 5)) }),
    );
    expect(metricsOf(trades, lots()).payoff).toMatchObject({ interval: null, noInterval: 'too_few' });
  });

  test('sessions whose risk nobody knows make the expectancy no surer', () => {
    const known = Array.from({ length: 12 }, (_, at) => trade(at, at % 3 === 0 ? 200 : -90, { session: dateOfDay(20_000 + (at % 6)) }));
    const unknown = Array.from({ length: 20 }, (_, at) =>
      trade(100 + at, 50, { session: dateOfDay(20_100 + at), rMultiple: null, risk: null }),
    );
    const [alone, among] = [known, [...known, ...unknown]].map((some) => metricsOf(some, lots()).expectancy.interval);
    expect(among).toEqual(alone);
    expect(metricsOf([...known.slice(0, 4), ...unknown], lots()).expectancy).toMatchObject({ interval: null, noInterval: 'too_few' });
  });

  test('of none there is no number, and a reason', () => {
    for (const { name, value, missing } of Object.values(metricsOf([])))
      if (!['net_pnl', 'fees', 'slippage_money', 'streak_won', 'streak_lost'].includes(name))
        expect([name, value, missing === null]).toEqual([name, null, false]);
    expect(metricsOf([trade(1, 5)]).profit_factor).toMatchObject({ value: null, missing: 'no_losses' });
    expect(metricsOf([trade(1, -5)]).largest_win).toMatchObject({ value: null, missing: 'no_wins', trades: [] });
  });
});

test('the interval of a ratio of sums is that of whole sessions drawn again, as nearly as a straight line can be', () => {
  const stream = new RandomStream(3, 'parts');
  const parts = Array.from({ length: 200 }, () => ({ above: stream.below(100) + 1, below: stream.below(80) + 1 }));
  const linear = sessionRatio(parts);
  const sum = (of: 'above' | 'below', drawn: typeof parts): number => drawn.reduce((total, part) => total + part[of], 0);
  const drawn = blockBootstrap(parts, (some) => sum('above', [...some]) / sum('below', [...some]), lots());
  if (typeof linear === 'string' || typeof drawn === 'string') throw new Error('no interval');
  expect(linear.low).toBeCloseTo(drawn.low ?? 0, 1);
  expect(linear.high).toBeCloseTo(drawn.high ?? 0, 1);
  expect(sessionRatio(parts.slice(0, 4))).toBe('too_few');
  expect(sessionRatio([{ above: 0, below: 5 }])).toBe('no_wins');
});

describe('numbers of the account', () => {
  test('the deepest fall is by the minute, from the highest of the days before', () => {
    const days = [
      day('2026-03-16', 100_000, 1_000, { pnlHigh: dollars(5_000), fall: { peak: dollars(5_000), bottom: dollars(1_000) } }),
      day('2026-03-17', 101_000, -500, { pnlLow: dollars(-3_500), fall: { peak: cash(0), bottom: dollars(-3_500) } }),
    ];
    const fall = deepestFall(days);
    // From 105,000 on the first day to 97,500 on the second.
    expect(fall.depth).toBeCloseTo(1 - 97_500 / 105_000, 12);
    expect([fall.from?.date, fall.to?.date]).toEqual(['2026-03-16', '2026-03-17']);
    const { max_drawdown: byMinute, max_drawdown_closes: byCloses } = accountMetrics(days, null);
    expect(byMinute.value).toBe(fall.depth);
    expect(byCloses.value).toBeCloseTo(500 / 101_000, 12);
  });

  test('what is paid in is no return and no new peak', () => {
    const days = [
      day('2026-03-16', 100_000, 1_000),
      day('2026-03-17', 101_000, -1_010, { transfers: dollars(101_000), equity: dollars(200_990) }),
    ];
    const { return: gained, turnover } = accountMetrics(days, null);
    expect(gained.value).toBeCloseTo(1.01 * (1 - 1_010 / 202_000) - 1, 12);
    expect(turnover.value).toBeCloseTo((0.5 + 0.25) / 2, 12);
    expect(deepestFall(days).depth).toBeCloseTo(0.005, 12);
  });

  test('a draw without a loss has no bound, and does not lower the upper end', () => {
    // Three of ten days lose: 2.8 % of the draws have none of them, more than the 2.5 % above the end.
    const days = Array.from({ length: 10 }, (_, place) => day(`2026-03-${10 + place}`, 100_000, place < 3 ? -100 : 200));
    const { sortino, calmar } = accountMetrics(days, lots());
    expect([sortino.interval?.high, calmar.interval?.high]).toEqual([null, null]);
    expect(sortino.interval?.low).toBeGreaterThan(-20);
  });

  test('the interval of the deepest fall by the minute is of the marks by the minute, and not of the closes', () => {
    const deep = { pnlLow: dollars(-5_000), fall: { peak: cash(0), bottom: dollars(-5_000) } };
    const days = Array.from({ length: 80 }, (_, place) => day(`day ${place}`, 100_000, place % 2 === 0 ? 100 : -100, deep));
    const { max_drawdown: byMinute, max_drawdown_closes: byCloses } = accountMetrics(days, lots());
    expect(byMinute.interval?.low).toBeGreaterThanOrEqual(0.05);
    expect(byCloses.interval?.high).toBeLessThan(0.05);
    expect(accountMetrics(days, null).max_drawdown.noInterval).toBe('not_made');
  });

  test('an account that has lost everything has no return, and the report does not fall over', () => {
    const { sharpe, return: gained } = accountMetrics([day('2026-03-16', 100, -100)], null);
    expect([sharpe.value, gained.value]).toEqual([null, null]);
  });
});

const of = (value: number, ends: readonly [number, number] | null, n = 100) =>
  metric({
    name: 'x',
    unit: 'fraction',
    value,
    n,
    of: 'sessions',
    interval: ends === null ? 'too_few' : { low: ends[0], high: ends[1], level: 0.95, method: 'wilson' },
  });

const verdicts: readonly [why: string, kind: Target['kind'], actual: ReturnType<typeof of> | null, verdict: Verdict][] = [
  ['the whole interval is above', 'at_least', of(0.7, [0.61, 0.8]), 'met'],
  ['the whole interval is below', 'at_least', of(0.5, [0.4, 0.59]), 'not_met'],
  ['the interval spans it, though the value is above', 'at_least', of(0.7, [0.5, 0.8]), 'cannot_be_said'],
  ['there is no interval', 'at_least', of(0.9, null), 'cannot_be_said'],
  ['nothing was measured', 'at_least', null, 'cannot_be_said'],
  ['a fall that happened is a fact', 'below', of(0.7, [0.1, 0.9]), 'not_met'],
  ['a fall that could have been deeper', 'below', of(0.3, [0.1, 0.7]), 'cannot_be_said'],
  ['a fall that could not', 'below', of(0.3, [0.1, 0.5]), 'met'],
  ['a month says little of a year', 'below', of(0.3, [0.1, 0.5], 20), 'cannot_be_said'],
];
for (const [why, kind, actual, verdict] of verdicts)
  test(`target of 0.6: ${why}`, () => {
    expect(judge({ name: 'win_rate', kind, target: 0.6 }, actual, actual?.n ?? 0).verdict).toBe(verdict);
  });

test('a few trades that all won have met no target, since they say nothing of the strategy', () => {
  const { win_rate: won } = metricsOf(Array.from({ length: 8 }, (_, place) => trade(place, 10)));
  expect(won.interval?.low).toBeGreaterThan(0.6);
  expect(judge({ name: 'win_rate', kind: 'at_least', target: 0.6 }, won, 60).verdict).toBe('cannot_be_said');
  const many = metricsOf(Array.from({ length: 100 }, (_, place) => trade(place, 10))).win_rate;
  expect(judge({ name: 'win_rate', kind: 'at_least', target: 0.6 }, many, 60).verdict).toBe('met');
  // A hundred trades of one good day.
  expect(judge({ name: 'win_rate', kind: 'at_least', target: 0.6 }, many, 1).verdict).toBe('cannot_be_said');
});

test('every trade is in one group of each dimension and in one period, and their money adds up', () => {
  const trades = [
    trade(1, 10),
    trade(2, -5, { minute: 570, phase: 'opening_range' }),
    trade(3, 7, { session: '2026-04-01' as SessionDate, noMarket: true }),
  ];
  const days = [day('2026-03-16', 1_000, 5), day('2026-04-01', 1_005, 7)];
  const { groups, periods, whole } = performanceOf({ trades, days, period: 'month', stage: 1, lots, nameOf: () => 'ACME' });
  for (const some of [...Object.values(groups), periods]) {
    expect(some.flatMap(({ trades: ids }) => ids).toSorted()).toEqual(['1', '2', '3']);
    expect(some.reduce((sum, { metrics }) => sum + (metrics.net_pnl.value ?? 0), 0)).toBe(120_000);
  }
  expect(periods.map(({ key }) => key)).toEqual(['2026-03', '2026-04']);
  expect(groups.hour.map(({ key }) => key)).toEqual(['09:00', '10:00']);
  const weeks = performanceOf({ trades, days, period: 'week', stage: 1, lots, nameOf: () => 'ACME' }).periods;
  expect(weeks.map(({ key }) => key)).toEqual(['2026-03-16', '2026-03-30']);
  // The early power hour of a half day does not come before the midday of all other days.
  const half = [trade(1, 1, { minute: 680, phase: 'power_hour' }), trade(2, 1, { minute: 720, phase: 'midday' })];
  const ofDay = performanceOf({ trades: half, days, period: 'all', stage: 1, lots, nameOf: () => 'ACME' });
  expect(ofDay.groups.phase.map(({ key }) => key)).toEqual(['midday', 'power_hour']);
  expect(groups.reason.map(({ key }) => key)).toEqual(['time_stop', 'no_market']);
  expect(whole?.account.day_pnl.value).toBe(120_000);
});
