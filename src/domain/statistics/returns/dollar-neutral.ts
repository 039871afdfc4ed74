import { type Returns, type ReturnsProblem, returnsOf } from '#domain/statistics/returns/returns';
import { assert } from '#domain/values/assert';
import type { Result } from '#domain/values/result';

/** Half of the capital long the one and half short the other, evened out each period: half the difference of their returns. */
export function dollarNeutral(long: Returns, short: Returns): Result<Returns, ReturnsProblem> {
  assert(long.length === short.length, `${long.length} returns against ${short.length}`);
  return returnsOf(long.map((one, at) => (one - (short[at] as number)) / 2));
}
