import type { PeriodKind } from '#domain/performance/breakdown';
import { type Performance, performanceOf } from '#domain/performance/performance';
import type { TargetStage } from '#domain/performance/stage-targets';
import type { Day, Trade } from '#domain/performance/trade';
import type { SessionDate } from '#domain/values/session-date';
import type { TradeRecord } from '#main/report/trade-source';
import { RandomStream } from '#simulation/market/seeded-random';

export type ReportRange = {
  readonly from: SessionDate | null;
  readonly to: SessionDate | null;
  readonly period: PeriodKind;
  readonly stage: TargetStage;
};

/** A record within its dates, and what it came to. */
export type Report = {
  readonly record: TradeRecord;
  readonly range: ReportRange;
  readonly trades: readonly Trade[];
  readonly days: readonly Day[];
  readonly performance: Performance;
};

const SEED = 1;

const isWithin =
  ({ from, to }: ReportRange) =>
  (date: SessionDate): boolean =>
    (from === null || date >= from) && (to === null || date <= to);

export function tradesWithin({ trades }: TradeRecord, range: ReportRange): readonly Trade[] {
  const isIn = isWithin(range);
  return trades.filter(({ session }) => isIn(session));
}

/** Everything that any form of the report tells. The same record gives the same report, intervals too. */
export function reportOf(record: TradeRecord, range: ReportRange): Report {
  const { period, stage } = range;
  const trades = tradesWithin(record, range);
  const isIn = isWithin(range);
  const days = record.days.filter(({ date }) => isIn(date));
  const lots = () => new RandomStream(SEED, 'report');
  const performance = performanceOf({ trades, days, period, stage, lots, nameOf: ({ symbol }) => record.nameOf(symbol) });
  return { record, range, trades, days, performance };
}
