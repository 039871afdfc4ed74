import { expect, test } from 'vitest';
import type { AlertFacts } from '#domain/alerts/alert';
import { JournalAlerts } from '#domain/alerts/journal-alerts';
import { severityOf } from '#domain/alerts/severity';
import type { Entry, Event, EventOf } from '#domain/events/event';
import type { OrderId } from '#domain/orders/order';
import { defaultSettings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex, ticker } from '#domain/values/symbol';

const symbol = symbolIndex(0);
const start: Event = { kind: 'run_started', settings: defaultSettings, source: 'live_market', version: 'test' };
const account: Event = { kind: 'account_opened', environment: 'paper', book: 'k3v9x2', account: 'PA1' };

const opened = (date: string, history = false, listed: readonly string[] = []): EventOf<'session_opened'> => ({
  kind: 'session_opened',
  date: date as SessionDate,
  open: instant(Date.parse(`${date}T13:30:00Z`)),
  close: instant(Date.parse(`${date}T20:00:00Z`)),
  openMinute: 570,
  closeMinute: 960,
  history,
  listed: listed.map(ticker),
});
const closed = (date: string): Event => ({ kind: 'session_closed', date: date as SessionDate, lastBar: null, complete: true });
const fill = (side: 'buy' | 'sell', dollars: number): Event => ({
  kind: 'order_filled',
  order: 'o' as OrderId,
  symbol,
  side,
  shares: quantity(100),
  price: price(dollars * 10_000),
  fees: cash(0),
  bar: instant(0),
  flags: [],
});
const gone = (dollars: number): Event => ({
  kind: 'position_closed',
  symbol,
  side: 'buy',
  shares: quantity(100),
  pnl: cash(dollars * 10_000),
  fees: cash(0),
  reason: 'profit_target',
  noMarket: false,
  intent: 7,
  rMultiple: dollars / 200,
});

/** What is told of events, one after another. */
class Told {
  readonly alerts = new JournalAlerts(20);
  #sequence = 0;

  constructor(...events: readonly Event[]) {
    this.sees(start, account, opened('2026-03-16', false, ['NVDA', 'AMD']), ...events);
  }

  sees(...events: readonly Event[]): readonly AlertFacts[] {
    return events.flatMap((event) => {
      this.#sequence++;
      const entry: Entry = { sequence: this.#sequence, at: instant(this.#sequence * 1_000), cause: 0, event };
      return this.alerts.see(entry);
    });
  }
}

const lost = (share: number): Event => ({ kind: 'loss_warned', pnl: cash(-share * 20_000_000), limit: cash(20_000_000), share });

const rows: readonly [says: string, events: readonly Event[], told: readonly (readonly [kind: string, severity: string])[]][] = [
  ['75 % of the loss limit', [lost(0.75)], [['loss_limit_near', 'warning']]],
  ['90 % of the loss limit', [lost(0.9)], [['loss_limit_near', 'warning']]],
  [
    'the loss limit itself, with what was done',
    [{ kind: 'halt_ordered', reason: 'daily_loss', level: 'flatten', pnl: cash(-20_012_000), limit: cash(20_000_000) }],
    [['loss_limit_reached', 'critical']],
  ],
  [
    'an emergency stop',
    [
      { kind: 'stop_requested', level: 'flatten', because: 'prices look wrong', by: 'ada', from: 'person' },
      { kind: 'halt_ordered', reason: 'requested', level: 'flatten', pnl: cash(0), limit: cash(20_000_000) },
    ],
    [['trading_stopped', 'critical']],
  ],
  ['a stop that is cleared', [{ kind: 'stop_cleared', by: 'ada', because: 'fine again' }], [['stop_cleared', 'information']]],
  [
    'shares without a stop',
    [{ kind: 'cover_missing', symbol, held: quantity(200), covered: quantity(0), since: instant(0) }],
    [['protection_gap', 'critical']],
  ],
  [
    'a name that the broker holds and we do not',
    [{ kind: 'difference_found', difference: 'orphan', symbol, ours: 0, theirs: 400, detail: '' }],
    [['books_differ', 'critical']],
  ],
  [
    'cash that differs',
    [{ kind: 'difference_found', difference: 'cash', symbol: null, ours: 1, theirs: 2, detail: '' }],
    [['books_differ', 'warning']],
  ],
  ['a name that is set apart', [{ kind: 'name_quarantined', symbol, why: 'differs' }], [['name_quarantined', 'warning']]],
  ['an order of which nobody knows', [{ kind: 'order_unknown', order: 'o' as OrderId, why: 'time-out' }], [['order_unknown', 'warning']]],
  [
    'a broker that is lost while nothing is held',
    [{ kind: 'broker_line_changed', state: 'lost', why: 'silence' }],
    [['broker_unreachable', 'warning']],
  ],
  [
    'a broker that is lost while something is held',
    [fill('buy', 100), { kind: 'broker_line_changed', state: 'lost', why: 'silence' }],
    [['broker_unreachable', 'critical']],
  ],
  ['a key that is refused', [{ kind: 'broker_line_changed', state: 'refused', why: '401' }], [['broker_unreachable', 'critical']]],
  [
    'a broker that is back',
    [
      { kind: 'broker_line_changed', state: 'lost', why: 'silence' },
      { kind: 'broker_line_changed', state: 'reconciling', why: '' },
      { kind: 'broker_line_changed', state: 'ready', why: '' },
    ],
    [
      ['broker_unreachable', 'warning'],
      ['broker_back', 'information'],
    ],
  ],
  ['a broker that is ready for the first time, which is no news', [{ kind: 'broker_line_changed', state: 'ready', why: '' }], []],
];
for (const [says, events, told] of rows) {
  test(`${says} is told`, () => {
    const facts = new Told().sees(...events);
    expect(facts.map((each) => [each.kind, severityOf(each)])).toEqual(told);
  });
}

test('who asked for a stop and why stands in its alert', () => {
  const [facts] = new Told().sees(...(rows[3]?.[1] ?? []));
  expect(facts).toMatchObject({ kind: 'trading_stopped', by: 'ada', because: 'prices look wrong', level: 'flatten' });
});

test('A10: entries that the broker refuses in a row are told at each fifth', () => {
  const told = new Told();
  const order = (name: string): readonly Event[] => [
    { kind: 'order_requested', order: { id: name, role: 'entry' } } as unknown as Event,
    { kind: 'order_rejected', order: name as OrderId, reason: 'buying_power' },
  ];
  const facts = Array.from({ length: 10 }, (_, count) => told.sees(...order(`o${count}`)).length);
  expect(facts).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
});

test('the day is summed up at its end: P&L, trades, best and worst, and what is still held', () => {
  const told = new Told(fill('buy', 100), fill('sell', 103), gone(300), fill('buy', 50), fill('sell', 49), gone(-100), fill('buy', 10));
  expect(told.sees(closed('2026-03-16'))).toMatchObject([
    {
      kind: 'daily_summary',
      pnl: (300 - 100 - 1_000) * 10_000,
      trades: { won: 1, count: 2 },
      best: { ticker: 'NVDA', pnl: 3_000_000 },
      worst: { ticker: 'NVDA', pnl: -1_000_000 },
      halted: false,
      held: ['NVDA'],
    },
  ]);
});

test('the week is told after its last session, which the calendar knows: Good Friday ends it on a Thursday', () => {
  const told = new Told(closed('2026-03-16'));
  const kinds = (date: string): readonly string[] => told.sees(opened(date), gone(100), closed(date)).map(({ kind }) => kind);
  expect(kinds('2026-03-19')).toEqual(['daily_summary']);
  expect(kinds('2026-03-20')).toEqual(['daily_summary', 'weekly_report']);
  expect(kinds('2026-04-01')).toEqual(['daily_summary']);
  const [, week] = told.sees(opened('2026-04-02'), gone(-100), closed('2026-04-02'));
  expect(week).toMatchObject({ kind: 'weekly_report', from: '2026-04-01', to: '2026-04-02', sessions: 2, trades: { won: 1, count: 2 } });
});

test('a week whose last session was not run to its end is told when the next one begins, once', () => {
  const told = new Told(closed('2026-03-17'), opened('2026-03-18'), gone(100), closed('2026-03-18'), opened('2026-03-20'));
  expect(told.sees(opened('2026-03-23'))).toMatchObject([{ kind: 'weekly_report', from: '2026-03-17', to: '2026-03-18', sessions: 2 }]);
  expect(told.sees(opened('2026-03-23'), closed('2026-03-23')).map(({ kind }) => kind)).toEqual(['daily_summary']);
});

test('a session that only teaches is not summed up', () => {
  expect(new Told().sees(opened('2026-03-17', true), closed('2026-03-17'))).toEqual([]);
});

test('a falling win rate is told once, with both samples and an interval, and not for a bad run that chance explains', () => {
  const told = new Told();
  // Three of five, and then none.
  const results = (count: number, wonOfFive: number) =>
    told.sees(...Array.from({ length: count }, (_, at) => gone(at % 5 < wonOfFive ? 100 : -100)));
  expect(results(60, 3)).toEqual([]);
  const facts = results(40, 0);
  expect(facts).toHaveLength(1);
  const [first] = facts;
  if (first?.kind !== 'win_rate_falling') throw new Error('not told');
  expect(first.newest.count).toBe(20);
  expect(first.high).toBeLessThan(first.lowBefore);
  // 9 of 20 after 12 of 20: chance does that.
  const other = new Told();
  const chance = other.sees(...Array.from({ length: 40 }, (_, at) => gone(at % 20 < (at < 20 ? 12 : 9) ? 100 : -100)));
  expect(chance).toEqual([]);
});
