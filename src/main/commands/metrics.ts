import { basename } from 'node:path';
import type { Annual } from '#domain/statistics/returns/annual';
import { dollarNeutral } from '#domain/statistics/returns/dollar-neutral';
import { Failure } from '#main/commands/failure';
import { misalignment } from '#main/metrics/aligned';
import { metricsDocument } from '#main/metrics/metrics-document';
import { metricsLines } from '#main/metrics/metrics-text';
import { type DatedReturns, readSeries, type SeriesOptions } from '#main/metrics/read-series';
import { type SeriesProblem, seriesProblemText } from '#main/metrics/series-problem';
import { show, showJson } from '#main/terminal';

export type MetricsCommand = {
  readonly returns: string;
  readonly short?: string;
  readonly benchmark?: string;
  readonly column?: string;
  readonly benchmarkColumn?: string;
  readonly prices: boolean;
  readonly percent: boolean;
  readonly riskFree: number;
  readonly periods: number;
  readonly json: boolean;
};

/** What a series of returns was worth, by the measures of the trade, and how sure that is. */
export async function metricsCommand(options: MetricsCommand): Promise<void> {
  if (options.prices && options.percent) throw new Failure('usage', 'prices are not in percent: give --prices or --percent');
  const annual: Annual = { periodsAYear: options.periods, riskFree: options.riskFree };
  const long = await read(options.returns, options.column, options);
  const series = options.short === undefined ? long : beside(long, await read(options.short, options.column, options));
  const short = options.short === undefined ? '' : `, half long, half short ${basename(options.short)}`;
  const what = `${nameOf(long)}${short}`;
  const benchmark =
    options.benchmark === undefined ? null : await read(options.benchmark, options.benchmarkColumn ?? options.column, options);
  if (benchmark !== null) refuseUnaligned(series, benchmark);
  const document = metricsDocument(what, series, annual, benchmark && { what: nameOf(benchmark), returns: benchmark.returns });
  if (options.json) showJson(document);
  else show(...metricsLines(document));
}

async function read(path: string, column: string | undefined, { prices, percent }: MetricsCommand): Promise<DatedReturns> {
  const options: SeriesOptions = { path, kind: prices ? 'prices' : 'returns', column, percent };
  const found = await readSeries(options);
  return found.ok ? found.value : refuse(found.problem);
}

/** The returns of half the capital in each. */
function beside(long: DatedReturns, short: DatedReturns): DatedReturns {
  refuseUnaligned(long, short);
  const both = dollarNeutral(long.returns, short.returns);
  if (both.ok) return { ...long, returns: both.value };
  const row = both.problem.kind === 'no_returns' ? 0 : both.problem.row - 1;
  refuse({
    kind: 'bad_line',
    path: long.path,
    line: long.lines[row] ?? 0,
    found: `with ${short.path} beside it, everything would be lost`,
  });
}

function refuseUnaligned(one: DatedReturns, other: DatedReturns): void {
  const problem = misalignment(one, other);
  if (problem !== null) refuse(problem);
}

function refuse(problem: SeriesProblem): never {
  throw new Failure('badInput', seriesProblemText(problem));
}

const nameOf = ({ path, column }: DatedReturns): string => `${basename(path)} (${column})`;
