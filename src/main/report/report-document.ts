import type { Metric } from '#domain/performance/metric';
import type { Group, Period } from '#domain/performance/performance';
import type { CashBeside, Day, Trade } from '#domain/performance/trade';
import { formatE4 } from '#domain/values/decimal';
import { formatInstant } from '#domain/values/instant';
import type { Report } from '#main/report/report-of';
import { realityText } from '#main/report/report-words';
import type { TradeRecord } from '#main/report/trade-source';

const money = (e4: number | null): string | null => (e4 === null ? null : formatE4(Math.round(e4)));

/** The report as one JSON document: money as decimal text, every number with its sample, its interval and the trades behind it. */
export function reportDocument({ record, range, trades, days, performance }: Report) {
  const { whole, periods, groups, targets, fall } = performance;
  return {
    reality: realityText(record.source),
    source: { ...record.source, capital: money(record.source.capital) },
    range,
    held: record.held,
    whole: whole === null ? null : periodDocument(whole),
    periods: periods.map(periodDocument),
    groups: Object.fromEntries(Object.entries(groups).map(([dimension, some]) => [dimension, some.map(groupDocument)])),
    targets: targets.map(({ actual, ...target }) => ({ ...target, actual: actual === null ? null : metricDocument(actual) })),
    drawdown: { depth: fall.depth, from: fall.from?.date ?? null, to: fall.to?.date ?? null },
    days: days.map(dayDocument),
    trades: trades.map((trade) => tradeDocument(trade, record)),
  };
}

const groupDocument = ({ key, trades, metrics }: Group) => ({ key, trades, metrics: Object.values(metrics).map(metricDocument) });

const periodDocument = ({ metrics, account, ...period }: Period) => ({
  ...period,
  account: Object.values(account).map(metricDocument),
  metrics: Object.values(metrics).map(metricDocument),
});

function metricDocument({ value, interval, unit, ...told }: Metric) {
  const shown = (one: number | null): number | string | null => (unit === 'money' ? money(one) : one);
  return {
    ...told,
    unit,
    value: shown(value),
    interval: interval === null ? null : { ...interval, low: shown(interval.low), high: shown(interval.high) },
  };
}

function dayDocument({ fall, beside, halts, ...day }: Day) {
  const { equityBefore, equity, transfers, pnl, pnlHigh, pnlLow, tradesPnl, fees, turnover } = day;
  const amounts = { equityBefore, equity, transfers, pnl, pnlHigh, pnlLow, tradesPnl, fees, turnover };
  return {
    ...day,
    ...Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, money(amount)])),
    fall: { peak: money(fall.peak), bottom: money(fall.bottom) },
    beside: besideDocument(beside),
    halts: halts.map((halt) => ({ ...halt, at: formatInstant(halt.at) })),
  };
}

const besideDocument = (beside: CashBeside) => Object.fromEntries(Object.entries(beside).map(([cause, amount]) => [cause, money(amount)]));

/** One trade with all that is known of it. Each field by its name: of a year there are 25,000, and a copy of the rest of an object is slow. */
function tradeDocument(trade: Trade, record: Pick<TradeRecord, 'nameOf'>) {
  const { plan, favourable, adverse, slippage } = trade;
  return {
    id: trade.id,
    intent: trade.intent,
    closing: trade.closing,
    session: trade.session,
    side: trade.side,
    minute: trade.minute,
    phase: trade.phase,
    shares: trade.shares,
    rMultiple: trade.rMultiple,
    reason: trade.reason,
    noMarket: trade.noMarket,
    symbol: record.nameOf(trade.symbol),
    pattern: plan?.pattern ?? null,
    catalyst: plan?.catalyst ?? null,
    confidence: plan?.confidence ?? null,
    decided: formatInstant(trade.decided),
    opened: formatInstant(trade.opened),
    closed: formatInstant(trade.closed),
    entry: money(trade.entry),
    exit: money(trade.exit),
    decisionPrice: money(plan?.price ?? null),
    limit: money(plan?.limit ?? null),
    stop: money(plan?.stop ?? null),
    target: money(plan?.target ?? null),
    risk: money(trade.risk),
    pnl: money(trade.pnl),
    fees: money(trade.fees),
    favourable: { money: money(favourable.money), r: favourable.r },
    adverse: { money: money(adverse.money), r: adverse.r },
    slippage: { entry: money(slippage.entry), exit: money(slippage.exit) },
    headline: plan?.headline == null ? null : { ...plan.headline, knownAt: formatInstant(plan.headline.knownAt) },
    notes: trade.notes.map((note) => ({ ...note, at: formatInstant(note.at) })),
    fills: trade.fills.map(({ side, shares, price, fees, bar, flags }) => ({
      side,
      shares,
      price: money(price),
      fees: money(fees),
      bar: formatInstant(bar),
      flags,
    })),
  };
}
