import type { DatedRow, DatedTable } from '#domain/market/dated';

/** `shares` is the round lot up to and including the price `upTo` in 1e-4; the last band has no end. */
export type RoundLotBand = { readonly upTo: number | null; readonly shares: number };
export type RoundLotRule = DatedRow & { readonly bands: readonly RoundLotBand[] };

export const usRoundLotRules: DatedTable<RoundLotRule> = {
  rule: 'us_round_lot',
  rows: [
    // A few high-priced issues had 10 or 1 share; they are not listed here.
    { from: '2000-01-01', to: '2025-11-03', bands: [{ upTo: null, shares: 100 }], source: 'common practice; no single source' },
    {
      from: '2025-11-03',
      to: null,
      bands: [
        { upTo: 2_500_000, shares: 100 },
        { upTo: 10_000_000, shares: 40 },
        { upTo: 100_000_000, shares: 10 },
        { upTo: null, shares: 1 },
      ],
      source: '17 CFR 242.600; nasdaqtrader.com UTP2025-10',
    },
  ],
};
