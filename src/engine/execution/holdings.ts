import type { Fill } from '#domain/events/account';
import type { Frame } from '#domain/events/frame';
import { type Mark, markedBy } from '#domain/portfolio/mark';
import { sharesAfterSplit, worthAfterSplit } from '#domain/portfolio/split-shares';
import { type Price, price } from '#domain/values/price';
import type { SymbolIndex } from '#domain/values/symbol';

/** Shares and cash as the events told them, and the newest price of each name: what the broker's lists are compared with. */
export class Holdings {
  readonly #shares = new Map<SymbolIndex, number>();
  readonly #price = new Map<SymbolIndex, Price>();
  readonly #marks = new Map<SymbolIndex, Mark>();
  /** 1e-4; null until the run has said what it began with. */
  cash: number | null = null;

  fill({ symbol, side, shares, price, fees }: Pick<Fill, 'symbol' | 'side' | 'shares' | 'price' | 'fees'>): void {
    this.adjust(symbol, side === 'buy' ? shares : -shares, price);
    if (this.cash !== null) this.cash -= fees;
  }

  adjust(symbol: SymbolIndex, shares: number, at: Price): void {
    this.#shares.set(symbol, this.of(symbol) + shares);
    this.#price.set(symbol, at);
    if (this.of(symbol) === 0) this.#marks.delete(symbol);
    else if (!this.#marks.has(symbol)) this.#marks.set(symbol, { mark: at, doubted: null });
    if (this.cash !== null) this.cash -= shares * at;
  }

  /** The book counts new shares from now on, and so must whoever compares them with the broker's (D7). */
  split(symbol: SymbolIndex, ratio: number): void {
    this.#shares.set(symbol, sharesAfterSplit(this.of(symbol), ratio));
    const last = this.#price.get(symbol);
    if (last !== undefined) this.#price.set(symbol, price(worthAfterSplit(last, ratio)));
    const known = this.#marks.get(symbol);
    if (this.of(symbol) === 0) this.#marks.delete(symbol);
    else if (known !== undefined) this.#marks.set(symbol, { mark: worthAfterSplit(known.mark, ratio), doubted: null });
  }

  moveCash(amount: number): void {
    if (this.cash !== null) this.cash += amount;
  }

  of(symbol: SymbolIndex): number {
    return this.#shares.get(symbol) ?? 0;
  }

  priceOf(symbol: SymbolIndex): Price | null {
    return this.#price.get(symbol) ?? null;
  }

  /** A minute of the session has closed. */
  mark({ width, volume, close }: Frame): void {
    for (const [symbol, mark] of this.#marks)
      if (symbol < width && (volume[symbol] as number) >= 0) this.#marks.set(symbol, markedBy(mark, close[symbol] as number));
  }

  /** What a share of a name that is held was worth last, as the book counts it; in 1e-4. */
  markOf(symbol: SymbolIndex): number | null {
    return this.#marks.get(symbol)?.mark ?? null;
  }

  get held(): readonly SymbolIndex[] {
    return [...this.#shares].filter(([, shares]) => shares !== 0).map(([symbol]) => symbol);
  }
}
