import type { Emit } from '#domain/events/service';
import type { SessionClock } from '#domain/market/session-clock';
import type { TickRule } from '#domain/market/us/tick-rules';
import { type Book, type Position, positionIn } from '#domain/portfolio/book';
import type { Settings } from '#domain/settings';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { SymbolIndex } from '#domain/values/symbol';
import type { Trade } from '#production/trading/trade';

/** What is at hand in one step: the time, the day's rules, what is held, which names do not trade, and the way to speak. */
export type Desk = {
  readonly at: Instant;
  readonly date: SessionDate;
  readonly clock: SessionClock;
  readonly ticks: TickRule;
  readonly settings: Settings;
  readonly book: Book;
  readonly halted: ReadonlySet<SymbolIndex>;
  readonly emit: Emit;
};

export const positionOf = ({ order }: Trade, { book }: Desk): Position | undefined => positionIn(book, order.symbol);

export const isHalted = ({ order }: Trade, { halted }: Desk): boolean => halted.has(order.symbol);
