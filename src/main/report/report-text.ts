import { type Dimension, dimensions } from '#domain/performance/breakdown';
import type { Metric } from '#domain/performance/metric';
import type { Group, Period } from '#domain/performance/performance';
import type { Judged } from '#domain/performance/stage-targets';
import { counted } from '#domain/values/counted';
import type { Report } from '#main/report/report-of';
import {
  cautions,
  dimensionWords,
  dollars,
  FEW,
  intervalText,
  keyWords,
  metricWords,
  plain,
  realityText,
  sampleText,
  targetText,
  targetWords,
  valueText,
  verdictWords,
} from '#main/report/report-words';

const left = (text: string, width: number): string => text.padEnd(width);
const right = (text: string, width: number): string => text.padStart(width);

/** The first lines of every form: how real it is, which sessions, and what it came to. */
export function headLines({ record, performance, trades, days }: Report): readonly string[] {
  const reality = realityText(record.source);
  const { whole } = performance;
  if (whole === null) return [...(reality === null ? [] : [reality]), 'No session of the journal lies in these dates.'];
  const { account } = whole;
  const last = days.at(-1);
  const cut = days.slice(0, -1).filter(({ complete }) => !complete).length;
  return [
    ...(reality === null ? [] : [reality]),
    `${whole.from} to ${whole.to}: ${counted(whole.sessions, 'session')}, ${counted(trades.length, 'trade')}, P&L ${valueText(account.day_pnl)} after fees of ${valueText(account.all_fees)}; equity ${dollars(last?.equity ?? 0)}.`,
    ...(cut > 0
      ? [`${cut} earlier ${cut === 1 ? 'session is' : 'sessions are'} not complete: data or run ended early, and they count as whole days.`]
      : []),
    ...(last?.complete === false ? [`${last.date} is not complete: it goes on, or its data end early.`] : []),
    ...(record.held > 0 ? [`${record.held} positions are still held; they are in the equity and in no trade.`] : []),
    ...cautions({ trades: trades.length, sessions: whole.sessions }),
  ];
}

/** The report for a terminal; `by` are the groups that are wanted. */
export function reportLines(report: Report, by: readonly Dimension[] = dimensions): readonly string[] {
  const { performance, range } = report;
  const { whole, periods, groups, targets } = performance;
  if (whole === null) return headLines(report);
  return [
    ...headLines(report),
    '',
    ...(periods.length === 0 ? [] : [`By ${range.period}`, ...periodTable(periods), '']),
    ...metricTable('The account', Object.values(whole.account)),
    '',
    ...metricTable('The trades', Object.values(whole.metrics)),
    '',
    ...by.flatMap((dimension) => [
      `By ${dimensionWords[dimension]}`,
      ...groupTable(dimension, groups[dimension], by.length < dimensions.length),
      '',
    ]),
    ...targetTable(range.stage, targets),
    '',
    `Intervals are of 95 %. ~ marks fewer than ${FEW} trades. catalyst report --trade <id> opens a trade; --json names the trades behind every number.`,
  ];
}

function metricTable(title: string, metrics: readonly Metric[]): readonly string[] {
  const rows = metrics.map((one) => [
    metricWords[one.name as keyof typeof metricWords],
    valueText(one),
    intervalText(one),
    sampleText(one),
  ]);
  return [
    `${left(title, 34)} ${right('value', 18)}  ${left('95 % interval', 26)} n`,
    ...rows.map(([name = '', value = '', interval = '', n = '']) => `  ${left(name, 32)} ${right(value, 18)}  ${left(interval, 26)} ${n}`),
  ];
}

const shortValue = ({ value, unit }: Metric): string =>
  value === null ? '–' : unit === 'r' ? plain(value, 2) : unit === 'fraction' ? (100 * value).toFixed(1) : plain(value, 2);

/** An interval without its unit: the head of the column says it. */
function shortInterval({ interval, unit }: Metric): string {
  if (interval === null) return '';
  const end = (value: number | null): string => (value === null ? '–' : unit === 'fraction' ? (100 * value).toFixed(0) : plain(value, 2));
  return `${end(interval.low)}..${end(interval.high)}`;
}

const few = (trades: readonly string[]): string => (trades.length < FEW ? '~' : ' ');

/** Rows of a group in the whole report; asked for by name, it shows all. */
const ROWS = 12;

const groupHead = `  ${left('', 24)} trades  won %  interval  mean R  interval       factor  interval            P&L      fees`;

function groupCells({ metrics, trades }: Group): string {
  const { win_rate: won, expectancy, profit_factor: factor, net_pnl: pnl, fees } = metrics;
  return [
    `${right(String(trades.length), 5)}${few(trades)}`,
    right(shortValue(won), 6),
    right(shortInterval(won), 9),
    right(shortValue(expectancy), 7),
    left(` ${shortInterval(expectancy)}`, 14),
    right(shortValue(factor), 6),
    left(` ${shortInterval(factor)}`, 13),
    right(dollars(pnl.value ?? 0), 12),
    right(dollars(fees.value ?? 0), 9),
  ].join(' ');
}

function groupTable(dimension: Dimension, groups: readonly Group[], isAll: boolean): readonly string[] {
  if (groups.length === 0) return ['  no trades'];
  const shown = isAll ? groups : groups.slice(0, ROWS);
  const rest = groups.length - shown.length;
  return [
    groupHead,
    ...shown.map((group) => `  ${left(keyWords(dimension, group.key), 24)} ${groupCells(group)}`),
    ...(rest === 0 ? [] : [`  and ${rest} more: --by ${dimension}`]),
  ];
}

const periodHead =
  '  from        to          sessions trades  won %  interval  mean R  factor          P&L      fees  return %  drawdown %  exposure %  remarks';

function periodTable(periods: readonly Period[]): readonly string[] {
  return [
    periodHead,
    ...periods.map(({ from, to, sessions, trades, metrics, account, halted }) =>
      [
        ` ${from}`,
        ` ${to}`,
        right(String(sessions), 9),
        `${right(String(trades.length), 6)}${few(trades)}`,
        right(shortValue(metrics.win_rate), 5),
        right(shortInterval(metrics.win_rate), 9),
        right(shortValue(metrics.expectancy), 7),
        right(shortValue(metrics.profit_factor), 7),
        right(dollars(account.day_pnl.value ?? 0), 12),
        right(dollars(account.all_fees.value ?? 0), 9),
        right(percents(account.return), 9),
        right(percents(account.max_drawdown), 11),
        right(percents(account.exposure_mean), 11),
        halted > 0 ? ` ${sessions === 1 ? 'HALTED' : `${halted} halted`}` : '',
      ]
        .join(' ')
        .trimEnd(),
    ),
  ];
}

const percents = ({ value }: Metric): string => (value === null ? '–' : plain(100 * value, 2));

function targetTable(stage: number, targets: readonly Judged[]): readonly string[] {
  return [
    `${left(`Targets of stage ${stage}`, 36)} ${left('target', 15)} ${left('actual', 22)} ${left('95 % interval', 22)} ${left('n', 12)} verdict`,
    ...targets.map((one) => {
      const { actual } = one;
      const cells = actual === null ? ['not in this record', '', ''] : [valueText(actual), intervalText(actual), sampleText(actual)];
      return `  ${left(targetWords[one.name], 34)} ${left(targetText(one), 15)} ${left(cells[0] ?? '', 22)} ${left(cells[1] ?? '', 22)} ${left(cells[2] ?? '', 12)} ${verdictWords[one.verdict]}`;
    }),
  ];
}
