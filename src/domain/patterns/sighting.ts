import type { DrawnLine, PatternKind } from '#domain/patterns/setup';
import type { SymbolView } from '#domain/patterns/symbol-view';

/** A pattern that stands on the chart at this instant; prices in 1e-4. */
export type Sighting = {
  readonly kind: PatternKind;
  /** The price whose passing is the signal. */
  readonly trigger: number;
  /** Beyond this price the shape is no longer there. */
  readonly invalidation: number;
  /** 0..1; see `confidenceOf`. */
  readonly confidence: number;
  /** Whether the volume went along with the break. */
  readonly volumeConfirmed: boolean;
  readonly drawing: readonly DrawnLine[];
};

/** A shape that may be looked for; pure, and asked only of the few names that came so far. */
export type Pattern = { readonly kind: PatternKind; find(view: SymbolView): Sighting | null };
