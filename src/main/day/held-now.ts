import { averageCost, type Position } from '#domain/portfolio/book';
import { type Cash, cash } from '#domain/values/cash';
import { type Instant, MINUTE_MS } from '#domain/values/instant';

/** What is held of a name at an instant, for whoever looks at it. Prices in 1e-4. */
export type HeldNow = {
  readonly shares: number;
  readonly entry: number;
  readonly price: number;
  /** Of the shares that are left, before fees. */
  readonly unrealised: Cash;
  readonly minutes: number;
};

/** Whatever was given back since has been made already: it counts neither as paid nor as still to be had. */
export function heldNow(position: Position, at: Instant): HeldNow {
  const { shares, mark, since } = position;
  const paid = averageCost(position);
  return {
    shares,
    entry: Math.round(paid),
    price: mark,
    unrealised: cash(Math.round(shares * (mark - paid))),
    minutes: Math.max(0, Math.floor((at - since) / MINUTE_MS)),
  };
}
