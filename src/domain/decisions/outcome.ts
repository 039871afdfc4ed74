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

type OneFill = Pick<Fill, 'side' | 'fees' | 'bar'> & { readonly shares: number; readonly price: number };

/** A finished trade: its fills oldest first, and what one share had at risk, in 1e-4. */
export type FinishedTrade = { readonly fills: readonly OneFill[]; readonly riskPerShare: number; readonly reason: OrderReason };

/** A minute that a trade may have lived through. */
export type LivedBar = { readonly start: Instant; readonly high: number; readonly low: number };

/** What a trade that is over has made. `frames` are those of its session; `column` is where its bars stand in them. */
export function outcomeOf(trade: FinishedTrade, frames: readonly Frame[], column: number): Outcome {
  const [first, last] = [trade.fills[0], trade.fills.at(-1)];
  return first === undefined || last === undefined
    ? nothingBought
    : outcomeThrough(trade, barsBetween(frames, column, first.bar, last.bar));
}

/** The same of a trade whose minutes are known, over several sessions too: those strictly between its first fill and its last. */
export function outcomeThrough({ fills, riskPerShare, reason }: FinishedTrade, bars: readonly LivedBar[]): Outcome {
  const { held, filled, cost, fees, opened, paid, sign } = summed(fills);
  const [first, last] = [fills[0], fills.at(-1)];
  if (first === undefined || last === undefined || held !== 0 || filled === 0) return nothingBought;
  const pnl = cash(-cost - fees);
  const entry = paid / opened;
  let [highest, lowest] = [entry, entry];
  for (const { high, low } of bars) {
    if (high > highest) highest = high;
    if (low < lowest) lowest = low;
  }
  for (const { price } of fills) {
    if (price > highest) highest = price;
    if (price < lowest) lowest = price;
  }
  const excursion = (distance: number): Excursion => ({ r: distance / riskPerShare, money: cash(Math.round(distance * filled)) });
  return {
    filled,
    pnl,
    fees: cash(fees),
    r: pnl / (filled * riskPerShare),
    favourable: excursion(sign > 0 ? highest - entry : entry - lowest),
    adverse: excursion(sign > 0 ? entry - lowest : highest - entry),
    minutes: (last.bar - first.bar) / MINUTE_MS,
    entered: first.bar,
    reason,
  };
}

function summed(fills: readonly OneFill[]) {
  const opening = fills[0]?.side;
  const sums = { held: 0, filled: 0, cost: 0, fees: 0, opened: 0, paid: 0, sign: opening === 'sell' ? -1 : 1 };
  for (const { side, shares, price, fees } of fills) {
    const signed = side === 'buy' ? shares : -shares;
    sums.held += signed;
    sums.filled = Math.max(sums.filled, Math.abs(sums.held));
    sums.cost += signed * price;
    sums.fees += fees;
    if (side === opening) sums.opened += shares;
    if (side === opening) sums.paid += shares * price;
  }
  return sums;
}

/** Highs and lows strictly between the first and the last bar: of those two a bar does not say what came before the fill, or after it. */
export function barsBetween(frames: readonly Frame[], column: number, from: number, to: number): readonly LivedBar[] {
  const bars: LivedBar[] = [];
  for (let place = firstAfter(frames, from); place < frames.length; place++) {
    const { start, regular, volume, high, low } = frames[place] as Frame;
    if (start >= to) break;
    if (regular && (volume[column] ?? -1) >= 0) bars.push({ start, high: high[column] as number, low: low[column] as number });
  }
  return bars;
}

/** The place of the first of these, which stand in the order of time, that begins after `from`. */
function firstAfter(frames: readonly Frame[], from: number): number {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((frames[middle] as Frame).start > from) high = middle;
    else low = middle + 1;
  }
  return low;
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
