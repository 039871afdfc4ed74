import type { Severity } from '#domain/alerts/alert';
import type { Instant } from '#domain/values/instant';

/**
 * Why a message is sent. `alert`: one alert, at once. `group`: several that are alike. `reminder`: critical ones that nobody has
 * acknowledged, with those that have repeated them since. `digest`: what cooldowns and the hourly cap have held back.
 */
export type Purpose = 'alert' | 'group' | 'reminder' | 'digest';

/** What is sent: which alerts it tells for the first time, and of which it reminds. */
export type Message = {
  readonly id: number;
  readonly at: Instant;
  readonly purpose: Purpose;
  readonly severity: Severity;
  readonly alerts: readonly number[];
  /** Alerts that were told before and are still open; only a reminder has some. */
  readonly open: readonly number[];
  readonly escalated: boolean;
};
