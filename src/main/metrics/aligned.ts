import { assert } from '#domain/values/assert';
import type { DatedReturns } from '#main/metrics/read-series';
import type { SeriesProblem } from '#main/metrics/series-problem';

/** The first date that one of two series has and the other has not; null when they hold the same dates. */
export function misalignment(one: DatedReturns, other: DatedReturns): SeriesProblem | null {
  const count = Math.max(one.dates.length, other.dates.length);
  for (let at = 0; at < count; at++) {
    const [first, second] = [one.dates[at], other.dates[at]];
    if (first === second) continue;
    // Texts of dates are in the order of time.
    const isMissing = second === undefined || (first !== undefined && first < second) ? other : one;
    const has = isMissing === other ? one : other;
    const date = has.dates[at];
    assert(date !== undefined, 'one of both goes on');
    return { kind: 'unaligned', date, in: has.path, line: has.lines[at] ?? 0, not: isMissing.path };
  }
  return null;
}
