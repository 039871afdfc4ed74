import { blockBootstrap, type DrawnInterval, type Lots } from '#domain/statistics/block-bootstrap';
import { type Figure, figure, type Missing, missing } from '#domain/statistics/figure';
import { meanAbove, meanInterval } from '#domain/statistics/mean-interval';
import { mean, sumOf } from '#domain/statistics/moments';
import { bySession, type ClosedTrade } from '#domain/statistics/trades/closed-trade';
import type { Interval } from '#domain/statistics/wilson';

export type Expectancy = {
  /** Trades whose risk is known, of all. */
  readonly count: number;
  readonly of: number;
  /** The mean of R. */
  readonly mean: Figure;
  /** 95 %, by Student's t: as if every trade stood alone. */
  readonly interval: Interval | Missing;
  /** The one-sided lower bound of 95 % by Student's t. */
  readonly above: number | Missing;
  /** 95 %, whole sessions drawn again. */
  readonly bySession: DrawnInterval | Missing;
};

type InR = { readonly sum: number; readonly count: number };

/** What a trade makes on average, in units of what it risks. */
export function expectancy(trades: readonly ClosedTrade[], lots: Lots): Expectancy {
  const all = rOf(trades);
  const of = trades.length;
  if (all.length === 0) {
    const why = of === 0 ? 'no_trades' : 'no_r';
    return { count: 0, of, mean: missing(why), interval: why, above: why, bySession: why };
  }
  const sessions = bySession(trades).map((session): InR => {
    const r = rOf(session);
    return { sum: sumOf(r, (one) => one), count: r.length };
  });
  const known = sessions.filter(({ count }) => count > 0);
  const drawn = blockBootstrap(known, (some) => total(some, 'sum') / total(some, 'count'), lots);
  return { count: all.length, of, mean: figure(mean(all)), interval: meanInterval(all), above: meanAbove(all), bySession: drawn };
}

const rOf = (trades: readonly ClosedTrade[]): readonly number[] =>
  trades.flatMap(({ rMultiple }) => (rMultiple === null ? [] : [rMultiple]));

const total = (some: readonly InR[], of: keyof InR): number => some.reduce((sum, one) => sum + one[of], 0);
