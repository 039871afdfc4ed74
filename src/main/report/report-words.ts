import type { AccountMetricName } from '#domain/performance/account-metrics';
import type { Dimension } from '#domain/performance/breakdown';
import type { Metric, MetricInterval, MetricUnit } from '#domain/performance/metric';
import { ENOUGH_SESSIONS, ENOUGH_TRADES, type Judged, type TargetName, type Verdict } from '#domain/performance/stage-targets';
import type { TradeMetricName } from '#domain/performance/trade-metrics';
import type { Missing } from '#domain/statistics/figure';
import { counted } from '#domain/values/counted';
import { amount } from '#main/explain/amounts';
import { words } from '#main/explain/words';
import type { LogSource } from '#main/report/trade-log';

/** What a number is called; docs/reference/report.md says how it is made. */
export const metricWords: Readonly<Record<TradeMetricName | AccountMetricName, string>> = {
  net_pnl: 'P&L of trades, after fees',
  win_rate: 'won',
  expectancy: 'expectancy',
  profit_factor: 'profit factor',
  payoff: 'payoff (mean win : mean loss)',
  mean_win: 'mean win',
  mean_loss: 'mean loss',
  largest_win: 'largest win',
  largest_loss: 'largest loss',
  streak_won: 'longest run of wins',
  streak_lost: 'longest run of losses',
  favourable: 'MFE (best on the way)',
  adverse: 'MAE (worst on the way)',
  slippage_entry: 'slippage of entries',
  slippage_exit: 'slippage of exits',
  slippage_money: 'slippage, all',
  fees: 'fees of trades',
  minutes_mean: 'time in trade, mean',
  minutes_median: 'time in trade, median',
  day_pnl: 'P&L of the account',
  return: 'return',
  sharpe: 'Sharpe ratio',
  sortino: 'Sortino ratio',
  calmar: 'Calmar ratio',
  max_drawdown: 'max drawdown, by the minute',
  max_drawdown_closes: 'max drawdown, by closes',
  exposure_mean: 'exposure, mean',
  exposure_peak: 'exposure, most',
  turnover: 'turnover a day',
  all_fees: 'fees, all',
  beside: 'dividends, interest and the like',
};

export const targetWords: Readonly<Record<TargetName, string>> = {
  win_rate: 'win rate',
  sharpe: 'Sharpe ratio',
  max_drawdown: 'max drawdown',
  payoff: 'reward : risk (payoff)',
  over_rules: 'risk-adjusted gain over the rules',
};

export const verdictWords: Readonly<Record<Verdict, string>> = {
  met: 'met',
  not_met: 'not met',
  cannot_be_said: 'cannot be said yet',
};

export const dimensionWords: Readonly<Record<Dimension, string>> = {
  pattern: 'pattern',
  catalyst: 'catalyst',
  phase: 'phase',
  hour: 'hour of the decision',
  symbol: 'symbol',
  reason: 'exit reason',
};

const missingWords: Readonly<Record<Missing, string>> = {
  no_trades: 'no trades',
  too_few: 'too few',
  no_variation: 'all alike',
  no_downside: 'no loss',
  no_drawdown: 'no drawdown',
  no_wins: 'no wins',
  no_losses: 'no losses',
  no_r: 'risk not known',
  one_session: 'one session only',
  not_above: 'not above zero',
  beyond_numbers: 'beyond numbers',
};

/** Fewer trades than this are flagged wherever they stand. */
export const FEW = 30;

/** A value in its unit; thousands are parted, so that amounts can be read. */
export function inUnit(value: number, unit: MetricUnit): string {
  switch (unit) {
    case 'money':
      return dollars(value);
    case 'fraction':
      return `${plain(100 * value, 1)} %`;
    case 'r':
      return `${signedFixed(value, 2)} R`;
    case 'times':
    case 'sharpe':
      return plain(value, 2);
    case 'minutes':
      return `${value.toFixed(0)} min`;
    case 'count':
      return String(value);
  }
}

/** An amount of 1e-4 to the cent: −1,261.94. */
export function dollars(e4: number): string {
  const text = amount(Math.abs(e4));
  const [whole = '', cents = ''] = text.split('.');
  const sign = e4 < 0 && text !== '0.00' ? '−' : '';
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}

/** Without a −0, which rounding makes. */
export function plain(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return `${value < 0 && Number(text) !== 0 ? '−' : ''}${text}`;
}

const signedFixed = (value: number, digits: number): string => {
  const text = plain(value, digits);
  return Number(text.replace('−', '-')) > 0 ? `+${text}` : text;
};

export const valueText = ({ value, unit, missing }: Metric): string =>
  value === null ? `– (${missing === null ? 'unknown' : missingWords[missing]})` : inUnit(value, unit);

/** Both ends; an end without a bound is a dash. */
export function intervalText({ interval, noInterval, unit }: Metric): string {
  if (interval !== null) return endsText(interval, unit);
  return noInterval === null || noInterval === 'a_fact' || noInterval === 'not_made' ? '' : `none (${missingWords[noInterval]})`;
}

const endsText = ({ low, high }: MetricInterval, unit: MetricUnit): string =>
  `${low === null ? '–' : inUnit(low, unit)} to ${high === null ? '–' : inUnit(high, unit)}`;

export const sampleText = ({ n, of }: Metric): string => counted(n, of === 'trades' ? 'trade' : 'session');

export function targetText({ name, kind, target }: Judged): string {
  const value =
    name === 'win_rate' || name === 'max_drawdown' || name === 'over_rules' ? `${(100 * target).toFixed(0)} %` : target.toFixed(1);
  return `${kind === 'at_least' ? 'at least' : 'below'} ${value}`;
}

/** What a group is called: words of the journal, hours and tickers as they are. */
export const keyWords = (dimension: Dimension, key: string): string => (dimension === 'symbol' || dimension === 'hour' ? key : words(key));

/** How real this is, for the top of every form; null where there is nothing to warn of. */
export function realityText({ source, environment }: LogSource): string | null {
  if (source === 'simulated_market') return 'SIMULATED: a made-up market, simulated fills. Nobody has traded this.';
  if (source === 'recorded_market') return 'SIMULATED fills on a recorded market. Nobody has traded this.';
  if (environment === 'simulated') return 'SIMULATED: a simulated broker. Nobody has traded this.';
  if (environment === 'paper') return 'PAPER: simulated fills of the broker, no capital at risk.';
  return environment === 'live' ? null : 'SIMULATED: no account of a broker is in the journal.';
}

/** What the size of the sample forbids to conclude. */
export function cautions({ trades, sessions }: { readonly trades: number; readonly sessions: number }): readonly string[] {
  const said: string[] = [];
  if (trades < ENOUGH_TRADES)
    said.push(`${trades} ${trades === 1 ? 'trade is' : 'trades are'} too few to say anything about the strategy.`);
  if (sessions < ENOUGH_SESSIONS)
    said.push(
      `${sessions} ${sessions === 1 ? 'session is' : 'sessions are'} too few for a ratio by the year: Sharpe, Sortino and Calmar are shown as they are reckoned, and mean little.`,
    );
  return said;
}
