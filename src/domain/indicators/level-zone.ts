/** Where the price stands towards the zone of a level. What is tested compares greater than what is not. */
const INSIDE = 0;
const ABOVE = 1;
const BELOW = 2;
export const TESTED_FROM_ABOVE = 3;
const TESTED_FROM_BELOW = 4;

/** No bar is as dear. */
export const FAR = 0x7fff_ffff;

/** A quarter of the ATR, and at least a cent: `tick` in 1e-4. */
export function halfWidthOf(range: number, tick = 100): number {
  const quarter = Math.round(range / 4);
  return quarter > tick ? quarter : tick;
}

/** Where a close stands towards a level that nobody is testing. */
export function stanceOf(close: number, at: number, half: number): number {
  if (close > at + half) return ABOVE;
  return close < at - half ? BELOW : INSIDE;
}

/**
 * Where the price stands after a bar. Out of a test it comes only by a close farther than the zone's width from the level:
 * on the side it came from the level has held, on the other it is broken.
 */
export function stanceAfter(stance: number, at: number, half: number, high: number, low: number, close: number): number {
  if (stance === ABOVE) {
    if (low > at + half) return ABOVE;
    return high < at - half ? BELOW : TESTED_FROM_ABOVE;
  }
  if (stance === BELOW) {
    if (high < at - half) return BELOW;
    return low > at + half ? ABOVE : TESTED_FROM_BELOW;
  }
  if (stance === INSIDE) return stanceOf(close, at, half);
  if (close > at + 2 * half) return ABOVE;
  return close < at - 2 * half ? BELOW : stance;
}

/** Whether a test that ended with the price on side `to` was a bounce; otherwise the level was broken. */
export const hasHeld = (from: number, to: number): boolean => (from === TESTED_FROM_ABOVE) === (to === ABOVE);

/** The highest low of a bar below the price that may change the stance. */
export function downOf(stance: number, at: number, half: number): number {
  if (stance === ABOVE) return Math.min(FAR, at + half);
  if (stance === BELOW) return 0;
  return Math.max(0, stance === INSIDE ? at - half - 1 : at - 2 * half - 1);
}

/** The lowest high of a bar above the price that may change the stance. */
export function upOf(stance: number, at: number, half: number): number {
  if (stance === BELOW) return Math.max(0, at - half);
  if (stance === ABOVE) return FAR;
  return Math.min(FAR, stance === INSIDE ? at + half + 1 : at + 2 * half + 1);
}
