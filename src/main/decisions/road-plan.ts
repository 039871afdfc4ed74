import { type BarrierLabel, barrierLabel } from '#domain/decisions/barrier-label';
import type { Road } from '#domain/decisions/judgement';
import { nothingBought, type Outcome, outcomeOf, together } from '#domain/decisions/outcome';
import type { Fill } from '#domain/events/account';
import type { SettingsStamp } from '#domain/events/decision';
import type { Frame } from '#domain/events/frame';
import type { OrderReason } from '#domain/orders/order';
import type { Approved, SizedIntent } from '#domain/risk/approval';
import type { Choice } from '#domain/session/question';
import type { Settings } from '#domain/settings';
import type { Instant } from '#domain/values/instant';
import { MINUTE_MS } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import { type ShadowPlan, type ShadowSession, shadowTrade, type Told } from '#simulation/shadow/shadow-trade';

/** An order that was really approved, and what the journal tells of it so far. */
export type RealTrade = {
  readonly intent: number;
  readonly order: Approved<SizedIntent>;
  readonly at: Instant;
  readonly sequence: number;
  readonly settings: Settings;
  readonly stamp: SettingsStamp;
  readonly fills: Fill[];
  reason: OrderReason | null;
};

/** A piece of a road: a trade as it went, or the shadow of one. */
export type RoadPart = { readonly kind: 'real'; readonly intent: number } | { readonly kind: 'shadow'; readonly plan: ShadowPlan };

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

type Piece = { readonly outcome: Outcome; readonly risk: number; readonly barrier: BarrierLabel | null };

/** What the market said of a name, as its shadow hears it. */
export type MarketFact = Told & { readonly symbol: SymbolIndex };

type Resolution = {
  readonly session: ShadowSession | null;
  readonly frames: readonly Frame[];
  readonly trades: ReadonlyMap<number, RealTrade>;
  readonly facts: readonly MarketFact[];
};

/** Follows roads to their ends over the bars of a session that has closed; null in its place for one that has not. */
export class RoadResolver {
  readonly #session: ShadowSession | null;
  readonly #frames: readonly Frame[];
  readonly #trades: ReadonlyMap<number, RealTrade>;
  readonly #facts: readonly MarketFact[];

  constructor({ session, frames, trades, facts }: Resolution) {
    this.#session = session;
    this.#frames = frames;
    this.#trades = trades;
    this.#facts = facts;
  }

  roadOf({ choice, parts, shares, sizedAlone }: RoadPlan): Road {
    const pieces = parts?.map((part) => (part.kind === 'real' ? this.#real(part.intent) : this.#shadow(part.plan))) ?? [null];
    const known = pieces.filter((piece) => piece !== null);
    const outcome = known.length < pieces.length ? null : outcomeOfAll(known);
    return { choice, outcome, shares, sizedAlone, barrier: known.length === 1 ? (known[0]?.barrier ?? null) : null };
  }

  /** An approval that never filled made nothing; one that the journal leaves open is not known. */
  #real(intent: number): Piece | null {
    const trade = this.#trades.get(intent);
    if (trade === undefined) return { outcome: nothingBought, risk: 0, barrier: null };
    if (trade.fills.length === 0 && this.#session !== null) return { outcome: nothingBought, risk: 0, barrier: null };
    if (trade.reason === null) return null;
    return this.#piece(trade.order, { fills: trade.fills, reason: trade.reason }, trade.order.symbol);
  }

  /** What the market said of the name is no part of anybody's choice: every shadow hears it. */
  #heard({ symbol, told }: ShadowPlan): readonly Told[] {
    const facts = this.#facts.filter((fact) => fact.symbol === symbol);
    return facts.length === 0 ? told : [...facts, ...told].sort((one, other) => one.at - other.at);
  }

  #shadow(plan: ShadowPlan): Piece | null {
    const session = this.#session;
    if (session === null) return null;
    const after = session.frames.some(({ start, volume }) => start + MINUTE_MS > plan.at && (volume[plan.symbol] ?? -1) >= 0);
    if (!after) return null;
    const { fills, reason } = shadowTrade({ ...plan, told: this.#heard(plan) }, session);
    if (fills.length === 0) return { outcome: nothingBought, risk: 0, barrier: null };
    return reason === null ? null : this.#piece(plan.order, { fills, reason }, plan.symbol);
  }

  #piece(order: SizedIntent, { fills, reason }: { fills: readonly Fill[]; reason: OrderReason }, column: number): Piece {
    const riskPerShare = order.limit - order.stop;
    const outcome = outcomeOf({ fills, riskPerShare, reason }, this.#frames, column);
    return { outcome, risk: riskPerShare * outcome.filled, barrier: this.#barrier(order, outcome.entered, column) };
  }

  /** That neither barrier was met is known only when the bars reach to the close. */
  #barrier({ stop, target }: SizedIntent, entered: Instant | null, column: number): BarrierLabel | null {
    if (entered === null) return null;
    const label = barrierLabel({ entered, stop, target, column }, this.#frames);
    return label === 0 && this.#session?.closed.complete !== true ? null : label;
  }
}

function outcomeOfAll(pieces: readonly Piece[]): Outcome {
  const [only] = pieces;
  if (only === undefined) return nothingBought;
  if (pieces.length === 1) return only.outcome;
  return together(
    pieces.map(({ outcome }) => outcome),
    pieces.reduce((sum, { risk }) => sum + risk, 0),
  );
}
