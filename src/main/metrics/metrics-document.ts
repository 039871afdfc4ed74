import type { Annual } from '#domain/statistics/returns/annual';
import type { Returns } from '#domain/statistics/returns/returns';
import { type Comparison, comparisonWith, datedDrawdown, type Measures, measuresOf } from '#main/metrics/measures';
import type { DatedReturns } from '#main/metrics/read-series';
import { seriesCautions } from '#main/metrics/series-cautions';

type Fall = ReturnType<typeof datedDrawdown>;

/** What `catalyst metrics` says, as JSON has it. A figure is `{ value }`, or `{ value: null, missing }` with the reason. */
export type MetricsDocument = {
  readonly series: { readonly what: string; readonly count: number; readonly from: string; readonly to: string };
  readonly annual: Annual;
  readonly confidence: 0.95;
  /** What speaks against the periods or the unit in which the file was read. */
  readonly cautions: readonly string[];
  readonly measures: Measures;
  readonly deepest: Fall | null;
  readonly longest: Fall | null;
  readonly benchmark?: { readonly what: string; readonly comparison: Comparison };
};

export type Benchmark = { readonly what: string; readonly returns: Returns };

/** Measures a series, and beside a benchmark when there is one. `start` names the time before the first return. */
export function metricsDocument(what: string, series: DatedReturns, annual: Annual, benchmark: Benchmark | null): MetricsDocument {
  const { returns, dates } = series;
  const measures = measuresOf(returns, annual);
  const dated = (fall: Measures['deepestDrawdown']): Fall | null => (fall === null ? null : datedDrawdown(fall, dates, 'the start'));
  return {
    series: { what, count: returns.length, from: dates[0] ?? '', to: dates.at(-1) ?? '' },
    annual,
    confidence: 0.95,
    cautions: seriesCautions(series, annual),
    measures,
    deepest: dated(measures.deepestDrawdown),
    longest: dated(measures.longestDrawdown),
    ...(benchmark !== null && { benchmark: { what: benchmark.what, comparison: comparisonWith(returns, benchmark.returns, annual) } }),
  };
}
