import type { Fill } from '#domain/events/account';
import type { Price } from '#domain/values/price';
import type { SymbolIndex } from '#domain/values/symbol';

/** Shares and cash as the events told them, and the newest price of each name: what the broker's lists are compared with. */
export class Holdings {
  readonly #shares = new Map<SymbolIndex, number>();
  readonly #price = new Map<SymbolIndex, Price>();
  /** 1e-4; null until the run has said what it began with. */
  cash: number | null = null;

  fill({ symbol, side, shares, price, fees }: Pick<Fill, 'symbol' | 'side' | 'shares' | 'price' | 'fees'>): void {
    this.adjust(symbol, side === 'buy' ? shares : -shares, price);
    if (this.cash !== null) this.cash -= fees;
  }

  adjust(symbol: SymbolIndex, shares: number, price: Price): void {
    this.#shares.set(symbol, this.of(symbol) + shares);
    this.#price.set(symbol, price);
    if (this.cash !== null) this.cash -= shares * price;
  }

  of(symbol: SymbolIndex): number {
    return this.#shares.get(symbol) ?? 0;
  }

  priceOf(symbol: SymbolIndex): Price | null {
    return this.#price.get(symbol) ?? null;
  }

  get held(): readonly SymbolIndex[] {
    return [...this.#shares].filter(([, shares]) => shares !== 0).map(([symbol]) => symbol);
  }
}
