/** Prices that people think in, in 1e-4: from this price on, steps of that much. */
const steps: readonly (readonly [from: number, step: number])[] = [
  [10_000_000, 1_000_000],
  [5_000_000, 500_000],
  [1_000_000, 100_000],
  [200_000, 50_000],
  [50_000, 10_000],
  [10_000, 5000],
  [0, 1000],
];

/**
 * The round number nearest to a price and its two neighbours, lowest first: whole dollars from 5, fives from 20, tens from
 * 100, fifties from 500, hundreds from 1,000; half dollars from 1 and dimes below. Around nothing there is none.
 */
export function roundNumbersAround(price: number): readonly number[] {
  const step = price > 0 ? steps.find(([from]) => price >= from)?.[1] : undefined;
  if (step === undefined) return [];
  const nearest = Math.round(price / step) * step;
  return [nearest - step, nearest, nearest + step].filter((number) => number > 0);
}
