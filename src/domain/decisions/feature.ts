import { type IndicatorName, indicatorNames, unitOf } from '#domain/indicators/indicator-names';
import type { Instant } from '#domain/values/instant';

/** What a value is in. Money and prices are dollars; a fraction of 0.02 is 2 %; a ratio is to what is usual. */
export type FeatureUnit = 'dollars' | 'fraction' | 'ratio' | 'points' | 'shares' | 'count' | 'minutes' | 'score' | 'r' | 'text' | 'yes_no';

/** When a value could be known first: at the close of its last bar, at the scan, when a headline could be read, or when our books were. */
export type Availability = 'close_of_the_minute' | 'scan' | 'headline' | 'books';

type FeatureRow = { readonly unit: FeatureUnit; readonly from: Availability; readonly means: string };

const row = (unit: FeatureUnit, from: Availability, means: string): FeatureRow => ({ unit, from, means });

const ours = {
  phase: row('text', 'close_of_the_minute', 'phase of the trading day'),
  minute_of_day: row('minutes', 'close_of_the_minute', 'local minutes since midnight'),
  last_price: row('dollars', 'close_of_the_minute', 'close of the last bar of the regular session'),
  price_age: row('minutes', 'close_of_the_minute', 'age of that bar'),
  day_move: row('fraction', 'close_of_the_minute', 'that close over the last close of the session before, less 1'),
  atr_five_minutes: row('dollars', 'close_of_the_minute', 'ATR 14 on five-minute bars'),
  minute_shares: row('shares', 'close_of_the_minute', 'mean shares a minute of the last twenty minutes'),
  scan_score: row('score', 'scan', 'score of the scanner'),
  gap: row('fraction', 'scan', 'open of the day over the last close before, less 1'),
  change: row('fraction', 'scan', 'move of the day as the scanner saw it'),
  relative_volume: row('ratio', 'scan', 'shares of the day to the usual ones by this minute'),
  minute_volume: row('ratio', 'scan', 'shares of the last minute to the usual ones of that minute'),
  catalyst: row('text', 'headline', 'kind of the catalyst'),
  catalyst_direction: row('score', 'headline', 'for a long: −1, 0 or 1'),
  catalyst_strength: row('score', 'scan', '0 to 1, faded by its age at the scan'),
  sentiment: row('score', 'headline', "−1 to 1, of the story's words"),
  source_reliability: row('score', 'scan', "0 to 1, how often this source's news were followed by a move their way"),
  outlets: row('count', 'scan', 'outlets that told the story by then'),
  vwap: row('dollars', 'scan', 'volume-weighted average price of the day'),
  volume_ratio: row('ratio', 'scan', 'shares a minute lately to those of the last twenty minutes'),
  pattern: row('text', 'scan', 'shape of the setup'),
  confidence: row('score', 'scan', '0 to 1, of the shape'),
  limit: row('dollars', 'scan', 'the most that would be paid'),
  stop: row('dollars', 'scan', 'first stop by the rule of Stage 1'),
  target: row('dollars', 'scan', 'target, two risks away'),
  support: row('dollars', 'scan', 'nearest support below the entry'),
  volume_confirmed: row('yes_no', 'scan', 'whether the volume went along with the break: 1 or 0'),
  record_count: row('count', 'scan', 'earlier setups of the pattern that had ended'),
  record_mean_r: row('r', 'scan', 'what they made on average'),
  day_pnl: row('dollars', 'books', "the account's P&L of the day"),
  open_positions: row('count', 'books', 'positions held'),
  losses_in_a_row: row('count', 'books', 'trades lost since the last win'),
  market_move: row('fraction', 'close_of_the_minute', 'mean move of all names since their last close'),
  market_spread: row('fraction', 'close_of_the_minute', 'standard deviation of those moves over the names'),
  regime: row('text', 'close_of_the_minute', 'up, flat or down and calm or wild, from the two before'),
} as const satisfies Readonly<Record<string, FeatureRow>>;

type OwnName = keyof typeof ours;
export type FeatureName = OwnName | `indicator_${IndicatorName}`;

const units = { price: 'dollars', points: 'points', shares: 'shares' } as const;

/** Every feature with its unit, when it can be known, and what it means, in the order of the columns. */
export const features: readonly (FeatureRow & { readonly name: FeatureName })[] = [
  ...Object.entries(ours).map(([name, told]) => ({ name: name as OwnName, ...told })),
  ...indicatorNames.map((name) => ({
    name: `indicator_${name}` as const,
    ...row(units[unitOf(name)], 'scan', `${name.replaceAll('_', ' ')}, as docs/reference/indicators.md defines it`),
  })),
];

/** A value with the instant from which it could be known; whoever decided at an instant may have used no later one. */
export type Feature = { readonly name: FeatureName; readonly value: number | string; readonly availableAt: Instant };
