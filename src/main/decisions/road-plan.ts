import type { Choice } from '#domain/session/question';
import type { RealTrade } from '#main/decisions/traded-day';
import type { ShadowOrder, Told } from '#simulation/shadow/shadow-trade';

/** An order that was not sent, or not left as it was, and what is said to it in place of what was. */
export type ShadowPart = {
  readonly kind: 'shadow';
  readonly order: ShadowOrder;
  /** The entry of the journal at which it is sent: what was said later reaches it. */
  readonly since: number;
  /** The intent of the trade that it is another life of; null for an entry that was never made. */
  readonly trade: number | null;
  /** The entry of the journal that this shadow is not told, since it stands for the other choice. */
  readonly unless: number | null;
  readonly said: readonly Told[];
};

/** A piece of a road: a trade as it went, or the shadow of one. */
export type RoadPart = { readonly kind: 'real'; readonly intent: number } | ShadowPart;

/** How the outcome of a road is to be found once its session is over; `parts` is null when it can never be. */
export type RoadPlan = {
  readonly choice: Choice;
  readonly parts: readonly RoadPart[] | null;
  readonly shares: number | null;
  readonly sizedAlone: boolean;
};

export const roadPlan = (choice: Choice, parts: readonly RoadPart[] | null): RoadPlan => ({
  choice,
  parts,
  shares: null,
  sizedAlone: false,
});

/** The road on which nothing is bought and nothing changes hands. */
export const notEntering: RoadPlan = roadPlan('decline', []);

/** The road that the trades really went. */
export const realRoad = (choice: Choice, trades: readonly RealTrade[]): RoadPlan =>
  roadPlan(
    choice,
    trades.map(({ intent }) => ({ kind: 'real', intent })),
  );
