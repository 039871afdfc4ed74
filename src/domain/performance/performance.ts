import { phaseNames } from '#domain/market/trading-day';
import { type AccountMetricName, accountMetrics, deepestFall, type Fall } from '#domain/performance/account-metrics';
import { type Dimension, dimensions, type PeriodKind } from '#domain/performance/breakdown';
import { grouped } from '#domain/performance/grouped';
import type { Metric } from '#domain/performance/metric';
import { type Judged, judge, stageTargets, type TargetStage } from '#domain/performance/stage-targets';
import type { Day, Trade } from '#domain/performance/trade';
import { allPlaces, columnsOf, idsAt, type Places, type TradeColumns } from '#domain/performance/trade-columns';
import { type TradeMetricName, tradeMetrics } from '#domain/performance/trade-metrics';
import type { Lots } from '#domain/statistics/block-bootstrap';
import { mondayOf, type SessionDate } from '#domain/values/session-date';

type TradeMetrics = Readonly<Record<TradeMetricName, Metric<TradeMetricName>>>;
type AccountMetrics = Readonly<Record<AccountMetricName, Metric<AccountMetricName>>>;

/** Trades that have something in common; `trades` are their names in the order in which they ended. */
export type Group = { readonly key: string; readonly trades: readonly string[]; readonly metrics: TradeMetrics };

/** A span of sessions and what it came to. `from` and `to` are its first and last session. */
export type Period = Group & {
  readonly from: SessionDate;
  readonly to: SessionDate;
  readonly sessions: number;
  readonly halted: number;
  readonly account: AccountMetrics;
};

export type Performance = {
  readonly whole: Period | null;
  readonly periods: readonly Period[];
  readonly groups: Readonly<Record<Dimension, readonly Group[]>>;
  readonly targets: readonly Judged[];
  readonly fall: Fall;
};

export type PerformanceOf = {
  /** In the order in which they ended. */
  readonly trades: readonly Trade[];
  readonly days: readonly Day[];
  readonly period: PeriodKind;
  readonly stage: TargetStage;
  /** Makes chance from the start: the same trades give the same intervals. */
  readonly lots: () => Lots;
  readonly nameOf: (trade: Trade) => string;
};

/** Everything that a report says of some trades and days. */
export function performanceOf({ trades, days, period, stage, lots, nameOf }: PerformanceOf): Performance {
  const columns = columnsOf(trades);
  const all = allPlaces(columns);
  const within = (key: string, some: readonly Day[], places: Places, lot: Lots | null): Period =>
    periodOf(key, some, { columns, places, lots: lot });
  const whole = days.length === 0 ? null : within('all', days, all, lots());
  const sessions = period === 'all' ? [] : grouped(days, ({ date }) => periodKey(period, date));
  const inPeriod = placesBy(trades, ({ session }) => periodKey(period, session));
  const periods = Array.from(sessions, ([key, some]) => within(key, some, inPeriod.get(key) ?? new Int32Array(0), null));
  const groups = Object.fromEntries(
    dimensions.map((dimension) => [
      dimension,
      groupsOf(
        placesBy(trades, (trade) => keyOf(dimension, trade, nameOf)),
        {
          columns,
          order: orders[dimension] ?? null,
        },
      ),
    ]),
  ) as Record<Dimension, readonly Group[]>;
  return { whole, periods, groups, targets: judgedBy(stage, whole), fall: deepestFall(days) };
}

function judgedBy(stage: TargetStage, whole: Period | null): readonly Judged[] {
  return stageTargets[stage].map((target) => {
    if (whole === null || target.name === 'over_rules') return judge(target, null, 0);
    const { name } = target;
    return judge(target, name === 'win_rate' || name === 'payoff' ? whole.metrics[name] : whole.account[name], whole.sessions);
  });
}

type Within = { readonly columns: TradeColumns; readonly places: Places; readonly lots: Lots | null };

function periodOf(key: string, days: readonly Day[], { columns, places, lots }: Within): Period {
  return {
    key,
    from: (days[0] as Day).date,
    to: (days.at(-1) as Day).date,
    sessions: days.length,
    halted: days.filter(({ halts }) => halts.length > 0).length,
    trades: idsAt(columns, places),
    metrics: tradeMetrics(columns, places, lots),
    account: accountMetrics(days, lots),
  };
}

/** Monday of the week, the month, or the day itself. */
function periodKey(kind: PeriodKind, date: SessionDate): string {
  if (kind === 'day') return date;
  if (kind === 'month') return date.slice(0, 7);
  return kind === 'week' ? mondayOf(date) : 'all';
}

/** What a trade is counted under; what is not known of it has a name, too. */
function keyOf(dimension: Dimension, trade: Trade, nameOf: (trade: Trade) => string): string {
  switch (dimension) {
    case 'pattern':
      return trade.plan?.pattern ?? 'none';
    case 'catalyst':
      return trade.plan?.catalyst ?? 'none';
    case 'phase':
      return trade.phase ?? 'none';
    case 'hour':
      return `${String(Math.floor(trade.minute / 60)).padStart(2, '0')}:00`;
    case 'symbol':
      return nameOf(trade);
    case 'reason':
      return trade.noMarket ? 'no_market' : trade.reason;
  }
}

/** Places of the trades that have a key in common, in the order in which the keys come. */
function placesBy(trades: readonly Trade[], key: (trade: Trade) => string): ReadonlyMap<string, Places> {
  const places = new Map<string, number[]>();
  for (let place = 0; place < trades.length; place++) {
    const name = key(trades[place] as Trade);
    const known = places.get(name);
    if (known === undefined) places.set(name, [place]);
    else known.push(place);
  }
  return new Map(Array.from(places, ([name, some]) => [name, Int32Array.from(some)]));
}

/** The largest first; with `order`, in that of the day. */
function groupsOf(
  places: ReadonlyMap<string, Places>,
  { columns, order }: { readonly columns: TradeColumns; readonly order: ((key: string) => number) | null },
): readonly Group[] {
  const groups = Array.from(places, ([key, some]): Group => ({ key, trades: idsAt(columns, some), metrics: tradeMetrics(columns, some) }));
  if (order !== null) return groups.toSorted((one, other) => order(one.key) - order(other.key));
  return groups.toSorted((one, other) => other.trades.length - one.trades.length || (one.key < other.key ? -1 : 1));
}

/** Not by the earliest trade: on a half day the power hour comes before the midday of others. What has no phase is first. */
const orders: Partial<Readonly<Record<Dimension, (key: string) => number>>> = {
  phase: (key) => phaseNames.findIndex((name) => name === key),
  hour: (key) => Number.parseInt(key, 10),
};
