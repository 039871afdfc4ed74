import type { Instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';

/** One company as headlines call it, in the year for which that is known. */
export type NamedCompany = { readonly symbol: SymbolIndex; readonly names: readonly string[] };

export type NewsEvent =
  | {
      /** The names that hold for this session; the news service forgets those of another year. */
      readonly kind: 'names_listed';
      readonly year: number;
      readonly companies: readonly NamedCompany[];
    }
  | {
      readonly kind: 'headline_published';
      /** Stable within a run: file and line, or the vendor's own id. */
      readonly id: string;
      /** When the house could have read it. A headline with a date and no time is known from the next session on. */
      readonly knownAt: Instant;
      readonly source: string;
      readonly text: string;
      /** Symbols that the vendor itself names; empty when the text must tell. */
      readonly symbols: readonly SymbolIndex[];
    };
