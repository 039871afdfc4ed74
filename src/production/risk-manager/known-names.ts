import type { Event } from '#domain/events/event';
import type { AssetStatus } from '#domain/events/market';
import type { NameView } from '#domain/risk/risk-view';
import type { Settings } from '#domain/settings';
import type { SymbolIndex, Ticker } from '#domain/values/symbol';
import type { StateSink } from '#domain/values/symbol-columns';

/** What is known of names beside their prices: ticker, sector, whether they may be traded just now. */
export class KnownNames {
  readonly #tickers: Ticker[] = [];
  readonly #sectors = new Map<SymbolIndex, string>();
  readonly #statuses = new Map<SymbolIndex, AssetStatus>();
  readonly #quarantined = new Set<SymbolIndex>();

  get count(): number {
    return this.#tickers.length;
  }

  evolve(event: Event): void {
    switch (event.kind) {
      case 'session_opened':
        for (const listed of event.listed) this.#tickers.push(listed);
        return;
      case 'asset_status_changed':
        this.#statuses.set(event.symbol, event.status);
        return;
      case 'name_quarantined':
        this.#quarantined.add(event.symbol);
        return;
      case 'name_released':
        this.#quarantined.delete(event.symbol);
        return;
      case 'sectors_listed':
        for (const { symbol, sector } of event.sectors) this.#sectors.set(symbol, sector);
        return;
      default:
        return;
    }
  }

  view(symbol: SymbolIndex, engaged: readonly SymbolIndex[], { only, never }: Settings['permitted']): NameView {
    const name = this.#tickers[symbol] ?? '';
    const sector = this.#sectors.get(symbol);
    const held = engaged.filter((other) => this.#sectors.get(other) === sector).length;
    return {
      status: this.#statuses.get(symbol) ?? 'trading',
      isPermitted: only.length === 0 || only.includes(name),
      isRestricted: never.includes(name),
      isQuarantined: this.#quarantined.has(symbol),
      sector: sector === undefined ? null : { name: sector, held },
    };
  }

  /** An unknown sector may be any, so it is the same. */
  shareSector(one: SymbolIndex, other: SymbolIndex): boolean {
    const [first, second] = [this.#sectors.get(one), this.#sectors.get(other)];
    return first === undefined || second === undefined || first === second;
  }

  hashInto(sink: StateSink): void {
    sink.text(this.#tickers.join(' '));
    for (const [symbol, sector] of this.#sectors) sink.text(`${symbol} ${sector}`);
    for (const [symbol, status] of this.#statuses) sink.text(`${symbol} ${status}`);
    for (const symbol of this.#quarantined) sink.text(`${symbol} quarantined`);
  }
}
