import type { CatalystType } from '#domain/news/catalyst';
import type { PatternKind } from '#domain/patterns/setup';
import type { Price } from '#domain/values/price';
import type { SymbolIndex } from '#domain/values/symbol';

/** Candidates that a stage let go: `reasons[i]` is the bit mask of `symbols[i]`, bits of `DropReason`. */
export type Dropped = { readonly symbols: readonly number[]; readonly reasons: readonly number[] };

/** Why a stage let a candidate go. The place in the list is the bit in the mask and never changes. */
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
] as const;
export type DropReason = (typeof dropReasons)[number];
const bits: ReadonlyMap<DropReason, number> = new Map(dropReasons.map((reason, place) => [reason, 1 << place]));
export const dropBit = (reason: DropReason): number => bits.get(reason) as number;

/** Moves are fractions (0.02 is 2 %), volumes are ratios to the usual. */
export type Candidate = {
  readonly symbol: SymbolIndex;
  readonly score: number;
  readonly gap: number;
  readonly change: number;
  readonly relativeVolume: number;
};

export type ConfirmedCandidate = {
  readonly symbol: SymbolIndex;
  readonly score: number;
  readonly catalyst: CatalystType;
  /** −1, 0 or 1. */
  readonly direction: number;
  /** 0..1. */
  readonly strength: number;
  /** The headline that speaks for it; empty for an unexplained surge. */
  readonly headline: string;
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
  /** Nearest levels below and above the last close in 1e-4, 0 when unknown. */
  readonly support: number;
  readonly resistance: number;
  /** Shares that usually trade in a minute: mean of the last twenty minutes. */
  readonly minuteShares: number;
};

export type FoundSetup = {
  readonly symbol: SymbolIndex;
  readonly score: number;
  readonly pattern: PatternKind;
  readonly entry: Price;
  readonly target: Price;
  /** 0..1. */
  readonly confidence: number;
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

/** The funnel, one event a stage: universe → 100 → 35 → 20 → 10 → 5. `universe` counts all names that had a bar today. */
export type FunnelEvent =
  | (Stage<'candidates_found', Candidate> & { readonly universe: number })
  | Stage<'catalysts_confirmed', ConfirmedCandidate>
  | Stage<'indicators_agreed', AgreedCandidate>
  | Stage<'setups_found', FoundSetup>
  | Stage<'intents_chosen', { readonly symbol: SymbolIndex; readonly score: number }>;
