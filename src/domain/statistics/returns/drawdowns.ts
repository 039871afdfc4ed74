import type { Returns } from '#domain/statistics/returns/returns';

/** A fall below a peak until equity is there again. Places count periods: 0 is the start, before the first return. */
export type Drawdown = {
  /** The share of the peak that was lost at worst: 0.25 is a quarter. */
  readonly depth: number;
  readonly peak: number;
  readonly trough: number;
  /** null while equity is still below the peak. */
  readonly recovery: number | null;
  /** Periods at whose end equity was below the peak. */
  readonly periods: number;
};

/** Every drawdown of the compounded equity, which starts at 1; oldest first. */
export function drawdowns(returns: Returns): readonly Drawdown[] {
  const found: Drawdown[] = [];
  let [equity, high, peak] = [1, 1, 0];
  let [depth, trough] = [0, 0];
  for (const [at, one] of returns.entries()) {
    equity *= 1 + one;
    if (equity >= high) {
      if (depth > 0) found.push({ depth, peak, trough, recovery: at + 1, periods: at - peak });
      [high, peak, depth] = [equity, at + 1, 0];
    } else if (1 - equity / high > depth) [depth, trough] = [1 - equity / high, at + 1];
  }
  if (depth > 0) found.push({ depth, peak, trough, recovery: null, periods: returns.length - peak });
  return found;
}

/** The deepest, the first of equals; null when equity never fell. */
export const deepest = (all: readonly Drawdown[]): Drawdown | null => largest(all, ({ depth }) => depth);

/** The longest, the first of equals; one that has not ended counts as far as the series goes. */
export const longest = (all: readonly Drawdown[]): Drawdown | null => largest(all, ({ periods }) => periods);

/** The depth of the deepest, 0 when equity never fell; nothing is allocated, since intervals ask for it thousands of times. */
export function maxDrawdown(returns: Returns): number {
  let [equity, high, depth] = [1, 1, 0];
  for (const one of returns) {
    equity *= 1 + one;
    if (equity >= high) high = equity;
    else depth = Math.max(depth, 1 - equity / high);
  }
  return depth;
}

function largest(all: readonly Drawdown[], by: (one: Drawdown) => number): Drawdown | null {
  let best: Drawdown | null = null;
  for (const one of all) if (best === null || by(one) > by(best)) best = one;
  return best;
}
