import { describe, expect, test } from 'vitest';
import { deflatedSharpe, expectedMaximum, luckySharpe } from '#domain/statistics/inference/deflated-sharpe';
import { effectiveRank } from '#domain/statistics/inference/effective-rank';
import { falseDiscoveryRate } from '#domain/statistics/inference/false-discovery';
import { benjaminiHochberg, bonferroni, eBenjaminiHochberg, holm } from '#domain/statistics/inference/multiple-tests';
import { neweyWest } from '#domain/statistics/inference/newey-west';
import { pairedSharpe } from '#domain/statistics/inference/paired-sharpe';
import { psr2012, psr2026, standardError2012, standardError2026 } from '#domain/statistics/inference/probabilistic-sharpe';
import { sharpeSampleOf } from '#domain/statistics/inference/sharpe-sample';
import { minBacktestYears, minTrackRecord2012, minTrackRecord2026 } from '#domain/statistics/inference/track-record-length';
import { mean } from '#domain/statistics/moments';

/** Within a millionth of what is wanted. */
const about = (value: number) => expect.closeTo(value, 6 - Math.floor(Math.log10(Math.abs(value))));
const sampleOf = (sharpe: number, n: number, skewness = 0, kurtosis = 3) => ({ sharpe, n, skewness, kurtosis });

const hedge = sampleOf(1.585 / Math.sqrt(12), 24, -2.448, 10.164);
const paper = sampleOf(0.036 / 0.079, 24, -2.448, 10.164);

describe('the probabilistic Sharpe ratio', () => {
  test('D1.1: with skewness and fat tails', () => expect(psr2012(hedge).probability).toEqual(about(0.91323430688486)));
  test('D1.2: as if normal', () => expect(psr2012({ ...hedge, skewness: 0, kurtosis: 3 }).probability).toEqual(about(0.981591236083)));
  test('D1.3: standard errors over n − 1', () => {
    expect(standardError2012(sampleOf(0.7079, 134, -0.225, 2.957))).toBeCloseTo(0.1028, 4);
    expect(standardError2012(sampleOf(0.8183, 134, -1.4455, 7.0497))).toBeCloseTo(0.155, 4);
  });
  test('D1.4: of 2026, against 0 and 0.1', () => {
    expect(psr2026(paper).probability).toEqual(about(0.987207261));
    expect(psr2026(paper, 0.1).probability).toEqual(about(0.939147625));
  });
  test('D1.5: of 2026 when returns remember', () => {
    expect(psr2026(paper, 0, 0.2).probability).toEqual(about(0.965832005));
    expect(psr2026(paper, 0.1, 0.2).probability).toEqual(about(0.900475917));
  });
  test('D1.6: that of 2012 on the same differs', () => expect(psr2012(paper).probability).toEqual(about(0.912709339)));
  test('D1.7: standard errors over n', () => {
    expect(standardError2026(paper)).toBeCloseTo(0.329, 3);
    expect(standardError2026({ ...paper, skewness: 0, kurtosis: 3 })).toBeCloseTo(0.214, 3);
  });
});

describe('the deflated Sharpe ratio', () => {
  test.each([
    [100, 2.5306028932],
    [10, 1.574598301],
    [45, 2.23564],
    [1000, 3.255121514],
  ])('D1.8: the largest of %d standard normal numbers', (trials, value) => expect(expectedMaximum(trials)).toEqual(about(value)));

  const daily = (annual: number, n: number, periods: number, skewness: number, kurtosis: number) =>
    sampleOf(annual / Math.sqrt(periods), n, skewness, kurtosis);
  test('D1.9: the example of the paper', () => {
    expect(luckySharpe({ trials: 100, variance: 0.5 / 250 })).toEqual(about(0.1131720019));
    expect(deflatedSharpe(daily(2.5, 1250, 250, -3, 10), { trials: 100, variance: 0.5 / 250 }).probability).toEqual(about(0.9003968344));
  });
  test('D1.10: fewer trials, and normal returns', () => {
    expect(deflatedSharpe(daily(2.5, 1250, 250, -3, 10), { trials: 46, variance: 0.5 / 250 }).probability).toEqual(about(0.950501707));
    expect(deflatedSharpe(daily(2.5, 1250, 250, 0, 3), { trials: 88, variance: 0.5 / 250 }).probability).toEqual(about(0.950490817));
  });
  test('D1.11: neither excess kurtosis nor the yearly ratio is used', () => {
    const trials = { trials: 100, variance: 0.5 / 250 };
    const { probability } = deflatedSharpe(daily(2.5, 1250, 250, -3, 10), trials);
    expect(probability).not.toBeCloseTo(0.9017785664, 4);
    expect(probability).toBeLessThan(0.95);
    // What goes wrong is what the oracle says goes wrong.
    expect(deflatedSharpe(daily(2.5, 1250, 250, -3, 7), trials).probability).toEqual(about(0.9017785664));
    expect(deflatedSharpe(sampleOf(2.5, 1250, -3, 10), { trials: 100, variance: 0.5 }).probability).toBeCloseTo(0.99999994, 7);
  });
  test('D1.12: 252 days a year', () => {
    const trials = { trials: 40, variance: 0.25 / 252 };
    expect(deflatedSharpe(daily(1.8, 252, 252, -0.6, 7), trials).probability).toEqual(about(0.75016382));
    expect(deflatedSharpe(daily(2.4, 504, 252, -0.6, 7), trials).probability).toEqual(about(0.958949301));
  });
});

describe('how long a record must be', () => {
  test('D1.13: in years, of 2012', () => {
    const [day, week, month] = [Math.sqrt(250), Math.sqrt(52), Math.sqrt(12)] as const;
    const years = (yearly: number, than: number, root: number, skewness = 0, kurtosis = 3) =>
      (minTrackRecord2012(sampleOf(yearly / root, 0, skewness, kurtosis), { than: than / root }) ?? Number.NaN) / (root * root);
    expect(years(2, 1, day)).toEqual(about(2.7311878017));
    expect(years(2, 1, week)).toEqual(about(2.8288335869));
    expect(years(3, 2.5, month, -0.72, 5.78)).toEqual(about(27.352920196));
  });
  test('D1.14: in years of months', () => {
    expect((minTrackRecord2012(sampleOf(0.7079, 134, -0.225, 2.957)) ?? 0) / 12).toBeCloseTo(0.7152, 4);
    expect((minTrackRecord2012(sampleOf(0.8183, 134, -1.4455, 7.0497)) ?? 0) / 12).toBeCloseTo(1.1593, 4);
  });
  test('D1.15: of 2026', () => expect(minTrackRecord2026(paper)).toBeCloseTo(13.029, 3));
  test('D1.15: of 2026, longer when returns remember', () => expect(minTrackRecord2026(paper, { rho: 0.2 })).toBeCloseTo(13.029 * 1.5, 2));
  test('D1.16: of a backtest', () => expect(minBacktestYears(45, 1)).toEqual(about(4.998087004)));
  test('no record is long enough for a ratio that is not above the other', () => {
    expect(minTrackRecord2012(paper, { than: 0.5 })).toBeNull();
    expect(minTrackRecord2026(paper, { than: 0.5 })).toBeNull();
  });
});

test('D1.17: how many discoveries are false', () => {
  expect(falseDiscoveryRate({ prior: 0.05, alpha: 0.05, beta: 0.315 })).toBeCloseTo(0.581, 3);
});

test('D1.18: the effective rank', () => {
  expect(
    effectiveRank([
      [1, 0.1, 0.7],
      [0.1, 1, 0.8],
      [0.7, 0.8, 1],
    ]),
  ).toEqual(about(1.8402004));
  expect(
    effectiveRank([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]),
  ).toBeCloseTo(3, 12);
  expect(
    effectiveRank([
      [1, 1],
      [1, 1],
    ]),
  ).toBeCloseTo(1, 12);
  expect(() =>
    effectiveRank([
      [1, 0.5],
      [0.4, 1],
    ]),
  ).toThrow('not symmetric');
});

test('D1.19: a series has its moments', () => {
  const sample = sharpeSampleOf([0.4, -0.3, 0.9, -0.1, 0.2, -0.6, 0.8, 0.3, -0.2, 0.5, -0.4, 0.1]);
  expect(sample).toEqual({ sharpe: about(0.2827142352), n: 12, skewness: about(0.1293382184), kurtosis: about(1.9798053293) });
  if (typeof sample !== 'string') expect(psr2012(sample).probability).toEqual(about(0.8278553537));
});

describe('two series of the same periods', () => {
  const a = [0.012, -0.004, 0.007, 0.015, -0.009, 0.003, 0.011, -0.002, 0.006, -0.005, 0.014, 0.001];
  const b = [0.008, -0.006, 0.004, 0.009, -0.011, 0.002, 0.007, -0.004, 0.003, -0.008, 0.01, -0.002];
  const differences = a.map((one, at) => one - (b[at] ?? 0));

  test('D1.20: their ratios differ', () => {
    expect(pairedSharpe(a, b)).toMatchObject({
      first: about(0.5093626145),
      second: about(0.1411649256),
      correlation: about(0.9925171965),
      z: about(4.405462761),
      p: about(0.0000105558286),
    });
  });
  test('D1.20: a series does not differ from itself, nor from one that never varies', () => {
    expect(pairedSharpe(a, a)).toBe('no_variation');
    expect(
      pairedSharpe(
        a,
        a.map(() => 0.01),
      ),
    ).toBe('no_variation');
    expect(pairedSharpe([0.1], [0.2])).toBe('too_few');
  });
  test('D1.21: the mean of what one makes more, when it remembers', () => {
    expect(neweyWest(differences, 3)).toEqual({ mean: about(0.00308333333), standardError: about(0.00021861217), t: about(14.1041248) });
    expect(neweyWest([1], 0)).toBe('too_few');
    expect(neweyWest([1, 2], 2)).toBe('too_few');
    expect(neweyWest([1, 1, 1], 1)).toBe('no_variation');
  });
  test('D1.21: without lags it is the error of the plain mean', () => {
    const plain = neweyWest(differences, 0);
    const squares = differences.map((one) => (one - mean(differences)) ** 2);
    expect(plain).toMatchObject({ standardError: expect.closeTo(Math.sqrt(mean(squares) / 12), 15) });
  });
});

describe('many tests at once', () => {
  const p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];
  const rejected = (adjusted: readonly number[]): number => adjusted.filter((one) => one <= 0.05).length;

  test('Benjamini and Hochberg 1995: four of fifteen are discoveries, three with Holm and Bonferroni', () => {
    expect([benjaminiHochberg(p), holm(p), bonferroni(p)].map(rejected)).toEqual([4, 3, 3]);
    const wanted = [
      0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.063857, 0.063857, 0.0645, 0.0765, 0.486, 0.581182, 0.714875, 0.753231, 0.813214, 1,
    ];
    expect(benjaminiHochberg(p)).toEqual(wanted.map((one) => expect.closeTo(one, 6)));
  });
  test('the order of the tests does not matter', () => {
    expect(benjaminiHochberg(p.toReversed())).toEqual(benjaminiHochberg(p).toReversed());
    expect(holm(p.toReversed())).toEqual(holm(p).toReversed());
  });
  test('Holm, and Bonferroni beside it', () => {
    expect(holm([0.01, 0.02, 0.5, 0.9])).toEqual([0.04, 0.06, 1, 1]);
    expect(bonferroni([0.01, 0.02, 0.5, 0.9])).toEqual([0.04, 0.08, 1, 1]);
    expect(() => holm([0.5, 1.5])).toThrow('between 0 and 1');
    expect(() => bonferroni([Number.NaN])).toThrow('between 0 and 1');
  });
  test('e-values: three of six are discoveries', () => {
    expect(eBenjaminiHochberg([40, 3.2, 25, 0.5, 130, 8], 0.1)).toEqual([true, false, true, false, true, false]);
    expect(eBenjaminiHochberg([1, 2], 0.1)).toEqual([false, false]);
  });
});
