import type { Figure } from '#domain/statistics/figure';
import { figureText, percentText, ratioText } from '#main/metrics/figure-text';
import type { Measured } from '#main/metrics/measures';
import type { MetricsDocument } from '#main/metrics/metrics-document';

type Line = readonly [name: string, value: string, interval: string, remark: string];
type Text = (value: number) => string;

/** The document in lines for a terminal: what was measured and how, then a figure a line with its interval and convention. */
export function metricsLines(document: MetricsDocument): readonly string[] {
  const { series, benchmark, annual, measures, cautions } = document;
  const { periodsAYear: year, riskFree } = annual;
  const rows: Line[] = [
    plain('cumulative return', measures.cumulativeReturn, percentText, 'compounded'),
    plain('annual return', measures.annualReturn, percentText, `compound growth of ${year} periods`),
    sure('mean return of a period', measures.meanReturn, percentText, "Student's t"),
    plain('annual volatility', measures.annualVolatility, percentText, `deviation over n − 1, × √${year}`),
    sure(
      'Sharpe ratio',
      measures.sharpeRatio,
      ratioText,
      `annual; standard error ${figureText(measures.sharpeStandardError, ratioText)} with skewness and kurtosis, over n − 1`,
    ),
    plain('  true ratio above 0', measures.psr2012, percentText, 'probability, Bailey and López de Prado 2012'),
    plain('  the same, returns remember', measures.psr2026, percentText, 'with the autocorrelation below, 2026'),
    plain(
      '  shortest record to believe',
      measures.minTrackRecord,
      (value) => periods(Math.ceil(value)),
      'that the ratio is above 0, at 95 %',
    ),
    plain('Sortino ratio', measures.sortinoRatio, ratioText, 'annual; target is the risk-free'),
    plain('downside deviation', measures.downsideDeviation, percentText, 'annual; over all n'),
    plain('Calmar ratio', measures.calmarRatio, ratioText, 'annual return over the deepest drawdown'),
    ...fallLines(document),
    plain('omega ratio', measures.omegaRatio, ratioText, 'about 0'),
    plain('tail ratio', measures.tailRatio, ratioText, 'quantiles of 95 % and 5 %'),
    plain('value at risk', measures.valueAtRisk, percentText, 'loss of a period, exceeded in 5 %'),
    plain('expected shortfall', measures.expectedShortfall, percentText, 'mean loss of those 5 %'),
    plain('stability', measures.stability, ratioText, 'R² of log equity over time'),
    plain('skewness', measures.skewness, ratioText, 'population'),
    plain('kurtosis', measures.kurtosis, ratioText, 'population, raw: 3 is normal'),
    plain('autocorrelation', measures.autocorrelation, ratioText, 'with the return before'),
  ];
  if (benchmark !== undefined) rows.push(...benchmarkLines(benchmark.comparison, year));
  return [
    `${series.what}: ${series.count} returns, ${series.from} to ${series.to}`,
    `annual figures: ${year} periods a year, each 1/${year} of a year; risk-free ${percentText(riskFree)} a year, ${riskFree} / ${year} off each return`,
    ...(benchmark === undefined ? [] : [`benchmark: ${benchmark.what}, of the same dates`]),
    ...cautions.map((text) => `BEWARE: ${text}`),
    ...(series.count < year && cautions.length === 0
      ? [`less than a year: ${series.count} periods, so annual figures say what a year like them would make`]
      : []),
    '',
    ...tabled([['', '', '95 % interval', ''], ...rows]),
  ];
}

function fallLines({ deepest, longest, measures }: MetricsDocument): readonly Line[] {
  if (deepest === null || longest === null) return [['max drawdown', percentText(0), '', 'equity never fell']];
  const { peak, trough, recovery } = deepest;
  const ends = longest.recovery === null ? 'not over yet' : `until ${longest.recovery}`;
  return [
    [
      'max drawdown',
      percentText(deepest.depth),
      '',
      `peak ${peak}, trough ${trough}, ${recovery === null ? 'not recovered' : `recovered ${recovery}`}`,
    ],
    ['longest drawdown', periods(longest.periods), '', `from ${longest.peak}, ${ends}; of ${measures.drawdowns}`],
  ];
}

function benchmarkLines(compared: NonNullable<MetricsDocument['benchmark']>['comparison'], year: number): readonly Line[] {
  return [
    plain('alpha', compared.alpha, percentText, `annual, (1 + alpha of a period)^${year} − 1`),
    sure('  of a period', compared.alphaOfAPeriod, percentText, "Student's t, least squares"),
    sure('beta', compared.beta, ratioText, "Student's t, least squares"),
    plain('correlation', compared.correlation, ratioText, ''),
    plain('Sharpe ratio of the benchmark', compared.sharpeRatio, ratioText, 'annual'),
    sure(
      'Sharpe ratio above it by',
      compared.sharpeDifference,
      ratioText,
      `Memmel 2003, p ${figureText(compared.differenceP, (p) => p.toPrecision(4))}`,
    ),
  ];
}

const periods = (count: number): string => (count === 1 ? '1 period' : `${count} periods`);

const plain = (name: string, one: Figure, text: Text, remark: string): Line => [name, figureText(one, text), '', remark];

function sure(name: string, one: Measured, text: Text, remark: string): Line {
  const { interval } = one;
  return [name, figureText(one, text), interval === null ? '' : `${text(interval.low)} to ${text(interval.high)}`, remark];
}

/** Columns as wide as what is in them. */
function tabled(rows: readonly Line[]): readonly string[] {
  const width = (column: number): number => Math.max(...rows.map((row) => (row[column] ?? '').length));
  const [first, second, third] = [width(0), width(1), width(2)];
  return rows.map(([name, value, interval, remark]) =>
    `${name.padEnd(first)}  ${value.padStart(second)}  ${interval.padEnd(third)}  ${remark}`.trimEnd(),
  );
}
