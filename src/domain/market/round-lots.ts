import { inForce, type NoRule } from '#domain/market/dated';
import { usRoundLotRules } from '#domain/market/us/round-lot-rules';
import { assert } from '#domain/values/assert';
import type { Price } from '#domain/values/price';
import { type Quantity, quantity } from '#domain/values/quantity';
import { ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';

/**
 * Shares in a round lot. `averageClose` is the mean close of the evaluation month: March for lots from the first
 * business day of May, September for those from November. It concerns displayed sizes only; an order may be one share.
 */
export function roundLot(date: SessionDate, averageClose: Price): Result<Quantity, NoRule> {
  const rule = inForce(usRoundLotRules, date);
  if (!rule.ok) return rule;
  const band = rule.value.bands.find(({ upTo }) => upTo === null || averageClose <= upTo);
  assert(band !== undefined, `the last round-lot band of ${rule.value.from} has no end`);
  return ok(quantity(band.shares));
}
