import { roundToTick, tickAt } from '#domain/market/ticks';
import type { TickRule } from '#domain/market/us/tick-rules';
import type { Side } from '#domain/orders/order';
import type { Instant } from '#domain/values/instant';
import { type Price, price } from '#domain/values/price';
import type { FillModel } from '#simulation/exchange/fill-model';

/** One symbol's minute: prices in 1e-4, volume in shares, −1 when there is no bar. */
export type MinuteBar = {
  readonly start: Instant;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
};

/** By what fills are made on one day. */
export type FillTerms = { readonly model: FillModel; readonly ticks: TickRule };

/** A price that the bar gives; `gap` when the bar opened beyond the order's own price. */
export type Quote = { readonly price: Price; readonly gap: boolean };

const BP = 10_000;

/** Whole shares of a volume, by basis points. */
export const shareOf = (volume: number, bp: number): number => Math.floor((volume * bp) / BP);

/** The price of an order that takes the other side at `reference`. */
export function crossingPrice(side: Side, reference: number, bar: MinuteBar, { model, ticks }: FillTerms): Price {
  const tick = tickAt(ticks, reference);
  const cost = Math.max(model.costMin, Math.ceil((reference * model.costBp) / BP));
  const reach = Math.max(model.reachMin, shareOf(bar.close, model.reachBp));
  if (side === 'buy') return price(Math.min(roundToTick(reference + cost, tick, 'up'), roundToTick(bar.high + reach, tick, 'down')));
  const lowest = Math.max(bar.low - reach, 1);
  // A price below one tick cannot be rounded down; there the lowest that the bar allows holds.
  const crossed = reference - cost < tick ? 1 : roundToTick(reference - cost, tick, 'down');
  return price(Math.max(crossed, roundToTick(lowest, tick, 'up')));
}

/** What the bar gives to a limit order, `null` for nothing; `rested` when an earlier bar has already passed it by. */
export function limitQuote(side: Side, limit: Price, bar: MinuteBar, rested: boolean, terms: FillTerms): Quote | null {
  const better = side === 'buy' ? limit - bar.open : bar.open - limit;
  if (better > 0) {
    const crossed = crossingPrice(side, bar.open, bar, terms);
    const at = side === 'buy' ? Math.min(crossed, limit) : Math.max(crossed, limit);
    return { price: price(at), gap: rested && better > tickAt(terms.ticks, limit) };
  }
  const through = side === 'buy' ? bar.low < limit : bar.high > limit;
  return through ? { price: limit, gap: false } : null;
}

/** What the bar gives to a stop order, `null` while it is not reached; once triggered it goes on as a market order. */
export function stopQuote(side: Side, stop: Price, bar: MinuteBar, triggered: boolean, terms: FillTerms): Quote | null {
  const gap = side === 'sell' ? bar.open < stop : bar.open > stop;
  if (triggered || gap) return { price: crossingPrice(side, bar.open, bar, terms), gap };
  const reached = side === 'sell' ? bar.low <= stop : bar.high >= stop;
  if (!reached) return null;
  const beyond = side === 'sell' ? stop - bar.low : bar.high - stop;
  const slipped = shareOf(beyond, terms.model.stopSlipBp);
  return { price: crossingPrice(side, side === 'sell' ? stop - slipped : stop + slipped, bar, terms), gap };
}
