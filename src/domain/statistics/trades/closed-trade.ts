import type { Cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';

/** What the statistics ask of a trade that is over. Made in the whole position: an entry with all of its exits. */
export type ClosedTrade = {
  /** After fees. */
  readonly pnl: Cash;
  readonly fees: Cash;
  /** `pnl` over what was risked at the entry; null when that is not known. */
  readonly rMultiple: number | null;
  readonly openedAt: Instant;
  readonly closedAt: Instant;
  /** The session in which it was opened: trades of one day hang together. */
  readonly session: SessionDate;
};

/** The trades of each session, sessions in the order in which they first come. */
export function bySession(trades: readonly ClosedTrade[]): readonly (readonly ClosedTrade[])[] {
  const sessions = new Map<SessionDate, ClosedTrade[]>();
  for (const trade of trades) {
    const known = sessions.get(trade.session);
    if (known === undefined) sessions.set(trade.session, [trade]);
    else known.push(trade);
  }
  return [...sessions.values()];
}
