import { assert } from '#domain/values/assert';
import { type SymbolIndex, symbolIndex, type Ticker } from '#domain/values/symbol';

/** Names only at the edges: which ticker stands behind which column, in order of first appearance. */
export class SymbolTable {
  readonly #tickers: Ticker[] = [];
  readonly #indexes = new Map<Ticker, SymbolIndex>();

  get tickers(): readonly Ticker[] {
    return this.#tickers;
  }

  list(tickers: readonly Ticker[]): void {
    for (const name of tickers) {
      assert(!this.#indexes.has(name), `${name} is listed once`);
      this.#indexes.set(name, symbolIndex(this.#tickers.length));
      this.#tickers.push(name);
    }
  }

  indexOf(name: Ticker): SymbolIndex | null {
    return this.#indexes.get(name) ?? null;
  }

  nameOf(symbol: SymbolIndex): Ticker {
    const name = this.#tickers[symbol];
    assert(name !== undefined, `column ${symbol} is listed`);
    return name;
  }
}
