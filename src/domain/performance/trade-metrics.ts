import { type Metric, type MetricInterval, metric, within } from '#domain/performance/metric';
import { type RatioPart, sessionRatio } from '#domain/performance/session-ratio';
import { idsAt, type Places, type TradeColumns, valuesAt } from '#domain/performance/trade-columns';
import { type Lots, placesBootstrap } from '#domain/statistics/block-bootstrap';
import { type Figure, figure, type Missing, missing } from '#domain/statistics/figure';
import { meanInterval } from '#domain/statistics/mean-interval';
import { mean } from '#domain/statistics/moments';
import { quantile } from '#domain/statistics/quantile';
import { wilson } from '#domain/statistics/wilson';

const tradeMetricNames = [
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

/** The mean of fewer has no interval that anybody should read: Student's is then a dozen times as wide as what is known. */
const FEWEST = 5;

/** All numbers of some trades, in the order of closing. With `lots` the intervals are of whole sessions drawn again. */
export function tradeMetrics(columns: TradeColumns, places: Places, lots: Lots | null = null): Made {
  const n = places.length;
  const { pnl } = columns;
  const won = places.filter((place) => (pnl[place] as number) > 0);
  const lost = places.filter((place) => (pnl[place] as number) < 0);
  const some = { columns, places, won, lost, lots };
  const minutes = valuesAt(columns.minutes, places);
  const [best, worst] = [extreme(pnl, won, 1), extreme(pnl, lost, -1)];
  const fact = (name: TradeMetricName, unit: 'money' | 'count', value: Figure | number, of: Places | null = null) =>
    metric({ name, unit, value, n: of?.length ?? n, ...(of !== null && { trades: idsAt(columns, of) }) });
  const slipped = places.filter((place) => !Number.isNaN(columns.slippage[place]));
  const [streakWon, streakLost] = [longestRun(pnl, places, 1), longestRun(pnl, places, -1)];
  return {
    net_pnl: fact('net_pnl', 'money', sumAt(pnl, places)),
    win_rate: metric({
      name: 'win_rate',
      unit: 'fraction',
      value: n === 0 ? missing('no_trades') : figure(won.length / n),
      n,
      interval: n === 0 ? 'no_trades' : rateWithin(some),
    }),
    expectancy: meanOf('expectancy', columns.r, some),
    profit_factor: profitFactor(some),
    payoff: payoff(some),
    mean_win: meanMoney('mean_win', columns, won),
    mean_loss: meanMoney('mean_loss', columns, lost),
    largest_win: fact('largest_win', 'money', best.length === 0 ? missing('no_wins') : sumAt(pnl, best), best),
    largest_loss: fact('largest_loss', 'money', worst.length === 0 ? missing('no_losses') : sumAt(pnl, worst), worst),
    streak_won: fact('streak_won', 'count', streakWon.length, streakWon),
    streak_lost: fact('streak_lost', 'count', streakLost.length, streakLost),
    favourable: meanOf('favourable', columns.favourable, { ...some, lots: null }),
    adverse: meanOf('adverse', columns.adverse, { ...some, lots: null }),
    slippage_entry: meanOf('slippage_entry', columns.slippageEntry, { ...some, lots: null }),
    slippage_exit: meanOf('slippage_exit', columns.slippageExit, { ...some, lots: null }),
    slippage_money: fact('slippage_money', 'money', sumAt(columns.slippage, slipped), slipped.length === n ? null : slipped),
    fees: fact('fees', 'money', sumAt(columns.fees, places)),
    minutes_mean: metric({
      name: 'minutes_mean',
      unit: 'minutes',
      value: n === 0 ? missing('no_trades') : figure(mean(minutes)),
      n,
      interval: n === 0 ? 'no_trades' : meanWithin(minutes),
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

type Some = {
  readonly columns: TradeColumns;
  readonly places: Places;
  readonly won: Places;
  readonly lost: Places;
  readonly lots: Lots | null;
};

/**
 * Wilson's score takes every trade as if it stood alone: of trades that correlate by 0.3 to 0.1 in a session, its 95 % held in 77 to 89
 * of a hundred records of 60 sessions. Of the whole the wider of both is told, since targets are judged by it.
 */
function rateWithin({ columns, places, won, lots }: Some): MetricInterval | Missing {
  const alone = wilson(won.length, places.length);
  if (lots === null) return within(alone, 'wilson');
  const wins = columns.pnl.map((pnl) => (pnl > 0 ? 1 : 0));
  const drawn = drawnMean(wins, { columns, places, lots });
  if (typeof drawn === 'string') return within(alone, 'wilson');
  const isWider = (drawn.high ?? 1) - (drawn.low ?? 0) > alone.high - alone.low;
  return isWider ? within(drawn, 'sessions_drawn') : within(alone, 'wilson');
}

/** The mean of what is known of the trades; those of which it is not known are not counted. */
function meanOf(name: TradeMetricName, column: Float64Array, { columns, places, lots }: Some): Metric<TradeMetricName> {
  const known = places.filter((place) => !Number.isNaN(column[place]));
  const n = known.length;
  if (n === 0) {
    const why = places.length === 0 ? 'no_trades' : 'no_r';
    return metric({ name, unit: 'r', value: missing(why), n, interval: why });
  }
  const values = valuesAt(column, known);
  const interval = lots === null ? meanWithin(values) : within(drawnMean(column, { columns, places, lots }), 'sessions_drawn');
  const trades = n === places.length ? {} : { trades: idsAt(columns, known) };
  return metric({ name, unit: 'r', value: figure(mean(values)), n, interval, ...trades });
}

const meanWithin = (values: Float64Array) => (values.length < FEWEST ? 'too_few' : within(meanInterval(values), 'student'));

function meanMoney(name: TradeMetricName, columns: TradeColumns, places: Places): Metric<TradeMetricName> {
  const values = valuesAt(columns.pnl, places);
  const why = name === 'mean_win' ? 'no_wins' : 'no_losses';
  const n = values.length;
  return metric({
    name,
    unit: 'money',
    value: n === 0 ? missing(why) : figure(mean(values)),
    n,
    interval: n === 0 ? why : meanWithin(values),
    trades: idsAt(columns, places),
  });
}

function profitFactor({ columns, places, won, lost, lots }: Some): Metric<TradeMetricName> {
  const shape = { name: 'profit_factor', unit: 'times', n: places.length } as const;
  if (lost.length === 0) {
    const why = places.length === 0 ? 'no_trades' : 'no_losses';
    return metric({ ...shape, value: missing(why), interval: why });
  }
  const { above, below } = sidesOf(columns, places);
  const parts = (): readonly RatioPart[] => Array.from(above, (one, place) => ({ above: one, below: below[place] as number }));
  const interval =
    lots === null ? within(sessionRatio(parts()), 'session_ratio') : within(drawnRatio(above, below, lots), 'sessions_drawn');
  return metric({ ...shape, value: figure(sumAt(columns.pnl, won) / -sumAt(columns.pnl, lost)), interval });
}

/** The mean win over the mean loss. */
function payoff({ columns, places, won, lost, lots }: Some): Metric<TradeMetricName> {
  const shape = { name: 'payoff', unit: 'times', n: won.length + lost.length } as const;
  if (won.length === 0 || lost.length === 0) {
    const why = places.length === 0 ? 'no_trades' : won.length === 0 ? 'no_wins' : 'no_losses';
    return metric({ ...shape, value: missing(why), interval: why });
  }
  const value = figure(sumAt(columns.pnl, won) / won.length / (-sumAt(columns.pnl, lost) / lost.length));
  if (lots === null) return metric({ ...shape, value, interval: 'not_made' });
  const { above, below, wins, losses } = sidesOf(columns, places);
  // Draws of a single win have it for their mean in every draw, as if the mean win were known; so have wins of a single session.
  if (Math.min(countedIn(wins), countedIn(losses)) < FEWEST) return metric({ ...shape, value, interval: 'too_few' });
  const payoffOf = (drawn: Int32Array): number => sumAt(above, drawn) / sumAt(wins, drawn) / (sumAt(below, drawn) / sumAt(losses, drawn));
  return metric({ ...shape, value, interval: within(placesBootstrap(above.length, payoffOf, lots), 'sessions_drawn') });
}

/** Their sessions, numbered as they come. */
function sessionsOf({ session }: TradeColumns, places: Places): { readonly count: number; readonly of: Int32Array } {
  const numbers = new Map<number, number>();
  const of = new Int32Array(places.length);
  for (let at = 0; at < places.length; at++) {
    const name = session[places[at] as number] as number;
    const known = numbers.get(name) ?? numbers.size;
    if (known === numbers.size) numbers.set(name, known);
    of[at] = known;
  }
  return { count: numbers.size, of };
}

/** What each session has gained and lost, and how often. */
function sidesOf(columns: TradeColumns, places: Places) {
  const { count, of } = sessionsOf(columns, places);
  const [above, below, wins, losses] = [new Float64Array(count), new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let at = 0; at < places.length; at++) {
    const pnl = columns.pnl[places[at] as number] as number;
    const [money, times] = pnl > 0 ? [above, wins] : [below, losses];
    if (pnl === 0) continue;
    const session = of[at] as number;
    (money[session] as number) += Math.abs(pnl);
    (times[session] as number)++;
  }
  return { above, below, wins, losses };
}

/** In how many sessions there was any. */
const countedIn = (counts: Float64Array): number => counts.reduce((sum, count) => (count > 0 ? sum + 1 : sum), 0);

function drawnMean(column: Float64Array, { columns, places, lots }: Pick<Some, 'columns' | 'places'> & { readonly lots: Lots }) {
  const { count, of } = sessionsOf(columns, places);
  const [sums, counts] = [new Float64Array(count), new Float64Array(count)];
  for (let at = 0; at < places.length; at++) {
    const value = column[places[at] as number] as number;
    if (Number.isNaN(value)) continue;
    const session = of[at] as number;
    (sums[session] as number) += value;
    (counts[session] as number)++;
  }
  // A session of which nothing is known tells nothing of how much sessions vary.
  const isKnown = (_: number, session: number): boolean => (counts[session] as number) > 0;
  return drawnRatio(sums.filter(isKnown), counts.filter(isKnown), lots);
}

/** NaN of a draw that says nothing. */
const drawnRatio = (above: Float64Array, below: Float64Array, lots: Lots) =>
  placesBootstrap(above.length, (drawn) => sumAt(above, drawn) / sumAt(below, drawn), lots);

function sumAt(column: Float64Array, places: Places): number {
  let sum = 0;
  for (let at = 0; at < places.length; at++) sum += column[places[at] as number] as number;
  return sum;
}

/** The longest run of wins (1) or of losses (-1), the first of equals; a trade that made nothing ends both. */
function longestRun(pnl: Float64Array, places: Places, sign: 1 | -1): Places {
  let [run, longest, end] = [0, 0, 0];
  for (let at = 0; at < places.length; at++) {
    run = sign * (pnl[places[at] as number] as number) > 0 ? run + 1 : 0;
    if (run > longest) [longest, end] = [run, at + 1];
  }
  return places.subarray(end - longest, end);
}

/** The most (1) or the least (-1), the first of equals; none of none. */
function extreme(pnl: Float64Array, places: Places, sign: 1 | -1): Places {
  let best = 0;
  for (let at = 1; at < places.length; at++)
    if (sign * (pnl[places[at] as number] as number) > sign * (pnl[places[best] as number] as number)) best = at;
  return places.subarray(best, best + 1);
}
