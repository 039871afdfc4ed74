import { dayReturn } from '#domain/performance/account-metrics';
import type { Group } from '#domain/performance/performance';
import type { Day, Trade } from '#domain/performance/trade';
import { mean } from '#domain/statistics/moments';
import { counted } from '#domain/values/counted';
import { binAnchor, groupAnchor } from '#main/report/html/markup';
import { binWords, rBins, rRange } from '#main/report/html/r-bins';
import { at, line, linked, path, picture, rect, scale, text, ticks } from '#main/report/html/svg';
import { dollars, plain } from '#main/report/report-words';

type Size = { readonly width: number; readonly height: number; readonly kind: string };

const WIDE: Size = { width: 1040, height: 400, kind: 'wide' };
const NARROW: Size = { width: 430, height: 340, kind: 'narrow' };
/** Of a chart that stands beside another. */
const HALF: Size = { width: 500, height: 290, kind: '' };
const [LEFT, RIGHT, TOP, BOTTOM] = [62, 14, 14, 40];

const wholeDollars = (e4: number): string => dollars(e4).slice(0, -3);

/** Equity with its band by the minute, and below it how far it is under its peak; once for wide screens and once for narrow ones. */
export const equityChart = (days: readonly Day[]): string => [WIDE, NARROW].map((size) => equityPicture(days, size)).join('');

function equityPicture(days: readonly Day[], { width, height, kind }: Size): string {
  const split = Math.round(height * 0.66);
  const x = scale([0, Math.max(1, days.length - 1)], [LEFT, width - RIGHT]);
  const worths = days.map((day) => ({ day, base: day.equityBefore + day.transfers }));
  const highs = worths.map(({ day, base }) => base + day.pnlHigh);
  const lows = worths.map(({ day, base }) => base + day.pnlLow);
  const range = padded(Math.min(...lows), Math.max(...highs));
  const y = scale(range, [split - 16, TOP]);
  const falls = fallsOf(days);
  const deepest = Math.max(0.001, ...falls.map(({ worst }) => worst));
  const down = scale([0, deepest * 1.08], [split + 14, height - BOTTOM]);
  const band = [
    ...highs.map((value, place) => [x(place), y(value)] as const),
    ...lows.map((value, place) => [x(place), y(value)] as const).toReversed(),
  ];
  const under = falls.map(({ close }, place) => [x(place), down(close)] as const);
  const body = [
    ...ticks(range, 5).map(
      (value) =>
        line(LEFT, y(value), width - RIGHT, y(value), 'grid') + text(LEFT - 6, y(value) + 4, wholeDollars(value), { anchor: 'end' }),
    ),
    path(band, 'band', 'Z'),
    path(
      days.map(({ equity }, place) => [x(place), y(equity)]),
      'equity',
    ),
    ...days.flatMap(({ transfers, equity }, place) =>
      transfers === 0
        ? []
        : [
            `<circle cx="${at(x(place))}" cy="${at(y(equity))}" r="4" class="moved"><title>paid ${transfers > 0 ? 'in' : 'out'} ${dollars(Math.abs(transfers))}</title></circle>`,
          ],
    ),
    text(LEFT + 4, TOP + 12, 'equity in dollars: close, and the band of the day by the minute', { kind: 'cap' }),
    line(LEFT, down(0), width - RIGHT, down(0), 'axis'),
    ...ticks([0, deepest], 3).map(
      (value) =>
        (value === 0 ? '' : line(LEFT, down(value), width - RIGHT, down(value), 'grid')) +
        text(LEFT - 6, down(value) + 4, value === 0 ? '0 %' : `−${plain(100 * value, deepest < 0.03 ? 1 : 0)} %`, { anchor: 'end' }),
    ),
    path([[x(0), down(0)], ...under, [x(falls.length - 1), down(0)]], 'under', 'Z'),
    ...falls.map(({ close, worst }, place) => (worst > close + 1e-9 ? line(x(place), down(close), x(place), down(worst), 'worst') : '')),
    text(LEFT + 4, height - BOTTOM - 6, 'below the peak: at the close, and at worst in the day', { kind: 'cap' }),
    ...dateTicks(days, width).map((place) =>
      text(x(place), height - 18, (days[place] as Day).date, {
        anchor: place === 0 ? 'start' : place === days.length - 1 ? 'end' : 'middle',
      }),
    ),
  ].join('');
  const first = days[0]?.equityBefore ?? 0;
  const last = days.at(-1)?.equity ?? 0;
  return picture({
    width,
    height,
    kind,
    title: 'Equity and drawdown',
    description: `from ${dollars(first)} to ${dollars(last)} in ${days.length} sessions, at worst ${plain(100 * deepest, 2)} % below the peak`,
    body,
  });
}

/** How far under the peak each day closed, and was at worst. */
function fallsOf(days: readonly Day[]): readonly { readonly close: number; readonly worst: number }[] {
  let [index, peak] = [1, 1];
  return days.map((day) => {
    const base = day.equityBefore + day.transfers;
    if (base <= 0) return { close: 0, worst: 0 };
    const low = index * (1 + day.pnlLow / base);
    const before = peak;
    peak = Math.max(peak, index * (1 + day.pnlHigh / base));
    const inDay = 1 - (base + day.fall.bottom) / (base + day.fall.peak);
    index *= 1 + (dayReturn(day) ?? 0);
    return { close: Math.max(0, 1 - index / peak), worst: Math.max(0, 1 - low / before, inDay) };
  });
}

const padded = (low: number, high: number): readonly [number, number] => {
  const pad = Math.max(1, (high - low) * 0.06);
  return [low - pad, high + pad];
};

/** Places of dates along the axis, as many as the width can hold. */
function dateTicks(days: readonly Day[], width: number): readonly number[] {
  const count = Math.min(days.length, Math.floor((width - LEFT - RIGHT) / 150) + 1);
  if (count < 2) return days.length === 0 ? [] : [0];
  const last = days.length - 1;
  const every = Math.ceil(last / (count - 1));
  // The last date stands to the left of its place, so that what comes before it keeps its distance.
  return [...Array.from({ length: Math.floor(last / every) }, (_, place) => place * every).filter((place) => place <= last - every), last];
}

/** How often trades came to which R. */
export function rHistogram(trades: readonly Trade[]): string {
  const { width, height } = HALF;
  const values = trades.flatMap(({ rMultiple }) => (rMultiple === null ? [] : [rMultiple]));
  if (values.length === 0) return nothing('R of the trades', 'no trade with a known risk');
  const bins = rBins(trades);
  const [least, greatest] = rRange;
  const most = Math.max(...bins.map((bin) => bin.trades.length));
  const x = scale(rRange, [LEFT - 14, width - RIGHT]);
  const y = scale([0, most * 1.1], [height - BOTTOM, TOP]);
  const middle = mean(values);
  const bars = bins.map(({ from, to, trades: some }, place) => {
    const count = some.length;
    const told = `${counted(count, 'trade')} ${binWords(bins, place)}`;
    const [left, wide] = [x(from) + 1, x(to) - x(from) - 2];
    const bar = rect(left, y(count), wide, y(0) - y(count), from < 0 ? 'loss' : 'gain', told);
    return count === 0 ? '' : linked(binAnchor(place), told, rect(left, TOP, wide, y(0) - TOP, 'hit') + bar);
  });
  const body = [
    ...ticks([0, most], 4)
      .filter(Number.isInteger)
      .map(
        (value) =>
          line(LEFT - 14, y(value), width - RIGHT, y(value), 'grid') + text(LEFT - 20, y(value) + 4, String(value), { anchor: 'end' }),
      ),
    ...bars,
    line(x(0), TOP, x(0), y(0), 'axis'),
    line(x(Math.max(least, Math.min(greatest, middle))), TOP, x(Math.max(least, Math.min(greatest, middle))), y(0), 'mean'),
    text(width - RIGHT, TOP + 10, `mean ${plain(middle, 2)} R, dashed`, { kind: 'cap', anchor: 'end' }),
    line(LEFT - 14, y(0), width - RIGHT, y(0), 'axis'),
    ...[-2, -1, 0, 1, 2, 3, 4].map((value) =>
      text(x(value), height - 22, value === least ? '≤ −2' : value === greatest ? '≥ 4' : plain(value, 0), {
        anchor: value === greatest ? 'end' : 'middle',
      }),
    ),
    text(width - RIGHT, height - 5, 'R: result over what was at risk', { kind: 'cap', anchor: 'end' }),
    text(4, height - 5, 'number of trades', { kind: 'cap' }),
  ].join('');
  return picture({
    width,
    height,
    title: 'R of the trades',
    description: `${values.length} trades, mean ${plain(middle, 2)} R, from ${plain(Math.min(...values), 2)} to ${plain(Math.max(...values), 2)} R`,
    body,
    hasLinks: true,
  });
}

/** At most so many points: what lies between two would not be seen. */
const POINTS = 600;

/** The sum of R, trade after trade. */
export function cumulativeR(trades: readonly Trade[]): string {
  const { width, height } = HALF;
  const sums = [0];
  for (const { rMultiple } of trades) if (rMultiple !== null) sums.push((sums.at(-1) as number) + rMultiple);
  if (sums.length === 1) return nothing('Sum of R', 'no trade with a known risk');
  const range = padded2(Math.min(...sums), Math.max(...sums));
  const x = scale([0, sums.length - 1], [LEFT - 14, width - RIGHT]);
  const y = scale(range, [height - BOTTOM, TOP]);
  const every = Math.max(1, Math.ceil(sums.length / POINTS));
  const shown = sums.flatMap((sum, place) => (place % every === 0 || place === sums.length - 1 ? [[x(place), y(sum)] as const] : []));
  const last = sums.at(-1) as number;
  const body = [
    ...ticks(range, 5).map(
      (value) =>
        line(LEFT - 14, y(value), width - RIGHT, y(value), value === 0 ? 'axis' : 'grid') +
        text(LEFT - 20, y(value) + 4, plain(value, 0), { anchor: 'end' }),
    ),
    path(shown, 'equity'),
    ...ticks([0, sums.length - 1], 5)
      .filter(Number.isInteger)
      .map((value) => text(x(value), height - 22, String(value), { anchor: value === 0 ? 'start' : 'middle' })),
    text(width - RIGHT, height - 5, 'trades, in the order in which they ended', { kind: 'cap', anchor: 'end' }),
    text(4, height - 5, 'sum of R', { kind: 'cap' }),
  ].join('');
  return picture({ width, height, title: 'Sum of R', description: `${sums.length - 1} trades came to ${plain(last, 1)} R together`, body });
}

const padded2 = (low: number, high: number): readonly [number, number] => {
  const pad = Math.max(0.2, (high - low) * 0.05);
  return [low - pad, high + pad];
};

/** What trades made by the hour in which they were decided: the mean R with its interval, and how many there were. */
export function hourChart(groups: readonly Group[]): string {
  const { width, height } = HALF;
  const shown = groups
    .map((group, place) => ({ ...group, anchor: groupAnchor('hour', place) }))
    .filter(({ metrics }) => metrics.expectancy.value !== null);
  if (shown.length === 0) return nothing('By hour', 'no trade with a known risk');
  const ends = shown.flatMap(({ metrics: { expectancy } }) => [
    expectancy.value ?? 0,
    expectancy.interval?.low ?? 0,
    expectancy.interval?.high ?? 0,
  ]);
  // One group of two trades must not flatten all others.
  const range = padded2(Math.max(-3, Math.min(0, ...ends)), Math.min(3, Math.max(0, ...ends)));
  const x = scale([0, shown.length], [LEFT - 14, width - RIGHT]);
  const y = scale(range, [height - BOTTOM - 12, TOP]);
  const clipped = (value: number): number => y(Math.max(range[0], Math.min(range[1], value)));
  const bars = shown.map(({ key, trades, anchor, metrics: { expectancy } }, place) => {
    const value = expectancy.value ?? 0;
    const [left, wide] = [x(place + 0.22), x(place + 0.78) - x(place + 0.22)];
    const middle = x(place + 0.5);
    const { low, high } = expectancy.interval ?? { low: null, high: null };
    const told = `${key}: mean ${plain(value, 2)} R of ${counted(trades.length, 'trade')}${low === null || high === null ? '' : `, 95 % from ${plain(low, 2)} to ${plain(high, 2)}`}`;
    return [
      linked(
        anchor,
        told,
        rect(left, TOP, wide, y(range[0]) - TOP, 'hit') +
          rect(left, Math.min(clipped(value), clipped(0)), wide, Math.abs(clipped(value) - clipped(0)), value < 0 ? 'loss' : 'gain', told),
      ),
      low === null || high === null
        ? ''
        : line(middle, clipped(low), middle, clipped(high), 'whisker') +
          line(middle - 6, clipped(low), middle + 6, clipped(low), 'whisker') +
          line(middle - 6, clipped(high), middle + 6, clipped(high), 'whisker'),
      text(middle, height - BOTTOM + 6, key, { anchor: 'middle' }),
      text(middle, height - BOTTOM + 20, `${trades.length}`, { anchor: 'middle', kind: 'cap' }),
    ].join('');
  });
  const body = [
    ...ticks(range, 4).map(
      (value) =>
        line(LEFT - 14, y(value), width - RIGHT, y(value), 'grid') + text(LEFT - 20, y(value) + 4, plain(value, 1), { anchor: 'end' }),
    ),
    line(LEFT - 14, y(0), width - RIGHT, y(0), 'axis'),
    ...bars,
    text(4, height - BOTTOM + 20, 'trades', { kind: 'cap' }),
    text(width - RIGHT, height - 3, 'hour of the decision, New York; lines are 95 %', { kind: 'cap', anchor: 'end' }),
    text(4, height - 3, 'mean R', { kind: 'cap' }),
  ].join('');
  return picture({
    width,
    height,
    title: 'By hour',
    description: shown
      .map(({ key, trades, metrics }) => `${key} ${plain(metrics.expectancy.value ?? 0, 2)} R of ${trades.length}`)
      .join(', '),
    body,
    hasLinks: true,
  });
}

const nothing = (title: string, why: string): string => `<p class="none">${title}: ${why}.</p>`;
