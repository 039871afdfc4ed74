import type { Fill } from '#domain/events/account';
import type { Frame } from '#domain/events/frame';
import type { OrderReason } from '#domain/orders/order';
import { type Cash, cash } from '#domain/values/cash';
import { type Instant, MINUTE_MS } from '#domain/values/instant';

/** How far a position went one way, in R and in money; never below 0. */
export type Excursion = { readonly r: number; readonly money: Cash };

/** What a road came to, from its first fill to its last. A road on which nothing was bought made nothing. */
export type Outcome = {
  /** The most shares that were held. */
  readonly filled: number;
  /** After fees. */
  readonly pnl: Cash;
  readonly fees: Cash;
  /** `pnl` over what the shares had at risk from the entry's limit to its first stop: the denominator never moves. */
  readonly r: number;
  readonly favourable: Excursion;
  readonly adverse: Excursion;
  readonly minutes: number;
  /** Start of the minute of the first fill; null when there was none. */
  readonly entered: Instant | null;
  /** Why it ended; null when nothing was bought. */
  readonly reason: OrderReason | null;
};

const none: Excursion = { r: 0, money: cash(0) };

/** The road on which nothing was bought. */
export const nothingBought: Outcome = {
  filled: 0,
  pnl: cash(0),
  fees: cash(0),
  r: 0,
  favourable: none,
  adverse: none,
  minutes: 0,
  entered: null,
  reason: null,
};

/** A finished long: its fills oldest first, and what one share had at risk, in 1e-4. */
export type FinishedTrade = { readonly fills: readonly Fill[]; readonly riskPerShare: number; readonly reason: OrderReason };

/** What a long that is over has made. `frames` are those of its session; `column` is where its bars stand in them. */
export function outcomeOf({ fills, riskPerShare, reason }: FinishedTrade, frames: readonly Frame[], column: number): Outcome {
  const { held, filled, cost, fees, bought, paid } = summed(fills);
  const [first, last] = [fills[0], fills.at(-1)];
  if (first === undefined || last === undefined || held !== 0 || filled === 0) return nothingBought;
  const pnl = cash(-cost - fees);
  const entry = paid / bought;
  const prices = [...livedThrough(frames, column, first.bar, last.bar), ...fills.map(({ price }) => price)];
  const excursion = (distance: number): Excursion => ({ r: distance / riskPerShare, money: cash(Math.round(distance * filled)) });
  return {
    filled,
    pnl,
    fees: cash(fees),
    r: pnl / (filled * riskPerShare),
    favourable: excursion(prices.reduce((most, price) => Math.max(most, price - entry), 0)),
    adverse: excursion(prices.reduce((most, price) => Math.max(most, entry - price), 0)),
    minutes: (last.bar - first.bar) / MINUTE_MS,
    entered: first.bar,
    reason,
  };
}

function summed(fills: readonly Fill[]) {
  const sums = { held: 0, filled: 0, cost: 0, fees: 0, bought: 0, paid: 0 };
  for (const { side, shares, price, fees } of fills) {
    const signed = side === 'buy' ? shares : -shares;
    sums.held += signed;
    sums.filled = Math.max(sums.filled, sums.held);
    sums.cost += signed * price;
    sums.fees += fees;
    if (side === 'buy') sums.bought += shares;
    if (side === 'buy') sums.paid += shares * price;
  }
  return sums;
}

/** Highs and lows strictly between the first and the last bar: of those two a bar does not say what came before the fill, or after it. */
function livedThrough(frames: readonly Frame[], column: number, from: number, to: number): readonly number[] {
  const between = frames.filter(({ start, regular, volume }) => regular && from < start && start < to && (volume[column] ?? -1) >= 0);
  return between.flatMap(({ high, low }) => [high[column] as number, low[column] as number]);
}

/** Several roads that were gone together: positions that one decision was about. */
export function together(outcomes: readonly Outcome[], risk: number): Outcome {
  const sum = (of: (outcome: Outcome) => number): number => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const pnl = cash(sum((outcome) => outcome.pnl));
  const excursion = (of: (outcome: Outcome) => Excursion): Excursion => {
    const money = cash(sum((outcome) => of(outcome).money));
    return { money, r: risk === 0 ? 0 : money / risk };
  };
  return {
    filled: sum(({ filled }) => filled),
    pnl,
    fees: cash(sum(({ fees }) => fees)),
    r: risk === 0 ? 0 : pnl / risk,
    favourable: excursion(({ favourable }) => favourable),
    adverse: excursion(({ adverse }) => adverse),
    minutes: Math.max(0, ...outcomes.map(({ minutes }) => minutes)),
    entered: outcomes.length === 1 ? (outcomes[0]?.entered ?? null) : null,
    reason: outcomes.length === 1 ? (outcomes[0]?.reason ?? null) : null,
  };
}
