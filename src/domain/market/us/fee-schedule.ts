import type { DatedRow, DatedTable, IsoDate } from '#domain/market/dated';

export type FeeBasis = 'notional' | 'shares';

/**
 * What one fee was on its dates. `rateE9` is in 1e-9 of the basis: dollars per dollar, or dollars per share;
 * `maxPerTradeE9` is in 1e-9 of a dollar. `unconfirmed`: a rate was charged then, but which is known with low
 * confidence only, so it is written down and charged to nobody.
 */
export type FeeRow = DatedRow & { readonly confidence: 'high' | 'medium' | 'low' } & (
    | {
        readonly status: 'charged';
        readonly payer: 'sells' | 'both_sides';
        readonly basis: FeeBasis;
        readonly rateE9: number;
        readonly maxPerTradeE9: number | null;
      }
    | { readonly status: 'not_charged' }
    | { readonly status: 'unconfirmed'; readonly rateE9: number }
  );

const sellsByNotional = { status: 'charged', payer: 'sells', basis: 'notional', maxPerTradeE9: null } as const;
const sellsByShares = { status: 'charged', payer: 'sells', basis: 'shares' } as const;

/** A rate as the SEC announces it, in thousandths of a dollar per million dollars sold: 13.00 is 13_000, which is also its 1e-9. */
const perMillion = (from: IsoDate, to: IsoDate | null, rateE9: number, confidence: 'high' | 'medium' = 'high'): FeeRow => ({
  ...sellsByNotional,
  from,
  to,
  rateE9,
  confidence,
  source: confidence === 'high' ? 'SEC fee rate advisories; FINRA information notices' : 'no document at hand',
});

/** SEC, Securities Exchange Act section 31. Before 2007-04 no rate is known here. */
export const usSection31: DatedTable<FeeRow> = {
  rule: 'us_section_31_fee',
  rows: [
    perMillion('2007-04-01', '2008-01-25', 15_300, 'medium'),
    perMillion('2008-01-25', '2008-04-01', 11_000, 'medium'),
    perMillion('2008-04-01', '2009-04-10', 5_600, 'medium'),
    perMillion('2009-04-10', '2010-01-15', 25_700, 'medium'),
    perMillion('2010-01-15', '2010-04-01', 12_700, 'medium'),
    perMillion('2010-04-01', '2011-01-21', 16_900, 'medium'),
    perMillion('2011-01-21', '2012-02-21', 19_200),
    perMillion('2012-02-21', '2012-04-01', 18_000),
    perMillion('2012-04-01', '2013-05-25', 22_400),
    perMillion('2013-05-25', '2014-03-18', 17_400),
    perMillion('2014-03-18', '2015-02-14', 22_100),
    perMillion('2015-02-14', '2016-02-16', 18_400),
    perMillion('2016-02-16', '2017-07-04', 21_800),
    perMillion('2017-07-04', '2018-05-22', 23_100),
    perMillion('2018-05-22', '2019-04-16', 13_000),
    perMillion('2019-04-16', '2020-02-18', 20_700),
    perMillion('2020-02-18', '2021-02-25', 22_100),
    perMillion('2021-02-25', '2022-05-14', 5_100),
    perMillion('2022-05-14', '2023-02-27', 22_900),
    perMillion('2023-02-27', '2024-05-22', 8_000),
    perMillion('2024-05-22', '2025-05-14', 27_800),
    { from: '2025-05-14', to: '2026-04-04', status: 'not_charged', confidence: 'high', source: 'SEC fee rate advisory 2025-2' },
    // Holds until 60 days after the SEC's appropriation for the fiscal year 2027.
    { ...perMillion('2026-04-04', null, 20_600), source: 'SEC fee rate advisory 2026-2; Alpaca brokerage fee schedule, 2026-09-17' },
  ],
};

const perShare = (from: IsoDate, to: IsoDate | null, rateE9: number, maxCents: number, source: string): FeeRow => ({
  ...sellsByShares,
  from,
  to,
  rateE9,
  maxPerTradeE9: maxCents * 10_000_000,
  confidence: 'high',
  source,
});

const oldNotices = 'FINRA regulatory notices 11-27 and 12-06';
const filing2026 = 'SR-FINRA-2026-021; Alpaca brokerage fee schedule, 2026-09-17';

/** FINRA trading activity fee. Before 2011-07 no rate is known here. */
export const usTradingActivityFee: DatedTable<FeeRow> = {
  rule: 'us_trading_activity_fee',
  rows: [
    perShare('2011-07-01', '2012-03-01', 90_000, 450, oldNotices),
    perShare('2012-03-01', '2012-07-01', 95_000, 475, oldNotices),
    perShare('2012-07-01', '2022-01-01', 119_000, 595, oldNotices),
    perShare('2022-01-01', '2023-01-01', 130_000, 649, 'FINRA fee schedule as brokers publish it'),
    perShare('2023-01-01', '2024-01-01', 145_000, 727, 'FINRA fee schedule as brokers publish it'),
    perShare('2024-01-01', '2026-01-01', 166_000, 830, 'FINRA fee schedule as brokers publish it'),
    perShare('2026-01-01', '2026-10-01', 195_000, 979, filing2026),
    // Paused by FINRA; Alpaca's schedule may pass the old rate on all the same.
    { from: '2026-10-01', to: '2027-01-01', status: 'not_charged', confidence: 'medium', source: filing2026 },
    // FINRA's older schedule says 0.000232, at most 11.61.
    { ...perShare('2027-01-01', null, 195_000, 979, filing2026), confidence: 'medium' },
  ],
};

const catSource = 'Alpaca brokerage fee schedule, 2026-09-17';

/** Consolidated Audit Trail, as Alpaca passes it on to both sides. */
export const usAuditTrailFee: DatedTable<FeeRow> = {
  rule: 'us_audit_trail_fee',
  rows: [
    { from: '2000-01-01', to: '2024-09-01', status: 'not_charged', confidence: 'medium', source: catSource },
    // 0.000035 was the first rate; it changed about twice a year and the changes are not known here.
    { from: '2024-09-01', to: '2026-07-01', status: 'unconfirmed', rateE9: 35_000, confidence: 'low', source: catSource },
    {
      from: '2026-07-01',
      to: null,
      status: 'charged',
      payer: 'both_sides',
      basis: 'shares',
      rateE9: 3_000,
      maxPerTradeE9: null,
      confidence: 'medium',
      source: catSource,
    },
  ],
};
