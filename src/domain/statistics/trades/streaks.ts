import type { ClosedTrade } from '#domain/statistics/trades/closed-trade';

export type Streaks = { readonly wins: number; readonly losses: number };

/** The longest runs of wins and of losses, in the order given (of closing, as a rule); a trade that made nothing ends both. */
export function longestStreaks(trades: readonly Pick<ClosedTrade, 'pnl'>[]): Streaks {
  let [wins, losses, won, lost] = [0, 0, 0, 0];
  for (const { pnl } of trades) {
    won = pnl > 0 ? won + 1 : 0;
    lost = pnl < 0 ? lost + 1 : 0;
    wins = Math.max(wins, won);
    losses = Math.max(losses, lost);
  }
  return { wins, losses };
}
