import type { LevelSource } from '#domain/indicators/level-source';
import type { CatalystType } from '#domain/news/catalyst';
import type { DrawnLine, PatternKind, TrackRecord } from '#domain/patterns/setup';
import type { Price } from '#domain/values/price';
import type { SymbolIndex } from '#domain/values/symbol';

/** Candidates that a stage let go: `reasons[i]` is the bit mask of `symbols[i]`, bits of `DropReason`. */
export type Dropped = { readonly symbols: readonly number[]; readonly reasons: readonly number[] };

/**
 * Why a stage let a candidate go. The place in the list is the bit in the mask and never changes; nothing is dropped as
 * `momentum_out_of_range` any more, which did not say on which side.
 */
const dropReasons = [
  'no_history',
  'no_bar_today',
  'price_too_low',
  'illiquid',
  'ranked_below',
  'no_catalyst',
  'negative_catalyst',
  'not_ready',
  'below_vwap',
  'trend_down',
  'momentum_out_of_range',
  'volume_fading',
  'no_setup',
  'already_tried',
  'entries_closed',
  'not_listed',
  'range_too_small',
  'correlated_with_better',
  'momentum_too_weak',
  'momentum_too_hot',
] as const;
export type DropReason = (typeof dropReasons)[number];
const bits: ReadonlyMap<DropReason, number> = new Map(dropReasons.map((reason, place) => [reason, 1 << place]));
export const dropBit = (reason: DropReason): number => bits.get(reason) as number;

/** The reasons of a mask, in the order of their bits. */
export const dropReasonsOf = (mask: number): readonly DropReason[] => dropReasons.filter((_, place) => (mask & (1 << place)) !== 0);

/** Moves are fractions (0.02 is 2 %), volumes are ratios to the usual. */
export type Candidate = {
  readonly symbol: SymbolIndex;
  readonly score: number;
  readonly gap: number;
  readonly change: number;
  readonly relativeVolume: number;
  /** The last minute's shares over the mean of the same minute in up to 20 earlier sessions; 0 for a minute without a bar. */
  readonly minuteVolume: number;
};

export type ConfirmedCandidate = {
  readonly symbol: SymbolIndex;
  readonly score: number;
  readonly catalyst: CatalystType;
  /** −1, 0 or 1. */
  readonly direction: number;
  /** 0..1. */
  readonly strength: number;
  /** −1..1, of the story's words. */
  readonly sentiment: number;
  /** 0..1, how often this source's news were followed by a move their way; 0.5 when nothing is known. */
  readonly reliability: number;
  /** How many outlets told the story. */
  readonly outlets: number;
  /** The headline that speaks for it; empty for an unexplained surge. */
  readonly headline: string;
};

/** A level with its history; price and half-width of its zone in 1e-4. */
export type NearbyLevel = {
  readonly price: number;
  readonly halfWidth: number;
  readonly source: LevelSource;
  readonly touches: number;
  readonly bounces: number;
  readonly breaks: number;
};

export type AgreedCandidate = {
  readonly symbol: SymbolIndex;
  readonly score: number;
  /** The last close, in 1e-4. */
  readonly close: number;
  /** ATR 14 on five-minute bars, in 1e-4. */
  readonly atr: number;
  readonly vwap: number;
  readonly volumeRatio: number;
  /** The levels around the last close, from the lowest price to the highest. */
  readonly levels: readonly NearbyLevel[];
  /** What the indicators said, in the order of `indicatorNames`. */
  readonly indicators: readonly number[];
  /** Shares that usually trade in a minute: mean of the last twenty minutes. */
  readonly minuteShares: number;
};

export type FoundSetup = {
  readonly symbol: SymbolIndex;
  readonly score: number;
  readonly pattern: PatternKind;
  readonly entry: Price;
  /** Where the rule of Stage 1 would put the stop. */
  readonly stop: Price;
  readonly target: Price;
  /** 0..1. */
  readonly confidence: number;
  /** Beyond this price, in 1e-4, the shape is no longer there. */
  readonly invalidation: number;
  /** Whether the volume went along with the break. */
  readonly volumeConfirmed: boolean;
  readonly record: TrackRecord;
  readonly drawing: readonly DrawnLine[];
  readonly atr: number;
  readonly support: number;
  readonly minuteShares: number;
};

type Stage<Kind extends string, Kept> = {
  readonly kind: Kind;
  /** Count of scans in this session, from 1. */
  readonly scan: number;
  /** Local minute of the day at which the scan was made. */
  readonly minute: number;
  /** Best first. */
  readonly kept: readonly Kept[];
  readonly dropped: Dropped;
};

/** One of those that this scan wants. */
export type ChosenCandidate = {
  readonly symbol: SymbolIndex;
  readonly score: number;
  /** The highest correlation of its five-minute returns with one that ranks above it here; 0 when there is none or it is unknown. */
  readonly correlation: number;
};

/** The funnel, one event a stage: universe → 100 → 35 → 20 → 10 → 5. `universe` counts the names of the day that had a bar. */
export type StageEvent =
  | (Stage<'candidates_found', Candidate> & { readonly universe: number })
  | Stage<'catalysts_confirmed', ConfirmedCandidate>
  | Stage<'indicators_agreed', AgreedCandidate>
  | Stage<'setups_found', FoundSetup>
  | Stage<'intents_chosen', ChosenCandidate>;

export type FunnelEvent =
  /** The names of the day, by what was known before it: all that are listed but the dropped. */
  | { readonly kind: 'universe_selected'; readonly size: number; readonly dropped: Dropped }
  | StageEvent
  /** A setup that was found earlier has come to its end, whether it was traded or not: a label for the track record. */
  | {
      readonly kind: 'setup_resolved';
      readonly symbol: SymbolIndex;
      readonly pattern: PatternKind;
      /** Sequence of the entry, `indicators_agreed`, that the setup was found in. */
      readonly scanned: number;
      readonly outcome: 'target' | 'stop' | 'time';
      readonly r: number;
    };
