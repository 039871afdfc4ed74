import type { DatedRow } from '#domain/market/dated';

/** Days on which the exchanges stayed shut for a reason of that year alone; `to` is exclusive. */
export type SpecialClosure = DatedRow & { readonly what: string };

const source = 'gerrymanoim/exchange_calendars XNYS, 2026-07-23; nothing later was checked';

export const usSpecialClosures: readonly SpecialClosure[] = [
  { from: '2001-09-11', to: '2001-09-15', what: 'attacks of September 11', source },
  { from: '2004-06-11', to: '2004-06-12', what: 'day of mourning for President Reagan', source },
  { from: '2007-01-02', to: '2007-01-03', what: 'day of mourning for President Ford', source },
  { from: '2012-10-29', to: '2012-10-31', what: 'Hurricane Sandy', source },
  { from: '2018-12-05', to: '2018-12-06', what: 'day of mourning for President G. H. W. Bush', source },
  { from: '2025-01-09', to: '2025-01-10', what: 'day of mourning for President Carter', source },
];
