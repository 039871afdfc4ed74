import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { Ticker } from '#domain/values/symbol';
import type { Execution } from '#engine/execution/execution';
import type { LiveHouse } from '#engine/live/live-house';
import type { Brokerage } from '#engine/ports/brokerage';
import type { Clock } from '#engine/ports/clock';
import type { MarketDataSource, MarketLine } from '#engine/ports/market-data';
import type { NewsSource, NewsStream } from '#engine/ports/news-source';
import type { Operator } from '#engine/ports/operator';
import type { SymbolTable } from '#main/day/symbol-table';
import type { AskPump } from '#main/paper/ask-pump';
import type { Bell } from '#main/paper/bell';
import type { LagGuard } from '#main/paper/lag-guard';
import type { LiveMemory } from '#main/paper/live-memory';
import type { Say } from '#main/paper/say';

/** What a live run is made of. */
export type LiveParts = {
  readonly house: LiveHouse;
  readonly execution: Execution;
  readonly pump: AskPump;
  readonly brokerage: Brokerage;
  readonly memory: LiveMemory;
  readonly symbols: SymbolTable;
  readonly clock: Clock;
  readonly data: MarketDataSource;
  readonly line: MarketLine;
  readonly news: { readonly source: NewsSource; readonly stream: NewsStream | null };
  readonly lag: Pick<LagGuard, 'begin'>;
  /** Whoever looks whether this process is fit to enter anything. */
  readonly guards: readonly { look(now: Instant): void }[];
  /** Names to follow that no session has listed yet. */
  readonly unlisted: readonly Ticker[];
  readonly operators: readonly Operator[];
  /** Sessions before today that teach the averages, where the journal has none. */
  readonly history: number;
  /** Told when history has been taught, before anything is asked of the broker. */
  readonly taught: () => void;
  readonly sessionsMax: number;
  readonly bell: Bell;
  readonly say: Say;
  readonly sessionOver: (date: SessionDate, hash: string) => void;
};
