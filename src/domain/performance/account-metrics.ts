import { type Metric, type MetricInterval, metric, type NoInterval, within } from '#domain/performance/metric';
import type { Day } from '#domain/performance/trade';
import { blockBootstrap, type Lots } from '#domain/statistics/block-bootstrap';
import { type Figure, figure, missing } from '#domain/statistics/figure';
import { sharpeInterval } from '#domain/statistics/inference/sharpe-interval';
import { mean } from '#domain/statistics/moments';
import { calmarRatio } from '#domain/statistics/returns/calmar-ratio';
import { maxDrawdown } from '#domain/statistics/returns/drawdowns';
import { cumulativeReturn } from '#domain/statistics/returns/growth';
import { type Returns, returnsOf } from '#domain/statistics/returns/returns';
import { sharpeRatio } from '#domain/statistics/returns/sharpe-ratio';
import { sortinoRatio } from '#domain/statistics/returns/sortino-ratio';

const accountMetricNames = [
  'day_pnl',
  'return',
  'sharpe',
  'sortino',
  'calmar',
  'max_drawdown',
  'max_drawdown_closes',
  'exposure_mean',
  'exposure_peak',
  'turnover',
  'all_fees',
  'beside',
] as const;
export type AccountMetricName = (typeof accountMetricNames)[number];
type Made = Readonly<Record<AccountMetricName, Metric<AccountMetricName>>>;

/** Where the account was deepest below a peak, by the marks of each minute. */
export type Fall = { readonly depth: number; readonly from: Day | null; readonly to: Day | null };

/** Its return: P&L over what the day began with and was paid in; null when that was nothing. */
export function dayReturn({ pnl, equityBefore, transfers }: Day): number | null {
  const base = equityBefore + transfers;
  return base > 0 ? pnl / base : null;
}

/** The deepest fall by the minute: of each day alone, and from the highest of the days before to its lowest. What is paid in or out moves no peak. */
export function deepestFall(days: readonly Day[]): Fall {
  let [index, peak] = [1, 1];
  let peakDay: Day | null = days[0] ?? null;
  let fall: Fall = { depth: 0, from: null, to: null };
  for (const day of days) {
    const base = day.equityBefore + day.transfers;
    if (base <= 0) continue;
    const at = (pnl: number): number => index * (1 + pnl / base);
    const within = 1 - (base + day.fall.bottom) / (base + day.fall.peak);
    if (within > fall.depth) fall = { depth: within, from: day, to: day };
    const since = 1 - at(day.pnlLow) / peak;
    if (since > fall.depth) fall = { depth: since, from: peakDay, to: day };
    if (at(day.pnlHigh) > peak) [peak, peakDay] = [at(day.pnlHigh), day];
    index = at(day.pnl);
  }
  return fall;
}

/** All numbers of the account over some days. With `lots`, days are drawn again for the intervals that no formula gives. */
export function accountMetrics(days: readonly Day[], lots: Lots | null): Made {
  const n = days.length;
  const returns = returnsOf(days.flatMap((day) => dayReturn(day) ?? []));
  const fall = deepestFall(days);
  const sum = (of: (day: Day) => number): number => days.reduce((total, day) => total + of(day), 0);
  const fact = (name: AccountMetricName, unit: 'money' | 'fraction' | 'times', value: Figure | number): Metric<AccountMetricName> =>
    metric({ name, unit, value: n === 0 ? missing('no_trades') : value, n, of: 'sessions' });
  const ratio = (
    name: AccountMetricName,
    unit: 'times' | 'fraction' | 'sharpe',
    of: (returns: Returns) => Figure,
    drawn: boolean,
  ): Metric<AccountMetricName> => {
    if (!returns.ok) return metric({ name, unit, value: missing('too_few'), n, of: 'sessions', interval: 'too_few' });
    const value = of(returns.value);
    if (lots === null || !drawn) return metric({ name, unit, value, n, of: 'sessions', interval: drawn ? 'not_made' : 'a_fact' });
    const found =
      value.value === null ? value.missing : blockBootstrap(returns.value, (some) => unbounded(of(some as unknown as Returns), some), lots);
    return metric({ name, unit, value, n, of: 'sessions', interval: within(found, 'sessions_drawn') });
  };
  const sharpe = returns.ok ? sharpeInterval(returns.value) : 'too_few';
  const closes = ratio('max_drawdown_closes', 'fraction', (some) => figure(maxDrawdown(some)), true);
  return {
    day_pnl: fact(
      'day_pnl',
      'money',
      sum(({ pnl }) => pnl),
    ),
    return: ratio('return', 'fraction', cumulativeReturn, false),
    sharpe: metric({
      name: 'sharpe',
      unit: 'sharpe',
      value: returns.ok ? sharpeRatio(returns.value) : missing('too_few'),
      n,
      of: 'sessions',
      interval: typeof sharpe === 'string' ? sharpe : within(sharpe.interval, 'sharpe_error'),
    }),
    sortino: ratio('sortino', 'sharpe', sortinoRatio, true),
    calmar: ratio('calmar', 'times', calmarRatio, true),
    max_drawdown: metric({
      name: 'max_drawdown',
      unit: 'fraction',
      value: n === 0 ? missing('no_trades') : fall.depth,
      n,
      of: 'sessions',
      interval: fallWithin(days, lots),
    }),
    max_drawdown_closes: closes,
    exposure_mean: fact('exposure_mean', 'fraction', n === 0 ? 0 : mean(days.map(({ exposureMean }) => exposureMean))),
    exposure_peak: fact('exposure_peak', 'fraction', Math.max(0, ...days.map(({ exposurePeak }) => exposurePeak))),
    turnover: fact('turnover', 'times', turnoverOf(days)),
    all_fees: fact(
      'all_fees',
      'money',
      sum(({ fees }) => fees),
    ),
    beside: fact(
      'beside',
      'money',
      sum(({ beside }) => Object.values(beside).reduce((total, amount) => total + amount, 0)),
    ),
  };
}

function fallWithin(days: readonly Day[], lots: Lots | null): MetricInterval | NoInterval {
  if (days.length === 0) return 'too_few';
  return lots === null
    ? 'not_made'
    : within(
        blockBootstrap(days, (drawn) => deepestFall(drawn).depth, lots),
        'sessions_drawn',
      );
}

/** A draw that has gained and never lost has no bound; one that did neither says nothing. Left out, the former would lower the upper end. */
function unbounded(drawn: Figure, returns: readonly number[]): number {
  if (drawn.value !== null) return drawn.value;
  const hasNoLoss = drawn.missing === 'no_downside' || drawn.missing === 'no_drawdown';
  return hasNoLoss && returns.some((one) => one > 0) ? Number.POSITIVE_INFINITY : Number.NaN;
}

/** What was bought and sold over what the days began with, in the mean of the days: 2 is the whole account bought and sold once a day. */
function turnoverOf(days: readonly Day[]): Figure {
  const parts = days.filter(({ equityBefore, transfers }) => equityBefore + transfers > 0);
  return parts.length === 0
    ? missing('too_few')
    : figure(mean(parts.map(({ turnover, equityBefore, transfers }) => turnover / (equityBefore + transfers))));
}
