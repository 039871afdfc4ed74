import { legalPrice, tickAt } from '#domain/market/ticks';
import type { TickRule } from '#domain/market/us/tick-rules';
import type { Limits } from '#domain/risk/limits';
import { stopPriceOfLong } from '#domain/risk/stop-price';
import type { Price } from '#domain/values/price';

/** How far away the target lies. Judgement; decision 0013 says why no level shortens it. */
const TARGET_RISKS = 2;

/** Prices in 1e-4; levels from the lowest price to the highest. */
export type PlanQuestion = {
  readonly close: number;
  readonly atr: number;
  readonly levels: readonly { readonly price: number }[];
  readonly ticks: TickRule;
};

/** How a long would be traded; `support` is the nearest level below the entry, 0 when there is none. */
export type LongPlan = { readonly entry: Price; readonly stop: Price; readonly target: Price; readonly support: number };

/**
 * A limit that the next trade should meet, a stop by the rule of Stage 1, and a target two risks away. Every
 * setup is planned like this, whatever its shape.
 */
export function longPlanOf({ close, atr, levels, ticks }: PlanQuestion, limits: Limits): LongPlan {
  const entry = marketableLimit(close, ticks);
  const support = levels.findLast(({ price }) => price < entry)?.price ?? 0;
  const stop = stopPriceOfLong({ entry, atr, support, ticks }, limits);
  return { entry, stop, target: targetOfLong({ entry, stop, ticks }), support };
}

export const targetOfLong = ({ entry, stop, ticks }: { readonly entry: Price; readonly stop: Price; readonly ticks: TickRule }): Price =>
  legalPrice(ticks, 'target_of_long', entry + TARGET_RISKS * (entry - stop));

/** A twentieth of a percent above the last close, at least a tick, on the grid. */
function marketableLimit(close: number, ticks: TickRule): Price {
  return legalPrice(ticks, 'limit_buy', close + Math.max(tickAt(ticks, close), close / 2000));
}
