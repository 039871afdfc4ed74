import type { AlertKind } from '#domain/alerts/alert';
import { MINUTE_MS } from '#domain/values/instant';

/** How often and how densely somebody is told. Nothing here can hold back a critical alert that is new. */
export type Policy = {
  /** So many messages an hour that are not critical; the digest is one of them. At least 2. */
  readonly hourlyCap: number;
  /** What is like something that was just told waits so long, and is told together. */
  readonly groupMs: number;
  /** What was held back is told after so long, in one message. */
  readonly digestMs: number;
  /** The first reminder of a critical alert that nobody has acknowledged; each one waits twice as long, up to the most. */
  readonly remindMs: number;
  readonly remindMsMax: number;
  /** A critical alert that nobody has acknowledged for so long is told on the channels of escalation as well. */
  readonly escalateMs: number;
  /** The same matter is not told again for so long. */
  readonly cooldownMs: Readonly<Record<AlertKind, number>>;
};

const minutes = (count: number): number => count * MINUTE_MS;
const DAY = minutes(24 * 60);
const HALF_HOUR = minutes(30);

/** Unless a file says otherwise. */
export const defaultCooldownMs: Policy['cooldownMs'] = {
  loss_limit_near: DAY,
  loss_limit_reached: HALF_HOUR,
  trading_stopped: HALF_HOUR,
  stop_cleared: 0,
  protection_gap: minutes(10),
  cover_back: 0,
  books_differ: HALF_HOUR,
  name_quarantined: HALF_HOUR,
  order_unknown: HALF_HOUR,
  order_settled: 0,
  entries_refused: HALF_HOUR,
  broker_unreachable: minutes(10),
  broker_back: minutes(1),
  answer_wanted: 0,
  win_rate_falling: DAY,
  daily_summary: 0,
  weekly_report: 0,
  service_down: minutes(10),
  service_back: minutes(1),
  service_restarted: minutes(5),
  database_lost: HALF_HOUR,
  database_back: minutes(1),
  projection_behind: HALF_HOUR,
  projection_caught_up: minutes(1),
  projector_silent: HALF_HOUR,
  projector_back: minutes(1),
  record_differs_from_broker: HALF_HOUR,
  run_alarm: HALF_HOUR,
  schedule_missed: HALF_HOUR,
  data_stale: minutes(10),
  data_back: minutes(1),
  rate_limit_near: HALF_HOUR,
  disk_low: HALF_HOUR,
  journal_unreadable: HALF_HOUR,
  outside_ping_failing: HALF_HOUR,
  channel_down: HALF_HOUR,
  channel_back: minutes(1),
  test_alert: 0,
};

/** Two minutes, escalation at ten. Source: security-operations, alert taxonomy. */
export const defaultPolicy: Policy = {
  hourlyCap: 12,
  groupMs: minutes(5),
  digestMs: minutes(60),
  remindMs: minutes(2),
  remindMsMax: minutes(30),
  escalateMs: minutes(10),
  cooldownMs: defaultCooldownMs,
};

export const HOUR_MS = minutes(60);
