import type { CatalystType } from '#domain/news/catalyst';
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
      /** When its publisher says that it was published; null when only a date, or nothing, is known. */
      readonly publishedAt: Instant | null;
      readonly source: string;
      readonly text: string;
      /** Symbols that the vendor itself names; empty when the text must tell. */
      readonly symbols: readonly SymbolIndex[];
    }
  | {
      /** What a headline means for one name. */
      readonly kind: 'catalyst_detected';
      readonly headline: string;
      /** The headline that told the story first; the same as `headline` when this one did. */
      readonly story: string;
      /** How many outlets have told it by now. */
      readonly outlets: number;
      readonly symbol: SymbolIndex;
      readonly catalyst: CatalystType;
      /** −1, 0 or 1 for a long position. */
      readonly direction: number;
      /** 0..1 when it was published; it fades from then on. */
      readonly strength: number;
      /** −1..1. */
      readonly sentiment: number;
      /** 0..1. */
      readonly reliability: number;
      /** Which characters of the text say so. */
      readonly evidence: readonly { readonly from: number; readonly to: number }[];
    };
