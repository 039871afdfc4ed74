import type { AlertFacts } from '#domain/alerts/alert';
import { unreachable } from '#domain/values/assert';

/** What it is about, so that the same thing told again is known as the same, by identity and never by its text. */
export function keyOf(facts: AlertFacts): string {
  switch (facts.kind) {
    case 'loss_limit_near':
      return `loss_limit_near:${facts.date}:${Math.round(facts.share * 100)}`;
    case 'loss_limit_reached':
      return `loss_limit_reached:${facts.date}:${facts.reason}:${facts.level}`;
    case 'trading_stopped':
      return `trading_stopped:${facts.date}:${facts.reason}:${facts.level}`;
    case 'protection_gap':
      return `protection_gap:${facts.ticker}:${facts.since}`;
    case 'books_differ':
      return `books_differ:${facts.difference}:${facts.ticker ?? ''}`;
    case 'name_quarantined':
      return `name_quarantined:${facts.ticker}`;
    case 'order_unknown':
      // Closed, for one name of an order may begin another.
      return `order_unknown:${facts.order}:`;
    case 'cover_back':
      return `cover_back:${facts.ticker}`;
    case 'order_settled':
      return `order_settled:${facts.order}`;
    case 'run_alarm':
      return `run_alarm:${facts.what}`;
    case 'broker_unreachable':
      return `broker_unreachable:${facts.state}`;
    case 'answer_wanted':
      return `answer_wanted:${facts.question}`;
    case 'daily_summary':
      return `daily_summary:${facts.date}`;
    case 'weekly_report':
      return `weekly_report:${facts.to}`;
    case 'schedule_missed':
      return `schedule_missed:${facts.what}:${facts.date}`;
    case 'data_stale':
    case 'data_back':
      return `${facts.kind}:${facts.date}`;
    case 'rate_limit_near':
      return `rate_limit_near:${facts.service}`;
    case 'disk_low':
      return `disk_low:${facts.folder}`;
    case 'channel_down':
    case 'channel_back':
      return `${facts.kind}:${facts.channel}`;
    case 'test_alert':
      return `test_alert:${facts.severity}:${facts.channel}`;
    case 'stop_cleared':
    case 'entries_refused':
    case 'broker_back':
    case 'win_rate_falling':
    case 'service_down':
    case 'service_back':
    case 'service_restarted':
    case 'database_lost':
    case 'database_back':
    case 'projection_behind':
    case 'projection_caught_up':
    case 'projector_silent':
    case 'projector_back':
    case 'record_differs_from_broker':
    case 'journal_unreadable':
    case 'outside_ping_failing':
      return facts.kind;
    default:
      return unreachable(facts);
  }
}

/** With what the keys begin whose matter is over with this; nobody has to be reminded of them any more. */
export function endedBy(facts: AlertFacts): readonly string[] {
  switch (facts.kind) {
    case 'stop_cleared':
      return ['trading_stopped:', 'loss_limit_reached:'];
    case 'broker_back':
      return ['broker_unreachable:'];
    case 'service_back':
      return ['service_down'];
    case 'database_back':
      return ['database_lost'];
    case 'data_back':
      return ['data_stale:'];
    case 'cover_back':
      return [`protection_gap:${facts.ticker}:`];
    case 'order_settled':
      return [keyOf({ ...facts, kind: 'order_unknown', why: '', forMs: 0 })];
    case 'projection_caught_up':
      return ['projection_behind'];
    case 'projector_back':
      return ['projector_silent'];
    case 'channel_back':
      return [`channel_down:${facts.channel}`];
    default:
      return [];
  }
}
