/** Shapes that speak for a rise, then their twins in the same order. A place in the list is the number in the journal and never changes. */
export const patternKinds = [
  'opening_range_breakout',
  'bull_flag',
  'cup_and_handle',
  'ascending_triangle',
  'abcd',
  'flat_top_breakout',
  'vwap_breakout',
  'gap_and_go',
  'red_to_green',
  'opening_range_breakdown',
  'bear_flag',
  'inverted_cup_and_handle',
  'descending_triangle',
  'bearish_abcd',
  'flat_bottom_breakdown',
  'vwap_breakdown',
  'gap_down_and_go',
  'green_to_red',
] as const;

export type PatternKind = (typeof patternKinds)[number];

/** A point of a drawing: local minute of the day, price in 1e-4. */
export type DrawnPoint = { readonly minute: number; readonly price: number };

/** A line of a drawing and what it is, such as "pole" or "neckline"; a single point marks a place. */
export type DrawnLine = { readonly role: string; readonly points: readonly DrawnPoint[] };

/** What became of earlier setups of the same pattern, known at this instant: R is what was won over what was at risk. */
export type TrackRecord = { readonly count: number; readonly won: number; readonly meanR: number; readonly deviationR: number };

export const noRecord: TrackRecord = { count: 0, won: 0, meanR: 0, deviationR: 0 };
