import type { AlertFacts, AlertKind } from '#domain/alerts/alert';
import type { OrderRejection } from '#domain/events/account';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';

const date = '2026-03-16' as SessionDate;
/** 10:34:05 in New York. */
export const at = instant(Date.parse('2026-03-16T14:34:05Z'));
const dollars = (amount: number) => cash(amount * 10_000);

/** One alert of each kind, as it is told on the page of the alerts. */
export const samples: { readonly [Kind in AlertKind]: Extract<AlertFacts, { readonly kind: Kind }> } = {
  loss_limit_near: { kind: 'loss_limit_near', date, share: 0.9, pnl: dollars(-1_800.5), limit: dollars(2_000) },
  loss_limit_reached: {
    kind: 'loss_limit_reached',
    date,
    reason: 'daily_loss',
    level: 'flatten',
    pnl: dollars(-2_001.2),
    limit: dollars(2_000),
  },
  trading_stopped: { kind: 'trading_stopped', date, reason: 'requested', level: 'flatten', by: 'ada', because: 'prices look wrong' },
  stop_cleared: { kind: 'stop_cleared', by: 'ada', because: 'the feed is back' },
  protection_gap: { kind: 'protection_gap', ticker: 'NVDA', held: 200, covered: 0, since: at },
  books_differ: { kind: 'books_differ', difference: 'orphan', ticker: 'NVDA', ours: 0, theirs: 400, detail: '' },
  name_quarantined: { kind: 'name_quarantined', ticker: 'NVDA', why: 'the broker holds 400 more' },
  order_unknown: { kind: 'order_unknown', order: '2026-03-16-1204-entry', why: 'no answer in time' },
  entries_refused: { kind: 'entries_refused', count: 5, reason: 'buying_power' satisfies OrderRejection },
  broker_unreachable: { kind: 'broker_unreachable', state: 'lost', why: 'no message for 30 seconds', held: 2 },
  broker_back: { kind: 'broker_back', downMs: 95_000 },
  answer_wanted: {
    kind: 'answer_wanted',
    question: 1204,
    subject: 'entry',
    ticker: 'NVDA',
    shares: 200,
    deadline: instant(at + 120_000),
    recommended: 'enter',
    whenSilent: 'decline',
  },
  win_rate_falling: {
    kind: 'win_rate_falling',
    newest: { won: 4, count: 20 },
    before: { won: 61, count: 110 },
    low: 0.081,
    high: 0.416,
    lowBefore: 0.461,
  },
  daily_summary: {
    kind: 'daily_summary',
    date,
    pnl: dollars(204.06),
    fees: dollars(0.18),
    cash: dollars(100_204.06),
    trades: { won: 2, count: 3 },
    best: { ticker: 'NVDA', pnl: dollars(310) },
    worst: { ticker: 'AMD', pnl: dollars(-105.94) },
    refused: 4,
    halted: false,
    complete: true,
    held: [],
  },
  weekly_report: {
    kind: 'weekly_report',
    from: '2026-03-16' as SessionDate,
    to: '2026-03-20' as SessionDate,
    sessions: 5,
    pnl: dollars(-1_250.5),
    fees: dollars(12.4),
    trades: { won: 9, count: 21 },
    low: 0.245,
    high: 0.635,
    sumR: -4.2,
    best: { date: '2026-03-17' as SessionDate, pnl: dollars(410) },
    worst: { date: '2026-03-19' as SessionDate, pnl: dollars(-2_001.2) },
    halted: 1,
  },
  service_down: { kind: 'service_down', pid: 4711, seen: at, held: 2, inSession: true },
  service_back: { kind: 'service_back', pid: 4712, downMs: 95_000 },
  service_restarted: { kind: 'service_restarted', pid: 4712, held: 2 },
  database_lost: { kind: 'database_lost', detail: 'ECONNREFUSED', since: at },
  database_back: { kind: 'database_back', downMs: 600_000 },
  projection_behind: { kind: 'projection_behind', entries: 12_000, behindMs: 400_000 },
  schedule_missed: { kind: 'schedule_missed', what: 'scan', date, due: at },
  data_stale: { kind: 'data_stale', date, last: at, silentMs: 300_000, held: 1 },
  data_back: { kind: 'data_back', date, silentMs: 420_000 },
  rate_limit_near: { kind: 'rate_limit_near', service: 'alpaca', used: 170, limit: 200 },
  disk_low: { kind: 'disk_low', folder: '/var/lib/catalyst', freeBytes: 123_000_000 },
  journal_unreadable: {
    kind: 'journal_unreadable',
    what: 'journal corrupt at entry 77 (segment 1, byte 900): entry does not match its checksum',
  },
  outside_ping_failing: { kind: 'outside_ping_failing', misses: 3, why: 'timeout' },
  channel_down: { kind: 'channel_down', channel: 'mail', failures: 3, why: 'unreachable: ECONNREFUSED' },
  channel_back: { kind: 'channel_back', channel: 'mail', failures: 7 },
  test_alert: { kind: 'test_alert', severity: 'warning', channel: 'mail' },
};
