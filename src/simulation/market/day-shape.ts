/** How a day's variance and volume spread over its minutes; each sums to 1. */
export type DayShape = { readonly rows: number; readonly variance: Float64Array; readonly volume: Float64Array };

/** U-shaped: most at the open, more again into the close, least at midday. */
export function dayShape(rows: number): DayShape {
  return {
    rows,
    variance: normalized(rows, (sinceOpen, toClose) => 1 + 3.5 * Math.exp(-sinceOpen / 25) + 0.8 * Math.exp(-toClose / 20)),
    volume: normalized(rows, (sinceOpen, toClose) => 0.7 + 2.6 * Math.exp(-sinceOpen / 20) + 2 * Math.exp(-toClose / 15)),
  };
}

function normalized(rows: number, at: (sinceOpen: number, toClose: number) => number): Float64Array {
  const values = Float64Array.from({ length: rows }, (_, row) => at(row, rows - 1 - row));
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}
