import type { Mode } from '#domain/market/trading-day';
import { type ExitRules, stageOneExits } from '#domain/risk/exit-rules';
import type { Limits } from '#domain/risk/limits';
import { stageOneLimits } from '#domain/risk/limits';
import type { Control } from '#domain/session/question';
import { type Cash, cash } from '#domain/values/cash';

/** All that a person may set; written into the first entry of each journal, later changes into entries of their own. */
export type Settings = {
  readonly capital: Cash;
  readonly mode: Mode;
  readonly limits: Limits;
  readonly exits: ExitRules;
  /** Share of the Kelly fraction that a trade may risk, by its pattern's record of at least so many setups; 0 is off. */
  readonly sizing: { readonly kellyFraction: number; readonly kellyCountMin: number };
  readonly session: {
    readonly control: Control;
    /** How long a question stays open. */
    readonly answerMinutes: number;
    /** Whose answers count; empty: everybody's who can reach the house. */
    readonly operators: readonly string[];
  };
  /** Tickers that may be entered, all when empty, and tickers that may not. */
  readonly permitted: { readonly only: readonly string[]; readonly never: readonly string[] };
  readonly scanner: {
    /** Least price in 1e-4 and least mean dollar volume of a day for a name to be scanned. */
    readonly priceMin: number;
    readonly dollarVolumeMin: number;
    /** What a unit of each measure is worth in the score: 1 % of gap, 1 % of move today, 1 × of relative volume. */
    readonly weights: { readonly gap: number; readonly change: number; readonly relativeVolume: number };
    /** Least daily ATR 14 as a fraction of the price, by the days before. */
    readonly rangeMin: number;
  };
  /** What the later stages add to a score: a catalyst of full strength, each indicator that goes along, a setup of full confidence. */
  readonly weights: { readonly catalyst: number; readonly indicator: number; readonly confidence: number };
  /** Without a headline, from which gap (a fraction) and relative volume on the tape alone counts as a catalyst. */
  readonly unexplainedSurge: { readonly on: boolean; readonly gapMin: number; readonly relativeVolumeMin: number };
};

export const defaultSettings: Settings = {
  capital: cash(1_000_000_000),
  mode: 'normal',
  limits: stageOneLimits,
  exits: stageOneExits,
  sizing: { kellyFraction: 0, kellyCountMin: 30 },
  session: { control: 'autonomous', answerMinutes: 5, operators: [] },
  permitted: { only: [], never: [] },
  scanner: {
    priceMin: 50_000,
    dollarVolumeMin: 10_000_000,
    weights: { gap: 1, change: 1, relativeVolume: 1 },
    rangeMin: 0.01,
  },
  weights: { catalyst: 5, indicator: 1, confidence: 10 },
  unexplainedSurge: { on: true, gapMin: 0.02, relativeVolumeMin: 2 },
};
