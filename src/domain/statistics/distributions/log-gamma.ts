import { assert } from '#domain/values/assert';

/** From here on eight terms of Stirling's series are exact to the last digits of a float. */
const LARGE = 16;
/** B(2k) / (2k (2k − 1)), NIST DLMF 5.11.1. */
const series = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156, -3617 / 122_400];

/** The logarithm of the gamma function of a number above zero. */
export const logGamma = (x: number): number => stirling(x) + stirlingRest(x);

/** What Stirling's formula misses of the logarithm of the gamma function; sums that cancel are made of it, not of the whole. */
export function stirlingRest(x: number): number {
  assert(x > 0, `the gamma function is wanted above zero, was ${x}`);
  if (x < LARGE) return lifted(x);
  let term = 1 / x;
  let rest = 0;
  for (const coefficient of series) {
    rest += coefficient * term;
    term /= x * x;
  }
  return rest;
}

const stirling = (x: number): number => (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI);

/** By Γ(x + 1) = x Γ(x), as often as makes it large. */
function lifted(x: number): number {
  let large = x;
  let product = 1;
  while (large < LARGE) {
    product *= large;
    large += 1;
  }
  return stirling(large) + stirlingRest(large) - Math.log(product) - stirling(x);
}
