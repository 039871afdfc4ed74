/**
 * What a minute bar gives to an order. A bar tells four prices and a volume, not the order in which they came; wherever
 * that leaves a choice, the worse outcome for us is taken.
 *
 * Volume. The orders of one symbol share each bar, in the order stops, exits, targets, entries and then by arrival.
 * Limit orders may bring what is taken of the bar to `limitShareBp` of its volume, stops and market orders to
 * `marketShareBp`, in whole shares; the rest waits for the next bar. No bar, or no volume, no fill.
 *
 * Price. Market orders fill at the open, triggered stops at the worse of the stop and the open, and where
 * the bar ran on beyond a stop by a share of that way; both pay the cost of
 * crossing, rounded to the worse tick. A limit that the open already satisfies pays the same cost but never more than
 * its limit; otherwise the bar must trade through it, and a mere touch, at the open too, gives nothing. No price lies farther outside the
 * bar than the reach.
 *
 * Sequence. A stop and a target inside one bar: the stop came first. An entry and its stop inside one bar: the stop
 * came after. A target never fills in the bar of its entry.
 */
export type FillModel = {
  /** Most of a bar's volume after a fill of a limit order, in basis points. */
  readonly limitShareBp: number;
  /** Most of a bar's volume after a fill of a stop or a market order, in basis points. */
  readonly marketShareBp: number;
  /** Cost of crossing the spread, a share: the larger of 1e-4 units and basis points of the price. */
  readonly costMin: number;
  readonly costBp: number;
  /** How much of the way from the stop to the worst price of its bar is lost, in basis points. */
  readonly stopSlipBp: number;
  /** How far outside of the bar's low and high a fill may lie: the larger of 1e-4 units and basis points of the close. */
  readonly reachMin: number;
  readonly reachBp: number;
};

/** A tenth of what trades, a quarter when getting out matters more than the price; a cent or 2 bp to cross, a tenth of a stop's overshoot. */
export const defaultFillModel: FillModel = Object.freeze({
  limitShareBp: 1_000,
  marketShareBp: 2_500,
  costMin: 100,
  costBp: 2,
  stopSlipBp: 1_000,
  reachMin: 200,
  reachBp: 10,
});
