/** What a share is worth, in 1e-4, and a close so far from it that one bar alone does not move it; null when there is none. */
export type Mark = { readonly mark: number; readonly doubted: number | null };

/**
 * One print can be false, and must not sell a house (F3): a close farther than this from the mark counts when the next bar
 * is near it. Nothing of three dollars or more trades so far away without a pause: the widest band of limit up and limit down
 * is 20 %, twice that around the open and the close. The stop at the broker does not wait for any of this.
 */
const CONFIRM_BEYOND = 0.4;

/** The mark after one more close. */
export function markedBy({ mark, doubted }: Mark, close: number): Mark {
  const isNear = !isFar(close, mark) || (doubted !== null && !isFar(close, doubted));
  return isNear ? { mark: close, doubted: null } : { mark, doubted: close };
}

const isFar = (price: number, from: number): boolean => Math.abs(price - from) > from * CONFIRM_BEYOND;
