import { HISTORY_SESSIONS_MIN } from '#domain/history';
import { formatInstant } from '#domain/values/instant';
import { countsText } from '#main/day/question-tally';
import type { RanSession } from '#main/day/run-day';
import type { Summary } from '#main/day/summary-line';
import { amount } from '#main/explain/amounts';
import type { TradeReport } from '#production/reporting/session-report';

const right = (value: string | number, width: number): string => String(value).padStart(width);

export const sessionTableHead = [
  'session     universe scan catalyst tech setup want  ok  no  trades won         P&L    fees      equity  remarks',
  '----------  -------- ---- -------- ---- ----- ---- --- ---  ------ --- ----------- ------- -----------  -------',
];

/** One session as a row of the table. */
export function sessionRow({ date, report, unnamed, earlier }: RanSession): string {
  const { universe, scanned, catalyst, technical, pattern } = report.widest;
  const won = report.trades.filter(({ pnl }) => pnl > 0).length;
  const remarks = [
    universe === 0 && earlier < HISTORY_SESSIONS_MIN ? `learning: ${earlier} of ${HISTORY_SESSIONS_MIN} sessions of history` : '',
    report.halted ? 'HALTED' : '',
    report.complete ? '' : `data end early${report.lastBar === null ? '' : `, last bar ${formatInstant(report.lastBar)}`}`,
    report.trades.some(({ noMarket }) => noMarket) ? 'closed without a market' : '',
    report.headlines > 0 && unnamed > 0 ? `${unnamed} symbols without a company name (--names)` : '',
  ].filter((remark) => remark !== '');
  return [
    `${date} `,
    right(universe, 8),
    right(scanned, 4),
    right(catalyst, 8),
    right(technical, 4),
    right(pattern, 5),
    right(report.intents, 4),
    right(report.approved, 3),
    right(report.intents - report.approved, 3),
    '',
    right(report.trades.length, 5),
    right(won, 3),
    right(amount(report.pnl), 11),
    right(amount(report.fees), 7),
    right(amount(report.equity), 11),
    ` ${remarks.join(', ')}`,
  ]
    .join(' ')
    .trimEnd();
}

/** One trade as a row, for the report of a day. */
export function tradeRow(name: string, trade: TradeReport): string {
  const flag = trade.noMarket ? ' (no market)' : '';
  return `${name.padEnd(6)} ${trade.pattern.padEnd(22)} ${trade.catalyst.padEnd(17)} ${right(trade.shares, 6)} sh ${right(amount(trade.pnl), 10)}  R ${right(trade.rMultiple.toFixed(2), 6)}  ${trade.reason}${flag}`;
}

/** The last lines for people: what it came to, with the size of the sample, and how fast it went. */
export function summaryLines(ran: readonly RanSession[], summary: Summary): readonly string[] {
  const trades = ran.flatMap(({ report }) => report.trades);
  const won = trades.filter(({ pnl }) => pnl > 0).length;
  const pnl = trades.reduce((sum, trade) => sum + trade.pnl, 0);
  const meanR = trades.length === 0 ? 0 : trades.reduce((sum, { rMultiple }) => sum + rMultiple, 0) / trades.length;
  const record =
    trades.length === 0
      ? 'no trades'
      : `${trades.length} ${trades.length === 1 ? 'trade' : 'trades'}, ${won} won (${((100 * won) / trades.length).toFixed(0)} %), mean R ${meanR.toFixed(2)}, P&L ${amount(pnl)} after fees`;
  const history = summary.history.sessions > 0 ? `, after ${summary.history.sessions} sessions that only taught` : '';
  const sessions = `${summary.sessions} ${summary.sessions === 1 ? 'session' : 'sessions'}`;
  return [
    '',
    `${sessions}${history}: ${record}.`,
    trades.length < 100 ? 'That is too few trades to say anything about the strategy; fills are simulated.' : 'Fills are simulated.',
    `${summary.bars} bars in ${summary.seconds.toFixed(2)} s (${Math.round(summary.barsPerSecond / 1000)} thousand a second), ${summary.loadSeconds.toFixed(2)} s waiting for data, ${Math.round(summary.peakRssBytes / 1e6)} MB at most.`,
    ...[countsText(summary.questions)].filter((line) => line !== null),
    ...(summary.journalHash === null ? [] : [`Journal hash ${summary.journalHash}.`]),
  ];
}
