import type { Execution } from '#domain/brokerage/broker-order';
import { type Price, price } from '#domain/values/price';
import type { SymbolIndex } from '#domain/values/symbol';
import type { Desk } from '#engine/execution/desk';

/** Trades of a name by orders that are not of this book, oldest first, without those that have explained a difference before: lists show them again. */
export function outsideTrades({ kept, names, explained }: Desk, symbol: SymbolIndex): readonly Execution[] {
  const ticker = names.tickerOf(symbol);
  const since = explained.get(symbol) ?? 0;
  const trades = [...kept.values()].flatMap(({ executions }) => executions.filter((one) => one.ticker === ticker && one.at > since));
  return trades.sort((one, other) => one.at - other.at);
}

/** The oldest of them that come to so many shares more, or fewer: the list of positions may not show the newest yet. Null when none do. */
export function tradesThatMoved(trades: readonly Execution[], shares: number): readonly Execution[] | null {
  let moved = 0;
  for (const [place, trade] of trades.entries()) {
    moved += signed(trade);
    if (moved === shares) return trades.slice(0, place + 1);
  }
  return null;
}

/** What a share has changed hands for in all of them together. */
export function meanPrice(trades: readonly Execution[]): Price {
  const shares = trades.reduce((sum, trade) => sum + signed(trade), 0);
  const money = trades.reduce((sum, trade) => sum + signed(trade) * trade.price, 0);
  return price(Math.max(1, Math.round(money / shares)));
}

const signed = ({ side, shares }: Execution): number => (side === 'buy' ? shares : -shares);
