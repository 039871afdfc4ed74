import { beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { Order, OrderId } from '#domain/orders/order';
import type { Approved, SizedIntent } from '#domain/risk/approval';
import { defaultSettings } from '#domain/settings';
import { firstStamp } from '#domain/settings-stamp';
import { cash } from '#domain/values/cash';
import { formatE4 } from '#domain/values/decimal';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { decodeEntries } from '#engine/journal/reader';
import { recording } from '#engine/journal/recorder';
import { emptyDirectory, must } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';
import { ledgerOf } from '#main/day/ledger';
import { readDecisions } from '#main/decisions/read-decisions';
import { readTrades, type TradeRecord } from '#main/report/journal-trades';
import { TradeLog, tradeLogKinds } from '#main/report/trade-log';
import { type Bar, columns } from '#tests/bar-columns';
import { runEagerDays } from '#tests/decisions/eager-days';
import { at, closed, intentOf, minuteOf, opened } from '#tests/one-service';

describe('days of a whole house', () => {
  const directory = emptyDirectory();
  let record: TradeRecord;

  beforeAll(async () => {
    const recorder = recording(must(JournalWriter.open(directory)));
    await runEagerDays(() => {}, { recorder, sessions: 4 });
    recorder.close();
    const read = readTrades(directory);
    if (read === null) throw new Error('no run');
    record = read;
  });

  test('every trade is the one that the ledger tells of, to the last digit', () => {
    const lines = [...ledgerOf(directory)].filter(({ kind }) => kind === 'position_closed');
    expect(lines.length).toBeGreaterThan(10);
    const told = record.trades.map((trade) => ({
      intent: trade.intent,
      symbol: record.symbols.nameOf(trade.symbol),
      shares: trade.shares,
      pnl: formatE4(trade.pnl),
      fees: formatE4(trade.fees),
      r: trade.rMultiple,
      reason: trade.reason,
      noMarket: trade.noMarket,
    }));
    expect(told).toEqual(lines.map(({ seq: _, at: __, kind: ___, side: ____, ...line }) => line));
  });

  test('days and trades add up to the same money, and to the equity of the ledger', () => {
    const closes = [...ledgerOf(directory)].filter(({ kind }) => kind === 'session_closed');
    expect(record.days.map(({ date, equity, pnl }) => [date, formatE4(equity), formatE4(pnl)])).toEqual(
      closes.map((line) => [line['session'], line['cash'], line['pnl']]),
    );
    for (const day of record.days) {
      const trades = record.trades.filter(({ session }) => session === day.date);
      expect([day.trades, day.tradesPnl]).toEqual([trades.length, day.pnl]);
      expect(trades.reduce((sum, { pnl }) => sum + pnl, 0)).toBe(day.pnl);
      expect(trades.reduce((sum, { fees }) => sum + fees, 0)).toBe(day.fees);
      expect(day.pnlHigh).toBeGreaterThanOrEqual(Math.max(0, day.pnl));
      expect(day.pnlLow).toBeLessThanOrEqual(Math.min(0, day.pnl));
    }
  });

  test('excursions are those by which decisions are judged', () => {
    const outcomes = new Map(
      [...readDecisions(directory)]
        .filter(({ record: { kind, chosen } }) => kind === 'entry' && chosen === 'enter')
        .map(({ record: { intent, roads } }) => [intent, roads.find(({ choice }) => choice === 'enter')?.outcome]),
    );
    for (const trade of record.trades) {
      const outcome = outcomes.get(trade.intent);
      expect(outcome).toMatchObject({ filled: trade.shares, pnl: trade.pnl, favourable: trade.favourable, adverse: trade.adverse });
      expect(outcome).toMatchObject({ minutes: (trade.closed - trade.opened) / MINUTE_MS, entered: trade.opened });
    }
    expect(record.trades.some(({ favourable }) => favourable.money > 0)).toBe(true);
  });

  test('a reader that decodes a scan only when an intent follows comes to the same trades', () => {
    const log = new TradeLog();
    for (const entry of decodeEntries(directory, { kinds: tradeLogKinds })) log.see(entry);
    log.finish();
    expect(log.takenTrades().toSorted((one, other) => one.closing - other.closing)).toEqual(record.trades);
    expect(log.takenDays()).toEqual(record.days);
    expect(record.trades.every(({ plan }) => plan !== null && plan.price !== null)).toBe(true);
  });
});

const symbol = symbolIndex(0);
const dollars = (amount: number) => price(Math.round(amount * 10_000));
const bar = (high: number, low: number, close: number): Bar => [dollars(close), dollars(high), dollars(low), dollars(close), 1000];

/** A day that is told by hand: an intent at 100.00 with its stop at 98.00 and its target at 104.00, decided on a close of 99.90. */
class Told {
  readonly log = new TradeLog();
  sequence = 0;
  #day = 0;

  constructor() {
    this.says({ kind: 'run_started', settings: defaultSettings, source: 'live_market', version: 'test' }, '09:30');
    this.says(opened(2), '09:30');
  }

  says(event: Event, clock: string): number {
    this.sequence++;
    this.log.see({ sequence: this.sequence, at: this.#at(clock), cause: 0, event });
    return this.sequence;
  }

  nextDay(): void {
    this.says(closed(), '16:00');
    this.#day++;
    const { open, close, ...rest } = opened(0, { listed: false });
    const later = (of: Instant): Instant => instant(of + this.#day * 86_400_000);
    this.says({ ...rest, date: `2018-03-${12 + this.#day}` as SessionDate, open: later(open), close: later(close) }, '09:30');
  }

  intends(clock: string): number {
    const kept = [{ symbol, close: 999_000 }];
    this.says({ kind: 'indicators_agreed', scan: 1, minute: 600, dropped: { symbols: [], reasons: [] }, kept } as unknown as Event, clock);
    const wanted = intentOf(0);
    const intent = this.says({ kind: 'intent_formed', intent: wanted }, clock);
    const order = { ...wanted, stop: dollars(98), shares: quantity(100), risk: cash(2_000_000) } as Approved<SizedIntent>;
    this.says({ kind: 'intent_approved', intent, order, stamp: firstStamp(defaultSettings) }, clock);
    this.#sends(`e${intent}`, { role: 'entry', type: 'limit', side: 'buy', limit: order.limit, intent, reason: 'bull_flag' }, clock);
    this.#sends(`s${intent}`, { role: 'stop', type: 'stop', side: 'sell', stop: order.stop, intent, reason: 'protective_stop' }, clock);
    return intent;
  }

  fills(order: string, side: 'buy' | 'sell', shares: number, amount: number, clock: string): void {
    const fill = { order: order as OrderId, symbol, side, shares: quantity(shares), price: dollars(amount), fees: cash(0), flags: [] };
    this.says({ kind: 'order_filled', ...fill, bar: this.#at(clock) }, clock);
  }

  minute(clock: string, one: Bar): void {
    const start = instant(this.#at(clock) - MINUTE_MS);
    this.says(
      { kind: 'bars_closed', frame: { ...columns([one, null]), minute: minuteOf(clock) - 1, start, present: 1, regular: true } },
      clock,
    );
  }

  trades() {
    this.log.finish();
    return this.log.takenTrades();
  }

  #at(clock: string): Instant {
    return instant(at(clock) + this.#day * 86_400_000);
  }

  #sends(id: string, order: Partial<Order>, clock: string): void {
    const whole = { limit: null, stop: null, parent: null, symbol, shares: quantity(100), ...order, id: id as OrderId };
    this.says({ kind: 'order_requested', order: whole as Approved<Order> }, clock);
  }
}

test('slippage is measured against the close that the scan saw, and against the stop', () => {
  const told = new Told();
  const intent = told.intends('10:00');
  told.fills(`e${intent}`, 'buy', 100, 99.95, '10:00');
  told.fills(`s${intent}`, 'sell', 100, 97.9, '10:10');
  expect(told.trades()).toMatchObject([
    { id: `${intent}`, minute: 600, phase: 'morning', slippage: { entry: 50_000, exit: 100_000 }, risk: 2_000_000, rMultiple: -1.025 },
  ]);
});

test('a fill that crosses the cancel opens the intent a second time, under a name of its own', () => {
  const told = new Told();
  const intent = told.intends('10:00');
  told.fills(`e${intent}`, 'buy', 60, 100, '10:00');
  told.fills(`s${intent}`, 'sell', 60, 98, '10:02');
  told.fills(`e${intent}`, 'buy', 40, 100, '10:02');
  told.fills(`s${intent}`, 'sell', 40, 97, '10:03');
  expect(told.trades().map(({ id, pnl }) => [id, pnl])).toEqual([
    [`${intent}`, -1_200_000],
    [`${intent}-2`, -1_200_000],
  ]);
});

test('over night a trade keeps its plan and what it has lived through; a split changes the shares and not the risk', () => {
  const told = new Told();
  const intent = told.intends('15:00');
  told.fills(`e${intent}`, 'buy', 100, 100, '15:00');
  told.minute('15:02', bar(103, 99, 101));
  told.nextDay();
  expect(told.log.takenDays()).toMatchObject([{ pnl: 1_000_000, trades: 0, equity: 1_001_000_000 }]);
  told.says({ kind: 'split_took_effect', symbol, ratio: 2 }, '09:30');
  told.minute('09:32', bar(50.5, 48, 50));
  told.fills(`s${intent}`, 'sell', 200, 51, '10:00');
  const [trade] = told.trades();
  // Bought at 50 of the new shares; 51.50 was the best and 48 the worst, a dollar a share at risk.
  expect(trade).toMatchObject({ session: '2018-03-13', shares: 200, entry: 500_000, exit: 510_000, pnl: 2_000_000, risk: 2_000_000 });
  expect(trade).toMatchObject({ favourable: { money: 3_000_000, r: 1.5 }, adverse: { money: 4_000_000, r: 2 }, rMultiple: 1 });
  told.nextDay();
  expect(told.log.takenDays()).toMatchObject([{ equityBefore: 1_001_000_000, pnl: 1_000_000, tradesPnl: 2_000_000, trades: 1 }]);
});

test('shares that came without an intent are a trade without an R', () => {
  const told = new Told();
  told.says({ kind: 'position_adjusted', symbol, shares: 10, price: dollars(50), cause: 'orphan', bar: at('10:00') }, '10:00');
  told.says({ kind: 'position_adjusted', symbol, shares: -10, price: dollars(49), cause: 'external_trade', bar: at('10:05') }, '10:05');
  expect(told.trades()).toMatchObject([{ intent: null, plan: null, risk: null, rMultiple: null, pnl: -100_000, reason: 'operator_close' }]);
});

test('what is paid in is no profit, a dividend is one beside the trades, and a correction of what is held is in its trade', () => {
  const told = new Told();
  const moves = (cause: 'transfer' | 'dividend' | 'correction', amount: number): number =>
    told.says({ kind: 'cash_moved', activity: cause, cause, symbol, amount: cash(amount * 10_000), detail: '' }, '10:01');
  const intent = told.intends('10:00');
  told.fills(`e${intent}`, 'buy', 100, 100, '10:00');
  moves('transfer', 5_000);
  moves('dividend', 7);
  moves('correction', 3);
  told.fills(`s${intent}`, 'sell', 100, 100, '10:10');
  told.nextDay();
  expect(told.log.takenDays()).toMatchObject([
    {
      equityBefore: 1_000_000_000,
      equity: 1_050_100_000,
      transfers: 50_000_000,
      pnl: 100_000,
      tradesPnl: 30_000,
      beside: { dividend: 70_000 },
    },
  ]);
});

test('the fall of a day is from its peak by the minute, and not from where it began', () => {
  const told = new Told();
  const intent = told.intends('10:00');
  told.fills(`e${intent}`, 'buy', 100, 100, '10:00');
  told.minute('10:02', bar(108, 99, 107));
  told.minute('10:03', bar(107, 95, 96));
  told.minute('10:04', bar(107, 95, 99));
  told.fills(`s${intent}`, 'sell', 100, 99, '10:10');
  told.nextDay();
  const [day] = told.log.takenDays();
  expect(day).toMatchObject({ pnl: -1_000_000, pnlHigh: 7_000_000, pnlLow: -4_000_000, fall: { peak: 7_000_000, bottom: -4_000_000 } });
  expect(day).toMatchObject({ minutes: 3, minutesHeld: 3, turnover: 199_000_000 });
  expect(day?.exposurePeak).toBeCloseTo(10_700 / 100_700, 12);
});

test('what a person answered stands with the trade, and silence does not', () => {
  const told = new Told();
  const intent = told.intends('10:00');
  const answer = { kind: 'question_settled', question: 1, choice: 'enter', by: 'ada', because: 'like it', code: null } as const;
  told.says({ ...answer, subject: 'entry', intent, settlement: 'answered', override: false }, '10:00');
  told.fills(`e${intent}`, 'buy', 100, 100, '10:00');
  told.says({ ...answer, subject: 'loss_warning', intent: 0, settlement: 'expired', choice: 'hold', override: false }, '10:05');
  told.says({ kind: 'close_requested', symbol, because: 'enough', code: 'price_action', by: 'bo', from: 'person' }, '10:06');
  told.fills(`s${intent}`, 'sell', 100, 99, '10:10');
  expect(told.trades()[0]?.notes).toMatchObject([
    { by: 'ada', choice: 'enter', because: 'like it', override: false },
    { by: 'bo', choice: 'operator_close', because: 'enough', code: 'price_action' },
  ]);
});

test('a minute that is told after the fill that ended the trade still counts', () => {
  const told = new Told();
  const intent = told.intends('10:00');
  told.fills(`e${intent}`, 'buy', 100, 100, '10:00');
  told.fills(`s${intent}`, 'sell', 100, 98, '10:03');
  told.minute('10:02', bar(102, 99, 100));
  expect(told.log.takenTrades()).toEqual([]);
  told.minute('10:04', bar(110, 90, 100));
  expect(told.log.takenTrades()).toMatchObject([{ favourable: { money: 2_000_000 }, adverse: { money: 2_000_000 } }]);
});
