import type { TrackRecord } from '#domain/patterns/setup';
import type { Settings } from '#domain/settings';

/**
 * The most of equity that a trade may put at risk by the record of its pattern: a fraction of p − (1 − p) / b, where b is
 * reward to risk. Null when it is off or the record too short; 0 when the record speaks against the bet.
 */
export function kellyShare(record: TrackRecord, rewardToRisk: number, sizing: Settings['sizing']): number | null {
  if (sizing.kellyFraction === 0 || record.count < sizing.kellyCountMin || record.count === 0) return null;
  if (rewardToRisk <= 0) return 0;
  const won = record.won / record.count;
  return Math.max(0, sizing.kellyFraction * (won - (1 - won) / rewardToRisk));
}
