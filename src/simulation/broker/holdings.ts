import type { Instant } from '#domain/values/instant';
import { History } from '#simulation/broker/history';
import { Ledger, type LedgerCause } from '#simulation/broker/ledger';
import { share, worth } from '#simulation/broker/shares-e9';

/** Shares in 1e-9, negative for a short; `cost` (1e-4) has the sign of the shares. */
export type Position = { readonly shares: number; readonly cost: number };

const flat: Position = { shares: 0, cost: 0 };

export type Movement = {
  readonly ticker: string;
  /** What comes in; negative for what goes out. */
  readonly shares: number;
  readonly price: number;
};

/** What the customer has: money and shares, both with all that they have been. */
export class Holdings {
  readonly ledger = new Ledger();
  readonly #cash = new History<number>();
  /** What is true, and what the view of positions shows. */
  readonly #positions = new Map<string, History<Position>>();
  readonly #views = new Map<string, History<Position>>();

  constructor(cash: number, at: Instant) {
    this.ledger.move(at, { kind: 'opening' }, 'bank', { ticker: '', shares: 0, money: cash });
    this.#cash.push(at, cash);
  }

  get cash(): number {
    return this.#cash.latest ?? 0;
  }

  cashAsOf(at: Instant): number {
    return this.#cash.asOf(at) ?? 0;
  }

  position(ticker: string): Position {
    return this.#positions.get(ticker)?.latest ?? flat;
  }

  /** All names that were ever held, in order of their letters. */
  get tickers(): readonly string[] {
    return [...this.#positions.keys()].sort();
  }

  /** As the view of positions shows it at that instant. */
  seen(ticker: string, at: Instant): Position {
    return this.#views.get(ticker)?.asOf(at) ?? flat;
  }

  /** Shares against money at a price. `visibleAt` is when the view of positions shows it. */
  trade(at: Instant, visibleAt: Instant, cause: LedgerCause, movement: Movement): void {
    const money = -worth(movement.shares, movement.price);
    this.ledger.move(at, cause, 'market', { ticker: movement.ticker, shares: movement.shares, money });
    this.#cash.push(at, this.cash + money);
    this.#put(movement.ticker, at, visibleAt, after(this.position(movement.ticker), movement));
  }

  /** Shares that come or go without money, and money that comes for what could not be divided. */
  adjust(at: Instant, cause: LedgerCause, ticker: string, to: Position, money = 0): void {
    this.ledger.move(at, cause, 'broker', { ticker, shares: to.shares - this.position(ticker).shares, money });
    if (money !== 0) this.#cash.push(at, this.cash + money);
    this.#put(ticker, at, at, to);
  }

  /** Money that comes or goes without shares. */
  moveCash(at: Instant, cause: LedgerCause, money: number): void {
    this.ledger.move(at, cause, 'broker', { ticker: '', shares: 0, money });
    this.#cash.push(at, this.cash + money);
  }

  #put(ticker: string, at: Instant, visibleAt: Instant, position: Position): void {
    historyIn(this.#positions, ticker).push(at, position);
    historyIn(this.#views, ticker).push(visibleAt, position);
  }
}

function historyIn(map: Map<string, History<Position>>, ticker: string): History<Position> {
  const known = map.get(ticker);
  if (known !== undefined) return known;
  const made = new History<Position>();
  map.set(ticker, made);
  return made;
}

/** What is added costs its price; what is given back takes its part of the cost with it; what goes beyond begins anew. */
function after({ shares, cost }: Position, { shares: by, price }: Movement): Position {
  const now = shares + by;
  if (now === 0) return flat;
  const grows = shares === 0 || shares > 0 === by > 0;
  if (grows) return { shares: now, cost: cost + worth(by, price) };
  if (shares > 0 === now > 0) return { shares: now, cost: share(cost, now, shares) };
  return { shares: now, cost: worth(now, price) };
}
