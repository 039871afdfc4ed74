import type { Instant } from '#domain/values/instant';

/** Why shares or money moved. */
export type LedgerCause =
  | { readonly kind: 'opening' }
  | { readonly kind: 'execution'; readonly execution: string; readonly order: string }
  | { readonly kind: 'bust'; readonly execution: string }
  | { readonly kind: 'split'; readonly ratio: number }
  | { readonly kind: 'position_deleted' }
  | { readonly kind: 'correction'; readonly execution: string }
  | { readonly kind: 'activity'; readonly type: string }
  | { readonly kind: 'liquidation' };

/**
 * One side of a movement. `unit` is a ticker (amounts in 1e-9 shares) or USD (1e-4 dollars); the account is the customer or
 * whoever is on the other side.
 */
export type LedgerLine = { readonly account: string; readonly unit: string; readonly amount: number };

/** The lines of an entry sum to nothing, unit by unit. */
export type LedgerEntry = {
  readonly sequence: number;
  readonly at: Instant;
  readonly cause: LedgerCause;
  readonly lines: readonly LedgerLine[];
};

const USD = 'USD';
export const CUSTOMER = 'customer';

/** Every share and cent that came or went, with its cause. */
export class Ledger {
  readonly #entries: LedgerEntry[] = [];

  get entries(): readonly LedgerEntry[] {
    return this.#entries;
  }

  /** Shares (1e-9, may be negative) and money (1e-4) that come to the customer from `other`. */
  move(at: Instant, cause: LedgerCause, other: string, { ticker, shares, money }: { ticker: string; shares: number; money: number }): void {
    const lines = [...pair(ticker, shares, other), ...pair(USD, money, other)];
    this.#entries.push({ sequence: this.#entries.length + 1, at, cause, lines });
  }
}

const pair = (unit: string, amount: number, other: string): readonly LedgerLine[] =>
  amount === 0
    ? []
    : [
        { account: CUSTOMER, unit, amount },
        { account: other, unit, amount: -amount },
      ];
