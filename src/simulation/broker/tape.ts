/** The best prices and what is shown at them; a price of 0 is a side that nobody quotes. 1e-4, shares in 1e-9. */
export type Quote = { readonly bid: number; readonly ask: number; readonly bidSize: number; readonly askSize: number };

/** Codes with which trading stops, and those with which it goes on. Source: broker-alpaca §15. */
const stopping = ['H', 'P', '2', 'Q'];
const resuming = ['T', '3'];

type Listing = { quote: Quote | null; last: number | null; dayBefore: number | null; halted: boolean };

/** What the market has shown so far, name by name. */
export class Tape {
  readonly #listings = new Map<string, Listing>();

  quote(ticker: string): Quote | null {
    return this.#listings.get(ticker)?.quote ?? null;
  }

  show(ticker: string, quote: Quote | null): void {
    this.#of(ticker).quote = quote;
  }

  /** What has been traded is no longer there. */
  take(ticker: string, side: 'buy' | 'sell', size: number): void {
    const listing = this.#of(ticker);
    if (listing.quote === null) return;
    const { askSize, bidSize } = listing.quote;
    listing.quote =
      side === 'buy'
        ? { ...listing.quote, askSize: Math.max(0, askSize - size) }
        : { ...listing.quote, bidSize: Math.max(0, bidSize - size) };
  }

  print(ticker: string, price: number): void {
    this.#of(ticker).last = price;
  }

  /** The last print; before one, the middle of the quote; before that, nothing. */
  price(ticker: string): number | null {
    const listing = this.#listings.get(ticker);
    if (listing === undefined) return null;
    if (listing.last !== null) return listing.last;
    const { quote } = listing;
    if (quote === null || quote.bid === 0 || quote.ask === 0) return null;
    return Math.floor((quote.bid + quote.ask) / 2);
  }

  dayBefore(ticker: string): number | null {
    return this.#listings.get(ticker)?.dayBefore ?? null;
  }

  /** The day is over: what was last becomes the price of the day before. */
  closeDay(): void {
    for (const [ticker, listing] of this.#listings) listing.dayBefore = this.price(ticker);
  }

  setStatus(ticker: string, code: string): void {
    if (stopping.includes(code)) this.#of(ticker).halted = true;
    if (resuming.includes(code)) this.#of(ticker).halted = false;
  }

  isHalted(ticker: string): boolean {
    return this.#listings.get(ticker)?.halted ?? false;
  }

  /** Prices of before a split mean nothing after it. */
  split(ticker: string, adjusted: (price: number) => number): void {
    const listing = this.#of(ticker);
    listing.quote = null;
    if (listing.last !== null) listing.last = adjusted(listing.last);
    if (listing.dayBefore !== null) listing.dayBefore = adjusted(listing.dayBefore);
  }

  #of(ticker: string): Listing {
    const known = this.#listings.get(ticker);
    if (known !== undefined) return known;
    const listing: Listing = { quote: null, last: null, dayBefore: null, halted: false };
    this.#listings.set(ticker, listing);
    return listing;
  }
}
