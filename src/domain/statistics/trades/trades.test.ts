import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lots } from '#domain/statistics/block-bootstrap';
import { blockBootstrap } from '#domain/statistics/block-bootstrap';
import type { ClosedTrade } from '#domain/statistics/trades/closed-trade';
import { expectancy } from '#domain/statistics/trades/expectancy';
import { payoffRatio, profitFactor } from '#domain/statistics/trades/profit-factor';
import { longestStreaks } from '#domain/statistics/trades/streaks';
import { timeInTrade } from '#domain/statistics/trades/time-in-trade';
import { winRate } from '#domain/statistics/trades/win-rate';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import { dateOfDay } from '#domain/values/session-date';

/** Park and Miller's: enough chance for a test. */
function lotsOf(seed: number): Lots {
  let state = seed;
  return {
    below(count) {
      state = (state * 16_807) % 2_147_483_647;
      return state % count;
    },
  };
}

/** Each opened at 0; `day` counts from 1970. */
function trade(pnl: number, { r = pnl as number | null, day = 0, minutes = 1 } = {}): ClosedTrade {
  return {
    pnl: cash(pnl),
    fees: cash(0),
    rMultiple: r,
    openedAt: instant(0),
    closedAt: instant(minutes * 60_000),
    session: dateOfDay(day),
  };
}
const trades = (...pnls: readonly number[]) => pnls.map((pnl, day) => trade(pnl, { day }));
const none = (missing: string) => ({ value: null, missing });

describe('the win rate', () => {
  test('counts what made money after fees; what made nothing is neither won nor lost', () => {
    expect(winRate(trades(5, -3, 0, 2))).toMatchObject({ count: 4, won: 2, lost: 1, even: 1, rate: { value: 0.5 } });
  });
  test('has both intervals', () => {
    const half = winRate([...trades(...Array.from({ length: 5 }, () => 1)), ...trades(...Array.from({ length: 5 }, () => -1))]);
    // R: binom.confint(5, 10) and binom.test(5, 10).
    expect(half.wilson).toEqual({ low: expect.closeTo(0.2365931, 6), high: expect.closeTo(0.7634069, 6) });
    expect(half.exact).toEqual({ low: expect.closeTo(0.1870860284, 9), high: expect.closeTo(0.8129139716, 9) });
  });
});

describe('expectancy', () => {
  test('is the mean of R, and counts the trades whose risk is known', () => {
    const found = expectancy([trade(1), trade(-2), trade(5, { r: null, day: 1 }), trade(3, { day: 2 })], lotsOf(1));
    expect(found).toMatchObject({ count: 3, of: 4, mean: { value: 2 / 3 } });
    // Deviation √(19/3), t of 2 degrees 4.302652730.
    const half = (4.30265273 * Math.sqrt(19 / 3)) / Math.sqrt(3);
    expect(found.interval).toEqual({ low: expect.closeTo(2 / 3 - half, 7), high: expect.closeTo(2 / 3 + half, 7) });
    expect(found.above).toBeCloseTo(2 / 3 - (2.91998558 * Math.sqrt(19 / 3)) / Math.sqrt(3), 7);
  });
  test('drawn by session it is less sure where a day moves all of its trades together', () => {
    const together = Array.from({ length: 200 }, (_, at) => {
      const day = Math.floor(at / 20);
      return trade((day % 2) * 2 - 1, { day });
    });
    const alone = together.map((one, at) => ({ ...one, session: dateOfDay(at) }));
    const widthOf = (some: readonly ClosedTrade[]): number => {
      const { bySession } = expectancy(some, lotsOf(7));
      return typeof bySession === 'string' ? Number.NaN : (bySession.high ?? Number.NaN) - (bySession.low ?? Number.NaN);
    };
    // Ten throws of the dice instead of two hundred: √20 times as wide, and a fifth more since ten tell less of how they vary.
    expect(widthOf(together) / widthOf(alone)).toBeGreaterThan(4.8);
    expect(widthOf(together) / widthOf(alone)).toBeLessThan(6);
  });
});

describe('what trades made and lost', () => {
  test('the profit factor is gains over losses, with an interval about it', () => {
    const some = trades(...Array.from({ length: 60 }, (_, at) => (at % 3 === 0 ? -100 : 93)));
    const { gained, lost, factor, bySession } = profitFactor(some, lotsOf(3));
    expect([gained, lost]).toEqual([3720, 2000]);
    expect(factor).toEqual({ value: 1.86 });
    if (typeof bySession === 'string') throw new Error(bySession);
    expect(bySession.low).toBeGreaterThan(0.9);
    expect(bySession.low).toBeLessThan(1.4);
    expect(bySession.high).toBeGreaterThan(2.4);
    expect(bySession.high).toBeLessThan(4.5);
  });
  test('has no upper end where too many draws had no loss', () => {
    const { factor, bySession } = profitFactor(trades(10, 10, 10, -10, -10), lotsOf(3));
    expect(factor).toEqual({ value: 1.5 });
    // One draw in a hundred is of the two losses alone.
    expect(bySession).toEqual({ low: 0, high: null });
  });
  test('the payoff ratio is the mean win over the mean loss', () => {
    expect(payoffRatio(trades(10, 20, -5, 0))).toEqual({ value: 3 });
  });
});

test('the longest runs of wins and losses; what made nothing ends both', () => {
  expect(longestStreaks(trades(1, 1, -1, 1, 1, 1, 0, 1, -1, -1, 0, -1))).toEqual({ wins: 3, losses: 2 });
});

test('the time in a trade, mean and median, in minutes', () => {
  const held = [1, 2, 30, 5].map((minutes) => trade(1, { minutes }));
  expect(timeInTrade(held)).toEqual({ mean: { value: 9.5 }, median: { value: 3.5 } });
});

describe('the ends', () => {
  test('no trades', () => {
    expect(winRate([])).toEqual({
      count: 0,
      won: 0,
      lost: 0,
      even: 0,
      rate: none('no_trades'),
      wilson: { low: 0, high: 1 },
      exact: { low: 0, high: 1 },
    });
    const nothing = { count: 0, of: 0, mean: none('no_trades'), interval: 'no_trades', above: 'no_trades', bySession: 'no_trades' };
    expect(expectancy([], lotsOf(1))).toEqual(nothing);
    expect(profitFactor([], lotsOf(1))).toEqual({ gained: 0, lost: 0, factor: none('no_trades'), bySession: 'no_trades' });
    expect([payoffRatio([]), longestStreaks([])]).toEqual([none('no_trades'), { wins: 0, losses: 0 }]);
    expect(timeInTrade([])).toEqual({ mean: none('no_trades'), median: none('no_trades') });
  });
  test('one trade', () => {
    expect(expectancy([trade(2)], lotsOf(1))).toEqual({
      count: 1,
      of: 1,
      mean: { value: 2 },
      interval: 'too_few',
      above: 'too_few',
      bySession: 'one_session',
    });
    expect(profitFactor([trade(-2)], lotsOf(1))).toEqual({ gained: 0, lost: 2, factor: { value: 0 }, bySession: 'one_session' });
    expect(timeInTrade([trade(1, { minutes: 4 })])).toEqual({ mean: { value: 4 }, median: { value: 4 } });
  });
  test('only wins', () => {
    const won = trades(10, 10, 10, 10, 10);
    expect(winRate(won)).toMatchObject({ rate: { value: 1 }, wilson: { high: 1 }, exact: { high: 1 } });
    expect(profitFactor(won, lotsOf(1))).toMatchObject({ gained: 50, lost: 0, factor: none('no_losses'), bySession: 'no_losses' });
    expect(payoffRatio(won)).toEqual(none('no_losses'));
    expect(expectancy(won, lotsOf(1))).toMatchObject({ mean: { value: 10 }, interval: 'no_variation', bySession: 'no_variation' });
  });
  test('only losses', () => {
    const lost = trades(-10, -20, -10, -20, -10);
    expect(winRate(lost)).toMatchObject({ rate: { value: 0 }, wilson: { low: 0 }, exact: { low: 0 } });
    expect(profitFactor(lost, lotsOf(1))).toEqual({ gained: 0, lost: 70, factor: { value: 0 }, bySession: 'no_variation' });
    expect(payoffRatio(lost)).toEqual(none('no_wins'));
  });
  test('nobody knows what was risked', () => {
    expect(expectancy([trade(2, { r: null })], lotsOf(1))).toMatchObject({ count: 0, of: 1, mean: none('no_r'), bySession: 'no_r' });
  });
});

test('a bootstrap is the same of one seed, holds the statistic, and leaves out draws that say nothing', () => {
  const blocks = Array.from({ length: 30 }, (_, at) => at);
  const meanOf = (some: readonly number[]): number => some.reduce((sum, one) => sum + one, 0) / some.length;
  const found = blockBootstrap(blocks, meanOf, lotsOf(5));
  expect(blockBootstrap(blocks, meanOf, lotsOf(5))).toEqual(found);
  if (typeof found === 'string') throw new Error(found);
  // The deviation of the mean is √(899/12)/√30 = 1.58, so the interval is about 14.5 ± 3.1.
  expect(Math.abs((found.low ?? 0) - 11.4)).toBeLessThan(0.35);
  expect(Math.abs((found.high ?? 0) - 17.6)).toBeLessThan(0.35);
  expect(blockBootstrap(blocks, () => Number.NaN, lotsOf(5))).toBe('too_few');
  expect(blockBootstrap([1], meanOf, lotsOf(5))).toBe('one_session');
  expect(blockBootstrap([1, 2, 3, 4], meanOf, lotsOf(5))).toBe('too_few');
});

test('whatever the trades are, every figure is a number or says why it is none', () => {
  const any = fc.record({ pnl: fc.integer({ min: -1000, max: 1000 }), day: fc.integer({ min: 0, max: 5 }), known: fc.boolean() });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 12 }), (rows) => {
      const some = rows.map(({ pnl, day, known }) => trade(pnl, { day, r: known ? pnl / 7 : null }));
      const { mean, interval, bySession } = expectancy(some, lotsOf(11));
      const all = {
        mean,
        interval,
        bySession,
        rate: winRate(some),
        factor: profitFactor(some, lotsOf(11)),
        payoff: payoffRatio(some),
        time: timeInTrade(some),
      };
      // JSON makes null of what is no number; none of the figures may be such.
      const numbers: number[] = [];
      JSON.stringify(all, (_, value) => (typeof value === 'number' ? numbers.push(value) : value));
      expect(numbers.every(Number.isFinite)).toBe(true);
      const { wins, losses } = longestStreaks(some);
      expect(wins).toBeLessThanOrEqual(winRate(some).won);
      expect(losses).toBeLessThanOrEqual(winRate(some).lost);
    }),
    { numRuns: 40 },
  );
});
