/** Few enough that the tables of the inner loop share the first cache. */
const CELLS = 1024;

/** Where the table of the normal ends; rarer values are the business of jumps, not of this table. */
const TAIL = 4;

/**
 * Quantiles of the standard normal at i / 1024. The upper half is the solution of dx/dp = √(2π)·exp(x²/2) from the median,
 * by Runge–Kutta; the lower half its mirror image.
 */
const normalQuantiles: Float64Array = quantiles();

function quantiles(): Float64Array {
  const table = new Float64Array(CELLS + 1);
  const half = CELLS / 2;
  let x = 0;
  for (let cell = 1; cell < half; cell++) {
    x = marched(x, 1 / CELLS, 256);
    table[half + cell] = x;
    table[half - cell] = -x;
  }
  table[CELLS] = TAIL;
  table[0] = -TAIL;
  return table;
}

function slope(x: number): number {
  return Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
}

function marched(from: number, distance: number, steps: number): number {
  const step = distance / steps;
  let x = from;
  for (let i = 0; i < steps; i++) {
    const k1 = slope(x);
    const k2 = slope(x + (step / 2) * k1);
    const k3 = slope(x + (step / 2) * k2);
    const k4 = slope(x + step * k3);
    x += (step / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return x;
}

/** A standard normal value from 32 random bits: ten choose the cell, the others the place in it. */
export function normalOf(word: number): number {
  const cell = word >>> 22;
  const below = normalQuantiles[cell] as number;
  return below + ((normalQuantiles[cell + 1] as number) - below) * ((word & 0x3fffff) / 0x400000);
}

/** Twice an exponential variable by ten random bits: −2·ln(u), what the highest point of a Brownian bridge asks for. */
export const bridgeExtremes: Float64Array = Float64Array.from({ length: CELLS }, (_, i) => -2 * Math.log((i + 0.5) / CELLS));

/** How the volume of a minute scatters about its mean: log-normal with mean 1, by ten random bits. */
export const volumeScatter: Float64Array = scatter(0.65);

function scatter(sigma: number): Float64Array {
  const table = new Float64Array(CELLS);
  let sum = 0;
  for (let i = 0; i < CELLS; i++) {
    const z = ((normalQuantiles[i] as number) + (normalQuantiles[i + 1] as number)) / 2;
    table[i] = Math.exp(sigma * z);
    sum += table[i] as number;
  }
  return table.map((value) => (value * CELLS) / sum);
}
