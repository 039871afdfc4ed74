import { gainAt, type Holding } from '#domain/exits/holding';
import type { ExitRules } from '#domain/risk/exit-rules';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';

/** When a position that began to fill at `since` has had its time; null when the rule is off. */
export const timeStopDue = (since: Instant, { timeStopMinutes }: ExitRules): Instant | null =>
  timeStopMinutes === 0 ? null : instant(since + timeStopMinutes * MINUTE_MS);

/** Whether a position has gained what lets it stay beyond its time. */
export const hasGained = (holding: Holding, { timeStopBelowR }: ExitRules): boolean => gainAt(holding.mark, holding) >= timeStopBelowR;
