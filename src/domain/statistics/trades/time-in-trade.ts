import { type Figure, figure, missing } from '#domain/statistics/figure';
import { mean } from '#domain/statistics/moments';
import { quantile } from '#domain/statistics/quantile';
import type { ClosedTrade } from '#domain/statistics/trades/closed-trade';
import { MINUTE_MS } from '#domain/values/instant';

/** In minutes of the clock, from the first fill to the last. */
export type TimeInTrade = { readonly mean: Figure; readonly median: Figure };

/** How long positions were held. */
export function timeInTrade(trades: readonly Pick<ClosedTrade, 'openedAt' | 'closedAt'>[]): TimeInTrade {
  if (trades.length === 0) return { mean: missing('no_trades'), median: missing('no_trades') };
  const minutes = trades.map(({ openedAt, closedAt }) => (closedAt - openedAt) / MINUTE_MS);
  return { mean: figure(mean(minutes)), median: figure(quantile(minutes, 0.5)) };
}
