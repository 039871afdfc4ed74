type Increasing = {
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
  /** The root lies between them. */
  readonly low: number;
  readonly high: number;
};

const STEPS = 500;

/** Where an increasing function is zero, to the last digits of a float: Newton's step, and a bisection when that does not halve the one before. */
export function increasingRoot({ value, slope, low, high }: Increasing): number {
  let [below, above] = [low, high];
  let x = (below + above) / 2;
  let before = above - below;
  for (let i = 0; i < STEPS; i++) {
    const y = value(x);
    if (y === 0) return x;
    if (y < 0) below = x;
    else above = x;
    const newton = x - y / slope(x);
    const helps = newton > below && newton < above && Math.abs(newton - x) * 2 <= before;
    const next = helps ? newton : (below + above) / 2;
    before = Math.abs(next - x);
    if (before <= Math.abs(x) * 1e-16) return next;
    x = next;
  }
  return x;
}
