import { autocorrelation } from '#domain/statistics/autocorrelation';
import { normalQuantile } from '#domain/statistics/distributions/normal-distribution';
import { studentQuantile } from '#domain/statistics/distributions/student';
import { type Figure, figure, missing } from '#domain/statistics/figure';
import { type PairedSharpe, pairedSharpe } from '#domain/statistics/inference/paired-sharpe';
import { psr2012, psr2026 } from '#domain/statistics/inference/probabilistic-sharpe';
import { sharpeInterval } from '#domain/statistics/inference/sharpe-interval';
import { type SharpeSample, sharpeSampleOf } from '#domain/statistics/inference/sharpe-sample';
import { minTrackRecord2012 } from '#domain/statistics/inference/track-record-length';
import { meanInterval } from '#domain/statistics/mean-interval';
import { kurtosis, mean, skewness } from '#domain/statistics/moments';
import { alphaBeta } from '#domain/statistics/returns/alpha-beta';
import { type Annual, excessOf } from '#domain/statistics/returns/annual';
import { calmarRatio } from '#domain/statistics/returns/calmar-ratio';
import { type Drawdown, deepest, drawdowns, longest } from '#domain/statistics/returns/drawdowns';
import { annualReturn, cumulativeReturn } from '#domain/statistics/returns/growth';
import { omegaRatio } from '#domain/statistics/returns/omega-ratio';
import type { Returns } from '#domain/statistics/returns/returns';
import { sharpeRatio } from '#domain/statistics/returns/sharpe-ratio';
import { downsideDeviation, sortinoRatio } from '#domain/statistics/returns/sortino-ratio';
import { stability } from '#domain/statistics/returns/stability';
import { expectedShortfall, tailRatio, valueAtRisk } from '#domain/statistics/returns/tails';
import { annualVolatility } from '#domain/statistics/returns/volatility';
import type { Interval } from '#domain/statistics/wilson';

/** All intervals are of 95 %. */
const CONFIDENCE = 0.95;

/** A figure and what holds the true one; null where there is none. */
export type Measured = Figure & { readonly interval: Interval | null };

/** Of one series: every figure by the year unless its name says otherwise. */
export type Measures = ReturnType<typeof measuresOf>;
export type Comparison = ReturnType<typeof comparisonWith>;

/** Everything that is said of a series of returns. */
export function measuresOf(returns: Returns, annual: Annual) {
  const excess = excessOf(returns, annual);
  const sample = sharpeSampleOf(excess);
  const sharpe = sharpeInterval(returns, annual, CONFIDENCE);
  const memory = autocorrelation(returns);
  const all = drawdowns(returns);
  const each = meanInterval(returns, CONFIDENCE);
  return {
    cumulativeReturn: cumulativeReturn(returns),
    annualReturn: annualReturn(returns, annual),
    meanReturn: { ...figure(mean(returns)), interval: typeof each === 'string' ? null : each },
    annualVolatility: annualVolatility(returns, annual),
    downsideDeviation: downsideDeviation(returns, annual),
    sharpeRatio: { ...sharpeRatio(returns, annual), interval: typeof sharpe === 'string' ? null : sharpe.interval },
    sharpeStandardError: typeof sharpe === 'string' ? missing(sharpe) : figure(sharpe.standardError),
    psr2012: typeof sample === 'string' ? missing(sample) : figure(psr2012(sample).probability),
    psr2026: typeof sample === 'string' ? missing(sample) : rememberingPsr(sample, memory),
    minTrackRecord: typeof sample === 'string' ? missing(sample) : lengthOf(minTrackRecord2012(sample)),
    sortinoRatio: sortinoRatio(returns, annual),
    calmarRatio: calmarRatio(returns, annual),
    omegaRatio: omegaRatio(returns),
    tailRatio: tailRatio(returns),
    valueAtRisk: valueAtRisk(returns),
    expectedShortfall: expectedShortfall(returns),
    stability: stability(returns),
    skewness: skewness(returns),
    kurtosis: kurtosis(returns),
    autocorrelation: memory,
    drawdowns: all.length,
    deepestDrawdown: deepest(all),
    longestDrawdown: longest(all),
  };
}

/** What is said of a series beside a benchmark of the same dates. */
export function comparisonWith(returns: Returns, benchmark: Returns, annual: Annual) {
  const { alpha, beta, line } = alphaBeta(returns, benchmark, annual);
  const times = returns.length > 2 ? studentQuantile((1 + CONFIDENCE) / 2, returns.length - 2) : Number.NaN;
  const around = (middle: number, error: number): Interval => ({ low: middle - times * error, high: middle + times * error });
  const none = missing(returns.length < 3 ? 'too_few' : 'no_variation');
  const paired = pairedSharpe(excessOf(returns, annual), excessOf(benchmark, annual));
  return {
    alpha,
    alphaOfAPeriod: {
      ...(line === null ? none : figure(line.intercept)),
      interval: line === null ? null : around(line.intercept, line.interceptError),
    },
    beta: { ...beta, interval: line === null ? null : around(line.slope, line.slopeError) },
    correlation: line === null ? none : figure(line.correlation),
    sharpeRatio: sharpeRatio(benchmark, annual),
    sharpeDifference: typeof paired === 'string' ? { ...none, interval: null } : differenceOf(paired, annual),
    differenceP: typeof paired === 'string' ? none : figure(paired.p),
  };
}

function differenceOf({ first, second, standardError }: PairedSharpe, { periodsAYear }: Annual): Measured {
  const year = Math.sqrt(periodsAYear);
  const half = normalQuantile((1 + CONFIDENCE) / 2) * standardError * year;
  const difference = (first - second) * year;
  return { ...figure(difference), interval: { low: difference - half, high: difference + half } };
}

/** A fall with dates in place of counts; `start` is what stands for the time before the first return. */
export function datedDrawdown(fall: Drawdown, dates: readonly string[], start: string) {
  const at = (place: number): string => (place === 0 ? start : (dates[place - 1] ?? start));
  return { ...fall, peak: at(fall.peak), trough: at(fall.trough), recovery: fall.recovery === null ? null : at(fall.recovery) };
}

const lengthOf = (periods: number | null): Figure => (periods === null ? missing('not_above') : figure(periods));

const rememberingPsr = (sample: SharpeSample, memory: Figure): Figure =>
  memory.value === null ? memory : figure(psr2026(sample, 0, memory.value).probability);
