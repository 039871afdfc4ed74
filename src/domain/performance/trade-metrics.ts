import { type Metric, metric, within } from '#domain/performance/metric';
import { type RatioPart, sessionRatio } from '#domain/performance/session-ratio';
import type { Trade } from '#domain/performance/trade';
import type { Lots } from '#domain/statistics/block-bootstrap';
import { blockBootstrap } from '#domain/statistics/block-bootstrap';
import { type Figure, figure, missing } from '#domain/statistics/figure';
import { meanInterval } from '#domain/statistics/mean-interval';
import { mean } from '#domain/statistics/moments';
import { quantile } from '#domain/statistics/quantile';
import { longestStreaks } from '#domain/statistics/trades/streaks';
import { winRate } from '#domain/statistics/trades/win-rate';
import { MINUTE_MS } from '#domain/values/instant';

export const tradeMetricNames = [
  'net_pnl',
  'win_rate',
  'expectancy',
  'profit_factor',
  'payoff',
  'mean_win',
  'mean_loss',
  'largest_win',
  'largest_loss',
  'streak_won',
  'streak_lost',
  'favourable',
  'adverse',
  'slippage_entry',
  'slippage_exit',
  'slippage_money',
  'fees',
  'minutes_mean',
  'minutes_median',
] as const;
export type TradeMetricName = (typeof tradeMetricNames)[number];

type Made = Readonly<Record<TradeMetricName, Metric<TradeMetricName>>>;

/** All numbers of some trades, in the order of closing. With `lots` the intervals are of whole sessions drawn again. */
export function tradeMetrics(trades: readonly Trade[], lots: Lots | null = null): Made {
  const n = trades.length;
  const won = trades.filter(({ pnl }) => pnl > 0);
  const lost = trades.filter(({ pnl }) => pnl < 0);
  const sums = sumsOf(trades);
  const rate = winRate(trades);
  const streaks = streaksOf(trades);
  const best = extreme(trades, (one, other) => one.pnl > other.pnl);
  const worst = extreme(trades, (one, other) => one.pnl < other.pnl);
  const names = (some: readonly Trade[]): readonly string[] => some.map(({ id }) => id);
  const minutes = trades.map(({ opened, closed }) => (closed - opened) / MINUTE_MS);
  const fact = (name: TradeMetricName, unit: 'money' | 'count', value: Figure | number, some: readonly Trade[] | null = null) =>
    metric({ name, unit, value, n: some?.length ?? n, ...(some !== null && { trades: names(some) }) });
  return {
    net_pnl: fact('net_pnl', 'money', sums.pnl),
    win_rate: metric({
      name: 'win_rate',
      unit: 'fraction',
      value: rate.rate,
      n,
      interval: n === 0 ? 'no_trades' : within(rate.wilson, 'wilson'),
    }),
    expectancy: meanOf('expectancy', trades, ({ rMultiple }) => rMultiple, lots),
    profit_factor: profitFactor(trades, sums, lots),
    payoff: payoff(trades, { won, lost }, lots),
    mean_win: meanMoney('mean_win', won),
    mean_loss: meanMoney('mean_loss', lost),
    largest_win: fact(
      'largest_win',
      'money',
      best === null || best.pnl <= 0 ? missing('no_wins') : best.pnl,
      best === null || best.pnl <= 0 ? [] : [best],
    ),
    largest_loss: fact(
      'largest_loss',
      'money',
      worst === null || worst.pnl >= 0 ? missing('no_losses') : worst.pnl,
      worst === null || worst.pnl >= 0 ? [] : [worst],
    ),
    streak_won: fact('streak_won', 'count', streaks.won.length, streaks.won),
    streak_lost: fact('streak_lost', 'count', streaks.lost.length, streaks.lost),
    favourable: meanOf('favourable', trades, ({ favourable }) => favourable.r, null),
    adverse: meanOf('adverse', trades, ({ adverse }) => adverse.r, null),
    slippage_entry: meanOf('slippage_entry', trades, ({ slippage, risk }) => inR(slippage.entry, risk), null),
    slippage_exit: meanOf('slippage_exit', trades, ({ slippage, risk }) => inR(slippage.exit, risk), null),
    slippage_money: fact('slippage_money', 'money', sums.slippage),
    fees: fact('fees', 'money', sums.fees),
    minutes_mean: metric({
      name: 'minutes_mean',
      unit: 'minutes',
      value: n === 0 ? missing('no_trades') : figure(mean(minutes)),
      n,
      interval: n === 0 ? 'no_trades' : within(meanInterval(minutes), 'student'),
    }),
    minutes_median: metric({
      name: 'minutes_median',
      unit: 'minutes',
      value: n === 0 ? missing('no_trades') : figure(quantile(minutes, 0.5)),
      n,
      interval: 'not_made',
    }),
  };
}

const inR = (money: number | null, risk: number | null): number | null => (money === null || risk === null ? null : money / risk);

/** The mean of what is known of the trades; those of which it is not known are not counted. */
function meanOf(
  name: TradeMetricName,
  trades: readonly Trade[],
  of: (trade: Trade) => number | null,
  lots: Lots | null,
): Metric<TradeMetricName> {
  const values: number[] = [];
  for (const trade of trades) {
    const value = of(trade);
    if (value !== null) values.push(value);
  }
  const n = values.length;
  if (n === 0) {
    const why = trades.length === 0 ? 'no_trades' : 'no_r';
    return metric({ name, unit: 'r', value: missing(why), n, interval: why });
  }
  const known = n === trades.length ? null : trades.filter((trade) => of(trade) !== null).map(({ id }) => id);
  const interval =
    lots === null
      ? within(meanInterval(values), 'student')
      : within(
          blockBootstrap(
            partsOf(trades, (trade) => ({ above: of(trade) ?? 0, below: of(trade) === null ? 0 : 1 })),
            ratioOf,
            lots,
          ),
          'sessions_drawn',
        );
  return metric({ name, unit: 'r', value: figure(mean(values)), n, interval, ...(known !== null && { trades: known }) });
}

function meanMoney(name: TradeMetricName, trades: readonly Trade[]): Metric<TradeMetricName> {
  const values = trades.map(({ pnl }) => pnl);
  const why = name === 'mean_win' ? 'no_wins' : 'no_losses';
  const n = values.length;
  return metric({
    name,
    unit: 'money',
    value: n === 0 ? missing(why) : figure(mean(values)),
    n,
    interval: n === 0 ? why : within(meanInterval(values), 'student'),
    trades: trades.map(({ id }) => id),
  });
}

const gainLoss = ({ pnl }: Trade): RatioPart => (pnl > 0 ? { above: pnl, below: 0 } : { above: 0, below: -pnl });

function profitFactor(trades: readonly Trade[], { gained, lost }: Sums, lots: Lots | null): Metric<TradeMetricName> {
  const shape = { name: 'profit_factor', unit: 'times', n: trades.length } as const;
  if (lost === 0) {
    const why = trades.length === 0 ? 'no_trades' : 'no_losses';
    return metric({ ...shape, value: missing(why), interval: why });
  }
  const parts = partsOf(trades, gainLoss);
  const interval =
    lots === null ? within(sessionRatio(parts), 'session_ratio') : within(blockBootstrap(parts, ratioOf, lots), 'sessions_drawn');
  return metric({ ...shape, value: figure(gained / lost), interval });
}

type Sides = { readonly won: readonly Trade[]; readonly lost: readonly Trade[] };
type PayoffPart = RatioPart & { readonly won: number; readonly lost: number };

/** The mean win over the mean loss. */
function payoff(trades: readonly Trade[], { won, lost }: Sides, lots: Lots | null): Metric<TradeMetricName> {
  const shape = { name: 'payoff', unit: 'times', n: won.length + lost.length } as const;
  if (won.length === 0 || lost.length === 0) {
    const why = trades.length === 0 ? 'no_trades' : won.length === 0 ? 'no_wins' : 'no_losses';
    return metric({ ...shape, value: missing(why), interval: why });
  }
  const sum = (some: readonly Trade[]): number => some.reduce((total, { pnl }) => total + Math.abs(pnl), 0);
  const value = figure(sum(won) / won.length / (sum(lost) / lost.length));
  if (lots === null) return metric({ ...shape, value, interval: 'not_made' });
  const parts = bySession(trades).map(
    (session): PayoffPart =>
      session.reduce<PayoffPart>(
        (all, { pnl }) =>
          pnl > 0
            ? { ...all, above: all.above + pnl, won: all.won + 1 }
            : pnl < 0
              ? { ...all, below: all.below - pnl, lost: all.lost + 1 }
              : all,
        { above: 0, below: 0, won: 0, lost: 0 },
      ),
  );
  const statistic = (drawn: readonly PayoffPart[]): number => {
    let [above, below, wins, losses] = [0, 0, 0, 0];
    for (const part of drawn) {
      above += part.above;
      below += part.below;
      wins += part.won;
      losses += part.lost;
    }
    return above / wins / (below / losses);
  };
  return metric({ ...shape, value, interval: within(blockBootstrap(parts, statistic, lots), 'sessions_drawn') });
}

/** NaN of a draw that says nothing. */
function ratioOf(drawn: readonly RatioPart[]): number {
  let [above, below] = [0, 0];
  for (const part of drawn) {
    above += part.above;
    below += part.below;
  }
  return above / below;
}

/** The trades of each session; they come in the order of closing, so that those of one stand together. */
function bySession(trades: readonly Trade[]): readonly (readonly Trade[])[] {
  const sessions = new Map<string, Trade[]>();
  for (const trade of trades) {
    const known = sessions.get(trade.session);
    if (known === undefined) sessions.set(trade.session, [trade]);
    else known.push(trade);
  }
  return [...sessions.values()];
}

function partsOf(trades: readonly Trade[], part: (trade: Trade) => RatioPart): readonly RatioPart[] {
  return bySession(trades).map((session) => {
    let [above, below] = [0, 0];
    for (const trade of session) {
      const one = part(trade);
      above += one.above;
      below += one.below;
    }
    return { above, below };
  });
}

type Sums = { readonly pnl: number; readonly fees: number; readonly gained: number; readonly lost: number; readonly slippage: number };

function sumsOf(trades: readonly Trade[]): Sums {
  const sums = { pnl: 0, fees: 0, gained: 0, lost: 0, slippage: 0 };
  for (const { pnl, fees, slippage } of trades) {
    sums.pnl += pnl;
    sums.fees += fees;
    sums.slippage += (slippage.entry ?? 0) + (slippage.exit ?? 0);
    if (pnl > 0) sums.gained += pnl;
    else sums.lost -= pnl;
  }
  return sums;
}

/** The longest runs, the first of equals. */
function streaksOf(trades: readonly Trade[]): Sides {
  const { wins, losses } = longestStreaks(trades);
  return { won: runOf(trades, wins, ({ pnl }) => pnl > 0), lost: runOf(trades, losses, ({ pnl }) => pnl < 0) };
}

function runOf(trades: readonly Trade[], length: number, is: (trade: Trade) => boolean): readonly Trade[] {
  if (length === 0) return [];
  let run = 0;
  for (const [place, trade] of trades.entries()) {
    run = is(trade) ? run + 1 : 0;
    if (run === length) return trades.slice(place + 1 - length, place + 1);
  }
  return [];
}

function extreme(trades: readonly Trade[], beats: (one: Trade, other: Trade) => boolean): Trade | null {
  let best: Trade | null = null;
  for (const trade of trades) if (best === null || beats(trade, best)) best = trade;
  return best;
}
