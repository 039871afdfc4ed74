import type { AlertFacts, Severity } from '#domain/alerts/alert';
import { unreachable } from '#domain/values/assert';
import { MINUTE_MS } from '#domain/values/instant';

/** How loudly it is told. Source: security-operations, alert taxonomy. */
export function severityOf(facts: AlertFacts): Severity {
  switch (facts.kind) {
    case 'loss_limit_reached':
    case 'trading_stopped':
    case 'protection_gap':
    case 'journal_unreadable':
      return 'critical';
    case 'order_unknown':
      return facts.forMs > 0 ? 'critical' : 'warning';
    case 'books_differ':
      return sharesDiffer.has(facts.difference) ? 'critical' : 'warning';
    case 'broker_unreachable':
      return facts.state === 'refused' || facts.held > 0 ? 'critical' : 'warning';
    case 'service_down':
      return facts.inSession || facts.held > 0 ? 'critical' : 'warning';
    case 'data_stale':
      return facts.held > 0 ? 'critical' : 'warning';
    case 'test_alert':
      return facts.severity;
    case 'loss_limit_near':
    case 'name_quarantined':
    case 'entries_refused':
    case 'answer_wanted':
    case 'win_rate_falling':
    case 'service_restarted':
    case 'database_lost':
    case 'projection_behind':
    case 'projector_silent':
    case 'record_differs_from_broker':
    case 'run_alarm':
    case 'schedule_missed':
    case 'rate_limit_near':
    case 'disk_low':
    case 'outside_ping_failing':
    case 'channel_down':
      return 'warning';
    case 'stop_cleared':
    case 'cover_back':
    case 'order_settled':
    case 'projection_caught_up':
    case 'projector_back':
    case 'broker_back':
    case 'service_back':
    case 'database_back':
    case 'data_back':
    case 'channel_back':
    case 'daily_summary':
    case 'weekly_report':
      return 'information';
    default:
      return unreachable(facts);
  }
}

/** Shares, or the account itself: what protects may be wrong. Money and clocks can wait for the morning. */
const sharesDiffer: ReadonlySet<string> = new Set(['phantom', 'orphan', 'shares', 'account']);

/** Told by itself and at once, though it is not critical: it has a deadline, somebody waits for it, or was told of what it ends. */
export const isAwaited = (facts: AlertFacts): boolean =>
  // What was unknown for seconds only woke nobody.
  facts.kind === 'order_settled' ? facts.unknownMs >= UNKNOWN_MS_MAX : awaited.has(facts.kind);

/** An order of which nothing is known for longer is critical. */
export const UNKNOWN_MS_MAX = 2 * MINUTE_MS;

const awaited: ReadonlySet<string> = new Set([
  'loss_limit_near',
  'answer_wanted',
  'daily_summary',
  'weekly_report',
  'stop_cleared',
  'cover_back',
  'projection_caught_up',
  'projector_back',
  'broker_back',
  'service_back',
  'database_back',
  'data_back',
  'test_alert',
]);
