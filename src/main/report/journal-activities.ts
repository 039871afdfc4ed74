import { type Instant, instant } from '#domain/values/instant';
import { decodeEntries } from '#engine/journal/reader';
import { SymbolTable } from '#main/day/symbol-table';
import type { OurActivities, OurCash, OurFill } from '#main/report/reconciliation';

/** What a journal says that the broker's activities must say too, and of which account. */
export type JournalActivities = OurActivities & {
  /** The account at the broker; null for a run without one. */
  readonly account: string | null;
  /** When the first session that trades was opened: what the account did before is not ours. */
  readonly since: Instant;
};

/** Reads it from a journal. Throws a `JournalError` where the journal cannot be trusted. */
export function journalActivities(directory: string): JournalActivities {
  const symbols = new SymbolTable();
  const fills: OurFill[] = [];
  const cash: OurCash[] = [];
  let account: string | null = null;
  let since: Instant | null = null;
  const kinds = ['account_opened', 'session_opened', 'order_filled', 'position_adjusted', 'cash_moved'] as const;
  for (const { at, event } of decodeEntries(directory, { kinds })) {
    switch (event.kind) {
      case 'account_opened':
        account = event.account;
        continue;
      case 'session_opened':
        symbols.list(event.listed);
        if (!event.history) since ??= at;
        continue;
      case 'order_filled': {
        const { symbol, side, shares, price, bar } = event;
        fills.push({ at: bar, ticker: symbols.nameOf(symbol), side, shares, price, adjustment: null });
        continue;
      }
      case 'position_adjusted': {
        const { symbol, shares, price, bar, cause } = event;
        // A split gives other shares for the same money: nobody traded.
        if (cause === 'split') continue;
        const side = shares > 0 ? 'buy' : 'sell';
        fills.push({ at: bar, ticker: symbols.nameOf(symbol), side, shares: Math.abs(shares), price, adjustment: cause });
        continue;
      }
      default: {
        const { activity, cause, symbol, amount } = event;
        cash.push({ activity, cause, ticker: symbol === null ? null : symbols.nameOf(symbol), amount, at });
      }
    }
  }
  return { fills, cash, account, since: since ?? instant(0) };
}
