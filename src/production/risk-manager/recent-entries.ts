import type { PatternKind } from '#domain/patterns/setup';
import type { Limits } from '#domain/risk/limits';
import type { PastEntry } from '#domain/risk/risk-view';
import { type Instant, MINUTE_MS } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import type { StateSink } from '#domain/values/symbol-columns';

/** Entries of the last while, so that the next one is seen as the one of many; and what has been latched for being one too many. */
export class RecentEntries {
  #entries: PastEntry[] = [];
  readonly #latched = new Set<string>();

  add(entry: PastEntry): void {
    this.#entries.push(entry);
  }

  /** What came to nothing before it left was no entry. */
  remove(intent: number): void {
    this.#entries = this.#entries.filter((entry) => entry.intent !== intent);
  }

  of(symbol: SymbolIndex, at: Instant, limits: Limits): readonly PastEntry[] {
    const minutes = Math.max(limits.repeatMinutes, limits.driftMinutes, limits.duplicateSeconds / 60);
    this.#entries = this.#entries.filter((entry) => entry.at > at - minutes * MINUTE_MS);
    return this.#entries.filter((entry) => entry.symbol === symbol);
  }

  latch(pattern: PatternKind, symbol: SymbolIndex): void {
    this.#latched.add(keyOf(pattern, symbol));
  }

  isLatched(pattern: PatternKind, symbol: SymbolIndex): boolean {
    return this.#latched.has(keyOf(pattern, symbol));
  }

  /** A person has looked at it: what was latched starts anew. */
  unlatch(): void {
    this.#entries = this.#entries.filter(({ pattern, symbol }) => !this.isLatched(pattern, symbol));
    this.#latched.clear();
  }

  hashInto(sink: StateSink): void {
    for (const { intent, at, symbol, side, pattern, limit } of this.#entries)
      sink.text(`${intent} ${at} ${symbol} ${side} ${pattern} ${limit}`);
    sink.text([...this.#latched].join(','));
  }
}

const keyOf = (pattern: PatternKind, symbol: SymbolIndex): string => `${pattern} ${symbol}`;
