import type { DatedRow, DatedTable } from '#domain/market/dated';

/** How many sessions after the trade it settles. */
export type SettlementCycle = DatedRow & { readonly days: number };

export const usSettlementCycles: DatedTable<SettlementCycle> = {
  rule: 'us_settlement_cycle',
  rows: [
    { from: '1995-06-07', to: '2017-09-05', days: 3, source: 'SEC Rule 15c6-1' },
    { from: '2017-09-05', to: '2024-05-28', days: 2, source: 'SEC Rule 15c6-1; securitieslendingtimes.com 2017-11-07' },
    { from: '2024-05-28', to: null, days: 1, source: 'SEC Rule 15c6-1; investor.gov bulletin on T+1' },
  ],
};
