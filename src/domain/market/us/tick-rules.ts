import type { DatedRow, DatedTable } from '#domain/market/dated';

/** Ticks in 1e-4 by price in 1e-4: `tick` is the step at or above `from`. Bands ascend, the first begins at 0. */
export type TickBand = { readonly atLeast: number; readonly tick: number };
export type TickRule = DatedRow & { readonly bands: readonly [TickBand, ...TickBand[]] };

/**
 * SEC Rule 612. Before 2007 no rule is known here. The half-penny tick for narrow spreads (adopted 2024-09-18) is
 * exempted at least until 2026-11-02 and uncertain after; a whole cent stays on its grid. The 5-cent pilot of 2016 to
 * 2018 concerned about 1,200 small caps, whose list is not part of the house.
 */
export const usTickRules: DatedTable<TickRule> = {
  rule: 'us_tick',
  rows: [
    {
      from: '2007-01-31',
      to: null,
      bands: [
        { atLeast: 0, tick: 1 },
        { atLeast: 10_000, tick: 100 },
      ],
      source: '17 CFR 242.612; the start date is of medium confidence',
    },
  ],
};
