import { clopperPearson } from '#domain/statistics/clopper-pearson';
import { type Figure, figure, missing } from '#domain/statistics/figure';
import type { ClosedTrade } from '#domain/statistics/trades/closed-trade';
import { type Interval, wilson } from '#domain/statistics/wilson';

/** `even` trades made exactly nothing: they count, and are not won. Both intervals are of 95 %; of no trades, from 0 to 1. */
export type WinRate = {
  readonly count: number;
  readonly won: number;
  readonly lost: number;
  readonly even: number;
  readonly rate: Figure;
  readonly wilson: Interval;
  readonly exact: Interval;
};

/** How many trades made money after fees. */
export function winRate(trades: readonly Pick<ClosedTrade, 'pnl'>[]): WinRate {
  const count = trades.length;
  const won = trades.filter(({ pnl }) => pnl > 0).length;
  const lost = trades.filter(({ pnl }) => pnl < 0).length;
  return {
    count,
    won,
    lost,
    even: count - won - lost,
    rate: count === 0 ? missing('no_trades') : figure(won / count),
    wilson: wilson(won, count),
    exact: clopperPearson({ won, count }),
  };
}
