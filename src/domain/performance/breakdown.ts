/** By what trades are grouped. */
export const dimensions = ['pattern', 'catalyst', 'phase', 'hour', 'symbol', 'reason'] as const;
export type Dimension = (typeof dimensions)[number];

/** What a row of the first table is. */
export const periodKinds = ['day', 'week', 'month', 'all'] as const;
export type PeriodKind = (typeof periodKinds)[number];
