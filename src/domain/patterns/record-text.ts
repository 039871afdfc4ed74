import type { TrackRecord } from '#domain/patterns/setup';
import { Z95 } from '#domain/statistics/normal';
import { wilson } from '#domain/statistics/wilson';

const percent = (share: number): string => (100 * share).toFixed(0);

/**
 * A track record in a line: "41 times, 30 won, 73 %, interval 58–84 %, mean R 0.21 ± 0.15". The interval is Wilson's at 95 %; after
 * ± stand 1.96 standard errors of the mean, which a single one does not have.
 */
export function recordText({ count, won, meanR, deviationR }: TrackRecord): string {
  if (count === 0) return 'no record yet';
  const { low, high } = wilson(won, count);
  const error = count > 1 ? ` ± ${((Z95 * deviationR) / Math.sqrt(count)).toFixed(2)}` : '';
  const rate = `${percent(won / count)} %, interval ${percent(low)}–${percent(high)} %`;
  return `${count === 1 ? 'once' : `${count} times`}, ${won} won, ${rate}, mean R ${meanR.toFixed(2)}${error}`;
}
