import type { Branded } from '#domain/values/branded';
import { fail, ok, type Result } from '#domain/values/result';

/** Simple returns of one period each (0.01 is 1 %), oldest first; at least one, and each a number above −1. */
export type Returns = Branded<readonly number[], 'simple_returns'>;

/** `row` counts from 1. */
export type ReturnsProblem =
  | { readonly kind: 'no_returns' }
  | { readonly kind: 'not_a_number'; readonly row: number }
  | { readonly kind: 'all_lost'; readonly row: number; readonly value: number };

/** The only maker of `Returns`. A loss of everything or more cannot be compounded. */
export function returnsOf(values: readonly number[]): Result<Returns, ReturnsProblem> {
  if (values.length === 0) return fail({ kind: 'no_returns' });
  for (const [at, value] of values.entries()) {
    if (!Number.isFinite(value)) return fail({ kind: 'not_a_number', row: at + 1 });
    if (value <= -1) return fail({ kind: 'all_lost', row: at + 1, value });
  }
  return ok([...values] as readonly number[] as Returns);
}
