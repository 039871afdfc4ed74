import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantile } from '#domain/statistics/quantile';
import { alphaBeta } from '#domain/statistics/returns/alpha-beta';
import { calmarRatio } from '#domain/statistics/returns/calmar-ratio';
import { deepest, drawdowns, longest, maxDrawdown } from '#domain/statistics/returns/drawdowns';
import { annualReturn, cumulativeReturn } from '#domain/statistics/returns/growth';
import { omegaRatio } from '#domain/statistics/returns/omega-ratio';
import { type Returns, returnsOf } from '#domain/statistics/returns/returns';
import { sharpeRatio } from '#domain/statistics/returns/sharpe-ratio';
import { downsideDeviation, sortinoRatio } from '#domain/statistics/returns/sortino-ratio';
import { stability } from '#domain/statistics/returns/stability';
import { expectedShortfall, tailRatio, valueAtRisk } from '#domain/statistics/returns/tails';
import { annualVolatility } from '#domain/statistics/returns/volatility';

function given(...values: readonly number[]): Returns {
  const made = returnsOf(values);
  if (!made.ok) throw new Error(made.problem.kind);
  return made.value;
}
const is = (value: number) => ({ value: expect.closeTo(value, 10) });
const year = (periodsAYear: number, riskFree = 0) => ({ periodsAYear, riskFree });
const none = (missing: string) => ({ value: null, missing });

/** Mean 0.01, deviations 0.01, −0.03, 0.02, 0, so squares sum to 0.0014. */
const four = given(0.02, -0.02, 0.03, 0.01);

describe('a series of returns', () => {
  test.each([
    ['no returns', [], { kind: 'no_returns' }],
    ['a hole', [0.1, Number.NaN], { kind: 'not_a_number', row: 2 }],
    ['no bound', [Number.POSITIVE_INFINITY], { kind: 'not_a_number', row: 1 }],
    ['a loss of everything', [0.1, 0.2, -1], { kind: 'all_lost', row: 3, value: -1 }],
    ['a loss of more than everything', [-1.5, 0.2], { kind: 'all_lost', row: 1, value: -1.5 }],
  ])('is refused with %s', (_, values, problem) => expect(returnsOf(values)).toEqual({ ok: false, problem }));

  test('is kept as it was given, even when the giver changes it later', () => {
    const values = [0.1, 0.2];
    const made = returnsOf(values);
    values[0] = -5;
    expect(made).toEqual({ ok: true, value: [0.1, 0.2] });
  });
});

describe('growth', () => {
  test('is compounded', () => expect(cumulativeReturn(given(0.1, -0.5, 1))).toEqual(is(0.1)));
  test('by the year is that of all periods to the power of their share of a year', () => {
    expect(annualReturn(given(0.1, 0.1), year(2))).toEqual(is(0.21));
    expect(annualReturn(given(0.1, 0.1), year(4))).toEqual(is(0.4641));
    expect(annualReturn(given(0.21), year(0.5))).toEqual(is(0.1));
  });
  test('beyond what a float holds is no figure', () => {
    expect(annualReturn(given(1e10))).toEqual(none('beyond_numbers'));
    expect(cumulativeReturn(given(1e200, 1e200))).toEqual(none('beyond_numbers'));
  });
});

describe('ratios of one period told by the year', () => {
  test('volatility has the sample deviation', () => expect(annualVolatility(four)).toEqual(is(Math.sqrt((0.0014 / 3) * 252))));
  test("Sharpe's takes the risk-free of a period off", () => {
    expect(sharpeRatio(four)).toEqual(is((0.01 / Math.sqrt(0.0014 / 3)) * Math.sqrt(252)));
    expect(sharpeRatio(four, year(4, 0.02))).toEqual(is((0.005 / Math.sqrt(0.0014 / 3)) * 2));
  });
  test("Sortino's counts what falls short of the risk-free, over all periods", () => {
    expect(downsideDeviation(four)).toEqual(is(Math.sqrt(0.0004 / 4) * Math.sqrt(252)));
    expect(sortinoRatio(four)).toEqual(is((0.01 / 0.01) * Math.sqrt(252)));
    // Against 0.015 a period −0.035 and −0.005 fall short, and the mean is −0.005.
    expect(sortinoRatio(four, year(4, 0.06))).toEqual(is((-0.005 / Math.sqrt((0.035 * 0.035 + 0.005 * 0.005) / 4)) * 2));
  });
  test('have no value where nothing varies or nothing falls short', () => {
    expect([sharpeRatio(given(0.01)), annualVolatility(given(0.01))]).toEqual([none('too_few'), none('too_few')]);
    expect(sharpeRatio(given(0.01, 0.01, 0.01))).toEqual(none('no_variation'));
    expect(sortinoRatio(given(0.01, 0, 0.02))).toEqual(none('no_downside'));
  });
});

describe('drawdowns', () => {
  // Equity: 1, 1.1, 0.88, 0.968, a little above 1.1, 1.21, 1.1495, 1.1495.
  const path = given(0.1, -0.2, 0.1, 1.1 / 0.968 - 1 + 1e-12, 0.1, -0.05, 0);

  test('go from a peak over a trough until equity is there again', () => {
    expect(drawdowns(path)).toEqual([
      { depth: expect.closeTo(0.2, 12), peak: 1, trough: 2, recovery: 4, periods: 2 },
      { depth: expect.closeTo(0.05, 12), peak: 5, trough: 6, recovery: null, periods: 2 },
    ]);
    expect(maxDrawdown(path)).toBeCloseTo(0.2, 12);
  });
  test('count from the start, when the first return is a loss', () => {
    expect(drawdowns(given(-0.5, 0.5))).toEqual([{ depth: 0.5, peak: 0, trough: 1, recovery: null, periods: 2 }]);
  });
  test('the deepest need not be the longest, and of equals it is the first', () => {
    const all = drawdowns(given(-0.5, 1, -0.1, 0, 0));
    expect(deepest(all)).toMatchObject({ peak: 0, trough: 1, recovery: 2, periods: 1 });
    expect(longest(all)).toMatchObject({ peak: 2, trough: 3, periods: 3 });
    expect(deepest(drawdowns(given(-0.5, 1, -0.5, 1)))).toMatchObject({ peak: 0 });
    expect([deepest([]), longest([])]).toEqual([null, null]);
  });
  test("Calmar's ratio is growth by the year over the deepest", () => {
    expect(calmarRatio(given(0.5, -0.2), year(2))).toEqual(is(0.2 / 0.2));
    expect(calmarRatio(given(0.5, 0), year(2))).toEqual(none('no_drawdown'));
  });
});

describe('the shape of the series', () => {
  test('omega is gains over losses about a threshold', () => {
    expect(omegaRatio(four)).toEqual(is(3));
    expect(omegaRatio(four, 0.01)).toEqual(is(1));
    expect(omegaRatio(given(0.1, 0.2))).toEqual(none('no_downside'));
  });
  test('quantiles lie in a straight line between neighbours', () => {
    expect([0, 0.25, 0.3, 0.5, 1].map((share) => quantile([4, 1, 3, 2], share))).toEqual([1, 1.75, expect.closeTo(1.9, 12), 2.5, 4]);
    expect(quantile([1, 2, Number.POSITIVE_INFINITY], 0.5)).toBe(2);
  });
  // In order −0.02, 0.01, 0.02, 0.03: 5 % lies at −0.02 + 0.15 × 0.03, 95 % at 0.02 + 0.85 × 0.01.
  test('value at risk and what is lost beyond it', () => {
    expect(valueAtRisk(four)).toEqual(is(0.0155));
    expect(valueAtRisk(four, 0.5)).toEqual(is(-0.015));
    expect(expectedShortfall(four)).toEqual(is(0.02));
    expect(expectedShortfall(four, 0.5)).toEqual(is(0.005));
  });
  test('the tail ratio', () => {
    expect(tailRatio(four)).toEqual(is(0.0285 / 0.0155));
    expect(tailRatio(given(0, 0, 0))).toEqual(none('no_downside'));
  });
  test('stability is 1 for a straight rise and less for a bent one', () => {
    expect(stability(given(0.01, 0.01, 0.01, 0.01))).toEqual(is(1));
    // Cumulated ln 2, ln 4, ln 2: flat in the mean.
    expect(stability(given(1, 1, -0.5))).toEqual(is(0));
    expect([stability(given(0.1, 0.1)), stability(given(0.1, 0, 0))]).toEqual([none('too_few'), none('no_variation')]);
  });
});

describe('beside a benchmark', () => {
  // y = 0.001 + 2 x, but for ±0.001 that no slope explains.
  const x = given(0.01, 0.02, 0.03, 0.04);
  const y = given(0.022, 0.04, 0.06, 0.082);

  test('beta is the slope and alpha what is left, compounded', () => {
    const { alpha, beta, line } = alphaBeta(y, x, year(2));
    expect(beta).toEqual(is(2));
    expect(alpha).toEqual(is(1.001 * 1.001 - 1));
    // By hand: residues 0.001, −0.001, −0.001, 0.001; squares over n − 2 are 2e-6; Sxx is 0.0005.
    expect(line).toMatchObject({
      slopeError: expect.closeTo(Math.sqrt(0.000002 / 0.0005), 10),
      interceptError: expect.closeTo(Math.sqrt(0.000002 * (1 / 4 + 0.000625 / 0.0005)), 10),
      correlation: expect.closeTo(0.001 / Math.sqrt(0.0005 * 0.002004), 10),
    });
  });
  test('the risk-free is taken off both', () => {
    // y − f = alpha + 2 (x − f), so alpha is 0.001 + f.
    expect(alphaBeta(y, x, year(1, 0.005)).alpha).toEqual(is(0.006));
  });
  test('a benchmark that never varies explains nothing, nor do two periods; lengths must agree', () => {
    expect(alphaBeta(y, given(0.01, 0.01, 0.01, 0.01))).toMatchObject({
      alpha: none('no_variation'),
      beta: none('no_variation'),
      line: null,
    });
    expect(alphaBeta(given(0.1, 0.2), given(0.1, 0.3)).beta).toEqual(none('too_few'));
    expect(() => alphaBeta(y, given(0.1))).toThrow('4 returns against 1');
  });
});

/** In hundredths of a percent: rounding of nearly equal numbers is not what is asked about. */
const some = fc.array(
  fc.integer({ min: -5000, max: 5000 }).map((points) => points / 10_000),
  { minLength: 2, maxLength: 60 },
);
const apart = some.filter((values) => Math.max(...values) - Math.min(...values) > 1e-3);
const numberOf = ({ value }: { readonly value: number | null }): number => value ?? Number.NaN;

describe('whatever the series is', () => {
  test("Sharpe's and Sortino's ratios are the same of every multiple", () => {
    fc.assert(
      fc.property(apart, fc.double({ min: 0.05, max: 1.9, noNaN: true }), (values, factor) => {
        const [one, scaled] = [given(...values), given(...values.map((value) => value * factor))];
        expect(numberOf(sharpeRatio(scaled))).toBeCloseTo(numberOf(sharpeRatio(one)), 7);
        const sortino = sortinoRatio(one);
        if (sortino.value !== null && Math.abs(sortino.value) < 1e6)
          expect(numberOf(sortinoRatio(scaled)) / sortino.value).toBeCloseTo(1, 7);
      }),
    );
  });
  test("Sharpe's ratio grows with the square root of the periods of a year", () => {
    fc.assert(
      fc.property(apart, (values) => {
        const one = given(...values);
        expect(numberOf(sharpeRatio(one, year(4)))).toBeCloseTo(2 * numberOf(sharpeRatio(one, year(1))), 9);
      }),
    );
  });
  test('equity never falls by everything, and not at all where it only rises', () => {
    fc.assert(
      fc.property(some, (values) => {
        const fall = maxDrawdown(given(...values));
        expect(fall).toBeGreaterThanOrEqual(0);
        expect(fall).toBeLessThan(1);
        expect(maxDrawdown(given(...values.map(Math.abs)))).toBe(0);
      }),
    );
  });
  test('the deepest drawdown is the largest fall from any earlier point to any later one', () => {
    fc.assert(
      fc.property(some, (values) => {
        const equity = [1];
        for (const value of values) equity.push((equity.at(-1) ?? 1) * (1 + value));
        const falls = equity.flatMap((from, at) => equity.slice(at).map((to) => 1 - to / from));
        const all = drawdowns(given(...values));
        expect(maxDrawdown(given(...values))).toBeCloseTo(Math.max(...falls), 12);
        for (const { depth, peak, trough } of all) expect(1 - (equity[trough] ?? 0) / (equity[peak] ?? 1)).toBeCloseTo(depth, 12);
        const under = equity.filter((now, at) => now < Math.max(...equity.slice(0, at + 1))).length;
        expect(all.reduce((sum, { periods }) => sum + periods, 0)).toBe(under);
      }),
    );
  });
  test('two series one after the other grow by the product of both', () => {
    fc.assert(
      fc.property(some, some, (first, second) => {
        const grown = (values: readonly number[]): number => 1 + numberOf(cumulativeReturn(given(...values)));
        const whole = grown([...first, ...second]);
        expect(whole / (grown(first) * grown(second))).toBeCloseTo(1, 9);
        expect(maxDrawdown(given(...first, ...second))).toBeGreaterThanOrEqual(maxDrawdown(given(...first)));
        const both = maxDrawdown(given(...second));
        expect(maxDrawdown(given(...first, ...second)) - both).toBeGreaterThanOrEqual(-1e-12);
      }),
    );
  });
  test('the order of returns changes drawdowns alone', () => {
    fc.assert(
      fc.property(apart, (values) => {
        const [one, turned] = [given(...values), given(...values.toReversed())];
        expect(numberOf(sharpeRatio(turned))).toBeCloseTo(numberOf(sharpeRatio(one)), 9);
        expect(valueAtRisk(turned)).toEqual(valueAtRisk(one));
        expect(numberOf(cumulativeReturn(turned))).toBeCloseTo(numberOf(cumulativeReturn(one)), 6);
      }),
    );
  });
  test('a series is explained by itself: beta 1, alpha 0; a multiple has that beta', () => {
    fc.assert(
      fc.property(
        apart.filter(({ length }) => length > 2),
        (values) => {
          const one = given(...values);
          const half = given(...values.map((value) => value / 2));
          expect(numberOf(alphaBeta(one, one).beta)).toBeCloseTo(1, 9);
          expect(numberOf(alphaBeta(one, one).alpha)).toBeCloseTo(0, 7);
          expect(numberOf(alphaBeta(half, one).beta)).toBeCloseTo(0.5, 9);
        },
      ),
    );
  });
});
