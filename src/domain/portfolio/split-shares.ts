/** Whole shares after a split of so many new ones for each old one: 49 of one for 49 are one, whatever a float makes of it. */
export function sharesAfterSplit(shares: number, ratio: number): number {
  const exact = shares * ratio;
  const whole = Math.round(exact);
  // A part of a share is paid out in cash by the broker.
  return Math.abs(exact - whole) < 1e-6 ? whole : Math.trunc(exact);
}

/** What a share is worth after it, at least the smallest unit there is. */
export const worthAfterSplit = (worth: number, ratio: number): number => Math.max(1, Math.round(worth / ratio));
