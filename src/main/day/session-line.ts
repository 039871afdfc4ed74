import { formatE4 } from '#domain/values/decimal';
import { formatInstant } from '#domain/values/instant';
import type { RanSession } from '#main/day/run-day';
import type { TradeReport } from '#production/reporting/session-report';

type Tally = { readonly trades: number; readonly wins: number; readonly pnl: string };

const tally = (trades: readonly TradeReport[]): Tally => ({
  trades: trades.length,
  wins: trades.filter(({ pnl }) => pnl > 0).length,
  pnl: formatE4(trades.reduce((sum, { pnl }) => sum + pnl, 0)),
});

/** One session as an object for machines; money as decimal text with four decimals. Documented in docs/reference/day.md. */
export function sessionLine({ date, report, questions, stateHash, unnamed }: RanSession): object {
  const { all, wins } = { all: report.trades, wins: report.trades.filter(({ pnl }) => pnl > 0) };
  return {
    session: date,
    bars: report.bars,
    scans: report.scans,
    funnel: report.widest,
    intentsTotal: report.intents,
    approved: report.approved,
    refused: report.refused,
    orders: report.orders,
    trades: all.length,
    wins: wins.length,
    pnl: formatE4(report.pnl),
    fees: formatE4(report.fees),
    equity: formatE4(report.equity),
    // A surge that no headline explains is a weaker reason, so its record stands apart.
    byCatalyst: {
      headline: tally(all.filter(({ catalyst }) => catalyst !== 'unexplained_surge')),
      unexplained_surge: tally(all.filter(({ catalyst }) => catalyst === 'unexplained_surge')),
    },
    headlines: report.headlines,
    unnamed,
    questions,
    halted: report.halted,
    complete: report.complete,
    lastBar: report.lastBar === null ? null : formatInstant(report.lastBar),
    noMarket: all.filter(({ noMarket }) => noMarket).length,
    stateHash,
  };
}
