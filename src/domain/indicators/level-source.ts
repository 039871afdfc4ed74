/** Where a level of support or resistance comes from. The place in the list is the number in the journal and never changes. */
export const levelSources = [
  'swing',
  'prior_high',
  'prior_low',
  'prior_close',
  'premarket_high',
  'premarket_low',
  'round_number',
  'vwap',
  'value_area_high',
  'value_area_low',
  'point_of_control',
] as const;

export type LevelSource = (typeof levelSources)[number];
