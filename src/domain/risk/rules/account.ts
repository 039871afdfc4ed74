import type { Rule } from '#domain/risk/risk-view';

/** Until the broker's lists and the book agree, and news of the orders are told, nothing new is asked of it (C3, D12). */
export const brokerReady: Rule = (_, { broker }) => (broker === 'ready' ? null : { kind: 'broker_not_ready', state: broker });

/** Any level of the emergency stop refuses what is new; they differ in what becomes of the rest. */
export const stopped: Rule = (_, { stop }) => (stop === null ? null : { kind: 'halted', ...stop });

/** A clock that differs more from the broker's knows neither how old a price is nor when a session ends. Source: E1. */
const CLOCK_SKEW_MS_MAX = 2_000;

export const clockSkew: Rule = (_, { skewMs: ms }) =>
  ms <= CLOCK_SKEW_MS_MAX ? null : { kind: 'clock_skewed', ms, max: CLOCK_SKEW_MS_MAX };

/** Strictly below the limit, as the mission says: exactly −2,000 is not yet past it. */
export const dailyLoss: Rule = (_, { pnl, limits }) =>
  -pnl <= limits.lossTodayMax ? null : { kind: 'daily_loss_passed', pnl, limit: limits.lossTodayMax };

/** The week's loss, against the equity with which the week began. */
export const weeklyLoss: Rule = (_, { week }) => (-week.pnl <= week.limit ? null : { kind: 'weekly_loss_passed', ...week });

/** The fall from the highest equity. */
export const drawdown: Rule = (_, { equity, peak, limits: { drawdownMax: max } }) =>
  peak - equity <= peak * max ? null : { kind: 'drawdown_passed', equity, peak, max };

/** A snapshot that cannot be right freezes what is new and sells nothing: it is not known which side errs (F10). */
export const accountGap: Rule = (_, { account: { broker, book }, limits: { accountGapMax: max } }) =>
  broker === null || Math.abs(broker - book) <= Math.abs(book) * max ? null : { kind: 'account_disagrees', broker, book, max };
