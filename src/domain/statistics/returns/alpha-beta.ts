import { type Figure, figure, missing } from '#domain/statistics/figure';
import { type Line, lineThrough } from '#domain/statistics/line-through';
import { type Annual, excessOf, tradingDays } from '#domain/statistics/returns/annual';
import type { Returns } from '#domain/statistics/returns/returns';
import { assert } from '#domain/values/assert';

/** What a series makes beside a benchmark of the same periods; `line` is that of one period, excess upon excess. */
export type AlphaBeta = { readonly alpha: Figure; readonly beta: Figure; readonly line: Line | null };

/** Jensen's alpha by the year, compounded: (1 + alpha of one period) to the power `periodsAYear`, less 1; and beta, the slope. */
export function alphaBeta(returns: Returns, benchmark: Returns, annual: Annual = tradingDays): AlphaBeta {
  assert(returns.length === benchmark.length, `${returns.length} returns against ${benchmark.length} of the benchmark`);
  const line = lineThrough(excessOf(benchmark, annual), excessOf(returns, annual));
  if (line === null) {
    const none = missing(returns.length < 3 ? 'too_few' : 'no_variation');
    return { alpha: none, beta: none, line };
  }
  const { intercept, slope } = line;
  const compounded = figure(Math.exp(Math.log(1 + intercept) * annual.periodsAYear) - 1);
  return { alpha: intercept > -1 ? compounded : missing('beyond_numbers'), beta: figure(slope), line };
}
