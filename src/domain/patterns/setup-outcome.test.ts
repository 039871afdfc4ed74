import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FollowedPlan, type SetupEnd, SetupFollower } from '#domain/patterns/setup-outcome';
import type { ChartBar } from '#domain/patterns/symbol-view';
import { randomWalk } from '#tests/charts/random-walks';

/** Bought at 50.00 at most, 1.00 at risk, decided at 10:00; sold from 15:50 on. */
const plan: FollowedPlan = { entry: 500_000, stop: 490_000, target: 520_000, decidedAt: 600, exitAt: 950 };
const d = (dollars: number): number => Math.round(dollars * 10_000);
type Prices = readonly [minute: number, open: number, high: number, low: number, close: number, volume?: number];
const bar = ([minute, open, high, low, close, volume = 100]: Prices): ChartBar => ({
  minute,
  open: d(open),
  high: d(high),
  low: d(low),
  close: d(close),
  volume,
});

function endOf(bars: readonly ChartBar[], wanted = plan): SetupEnd | 'never_filled' {
  const follower = new SetupFollower(wanted);
  for (const one of bars) {
    const step = follower.step(one);
    if (step !== 'open') return step;
  }
  return follower.close();
}

/** Bought at the limit of 50.00 by a bar that opens above and trades through. */
const bought: Prices = [600, 50.05, 50.1, 49.9, 50];

test.each<readonly [what: string, bars: readonly Prices[], outcome: SetupEnd['outcome'], r: number]>([
  ['the target is traded through', [bought, [601, 50, 52.01, 50, 52]], 'target', 2],
  // The open of 52.50 less a cent and a twentieth: 2 bp are 0.0105.
  ['a gap over the target pays the cost of crossing', [bought, [601, 52.5, 52.6, 52.4, 52.5]], 'target', 2.4895],
  ['a gap just over it is never worse than the target', [bought, [601, 52.001, 52.1, 51.9, 52]], 'target', 2],
  // Stop 49.00, a tenth of the way to 48.50 is 0.05, a cent to cross.
  ['a touch of the stop is enough', [bought, [601, 50, 50, 49, 49.5]], 'stop', -1.01],
  ['a bar that runs on costs a tenth of the way', [bought, [601, 50, 50, 48.5, 49.5]], 'stop', -1.06],
  ['a gap below the stop is sold at the open', [bought, [601, 48, 48.2, 47, 48]], 'stop', -2.01],
  ['stop and target in one bar are a stop', [bought, [601, 50, 52.5, 49, 51]], 'stop', -1.01],
  ['entry and stop in one bar are a stop', [[600, 50.05, 50.1, 49, 50]], 'stop', -1.01],
  [
    'no target in the bar of the entry',
    [
      [600, 50.05, 53, 49.9, 50],
      [601, 50, 50.2, 49.9, 50],
      [950, 50.51, 50.6, 50.4, 50.5],
    ],
    'time',
    0.499898,
  ],
  ['a touch of the target is nothing', [bought, [601, 50, 52, 50, 51], [950, 51, 51, 51, 51]], 'time', 0.9898],
  // Bought at 49.50 and a cent to cross: 0.51 above the stop; R is of the 1.00 that was planned.
  [
    'an open below the limit is bought there, and pays to cross',
    [
      [600, 49.5, 49.6, 49.4, 49.5],
      [601, 49.5, 52.01, 49.5, 52],
    ],
    'target',
    2.49,
  ],
  [
    'but never above the limit',
    [
      [600, 49.995, 50, 49.9, 50],
      [601, 50, 52.01, 50, 52],
    ],
    'target',
    2,
  ],
  // Bought at 48.51, sold at 48.50 less a tenth of the way to 48.40 and a cent.
  ['a fall through limit and stop before the fill is a loss still', [[600, 48.5, 48.6, 48.4, 48.5]], 'stop', -0.03],
  [
    'bars without volume neither buy nor sell',
    [[600, 50, 50, 49, 49, 0], bought, [601, 50, 50, 48, 49, 0], [602, 50, 52.01, 50, 52]],
    'target',
    2,
  ],
  ['at the end of the data it is sold at the last close', [bought, [601, 50, 50.4, 50, 50.3]], 'time', 0.3],
  ['bars before the decision are not met', [[599, 50, 60, 40, 50], bought, [601, 50, 52.01, 50, 52]], 'target', 2],
  [
    'two minutes later it may still fill',
    [
      [600, 50.2, 50.3, 50.1, 50.2],
      [602, 50.1, 50.2, 49.9, 50],
      [603, 50, 52.01, 50, 52],
    ],
    'target',
    2,
  ],
])('%s', (_, bars, outcome, r) => {
  expect(endOf(bars.map(bar))).toEqual({ outcome, r: expect.closeTo(r, 9) });
});

test.each<readonly [what: string, bars: readonly Prices[]]>([
  ['a touch of the limit fills nothing', [[600, 50.1, 50.2, 50, 50.1]]],
  ['nor does an open at it', [[600, 50, 50.2, 50, 50.1]]],
  [
    'three minutes later it is given up',
    [
      [600, 50.1, 50.2, 50.1, 50.2],
      [603, 49.9, 50, 49.8, 49.9],
    ],
  ],
  ['nothing is bought when it would have to be sold', [[950, 49.9, 50, 49.8, 49.9]]],
  ['no bar, no entry', []],
])('never filled: %s', (_, bars) => {
  const late = { ...plan, decidedAt: (bars[0]?.[0] ?? 600) >= 950 ? 949 : 600 };
  expect(endOf(bars.map(bar), late)).toBe('never_filled');
});

const planned = fc.record({ seed: fc.nat(100_000), at: fc.integer({ min: 0, max: 380 }), risk: fc.integer({ min: 1000, max: 20_000 }) });

function walked(seed: number, at: number, risk: number): { readonly bars: readonly ChartBar[]; readonly wanted: FollowedPlan } {
  const [bars = []] = randomWalk(seed, 1, 0.001);
  const close = bars[Math.max(0, at - 1)]?.close ?? 0;
  const entry = close + 200;
  return { bars, wanted: { entry, stop: entry - risk, target: entry + 2 * risk, decidedAt: 570 + at, exitAt: 950 } };
}

test('what came before the decision changes nothing', () => {
  fc.assert(
    fc.property(planned, fc.nat(100_000), ({ seed, at, risk }, other) => {
      const { bars, wanted } = walked(seed, at, risk);
      const [otherPast = []] = randomWalk(other, 1, 0.005);
      expect(endOf([...otherPast.slice(0, at), ...bars.slice(at)], wanted)).toEqual(endOf(bars, wanted));
    }),
    { numRuns: 60 },
  );
});

test('there is exactly one end, what comes after it changes nothing, and R fits the outcome', () => {
  fc.assert(
    fc.property(planned, ({ seed, at, risk }) => {
      const { bars, wanted } = walked(seed, at, risk);
      const follower = new SetupFollower(wanted);
      const ended = bars.findIndex((one) => follower.step(one) !== 'open');
      const end = endOf(bars, wanted);
      if (ended < 0) return;
      expect(endOf(bars.slice(0, ended + 1), wanted)).toEqual(end);
      expect((bars[ended] as ChartBar).minute).toBeGreaterThanOrEqual(wanted.decidedAt);
      expect((bars[ended] as ChartBar).minute).toBeLessThanOrEqual(wanted.exitAt);
      if (end === 'never_filled') return;
      if (end.outcome === 'stop') expect(end.r).toBeLessThan(0);
      if (end.outcome === 'target') expect(end.r).toBeGreaterThanOrEqual(2);
      if (end.outcome === 'time') expect((bars[ended] as ChartBar).minute).toBe(wanted.exitAt);
    }),
    { numRuns: 100 },
  );
});
