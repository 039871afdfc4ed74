import { type BarrierLabel, barrierLabel } from '#domain/decisions/barrier-label';
import type { Road } from '#domain/decisions/judgement';
import { nothingBought, type Outcome, outcomeOf, together } from '#domain/decisions/outcome';
import type { Fill } from '#domain/events/account';
import type { Frame } from '#domain/events/frame';
import type { OrderReason } from '#domain/orders/order';
import type { SizedIntent } from '#domain/risk/approval';
import { MINUTE_MS } from '#domain/values/instant';
import type { RoadPlan, ShadowPart } from '#main/decisions/road-plan';
import { isOpen, type TradedDay, type Word } from '#main/decisions/traded-day';
import { type ShadowPlan, type ShadowSession, shadowTrade } from '#simulation/shadow/shadow-trade';

type Piece = { readonly outcome: Outcome; readonly risk: number; readonly barrier: BarrierLabel | null };

const nothing: Piece = { outcome: nothingBought, risk: 0, barrier: null };

type Resolution = { readonly session: ShadowSession | null; readonly frames: readonly Frame[]; readonly day: TradedDay };

/** Follows roads to their ends over the bars of a session that has closed; null in its place for one that has not. */
export class RoadResolver {
  readonly #session: ShadowSession | null;
  readonly #frames: readonly Frame[];
  readonly #day: TradedDay;

  constructor({ session, frames, day }: Resolution) {
    this.#session = session;
    this.#frames = frames;
    this.#day = day;
  }

  roadOf({ choice, parts, shares, sizedAlone }: RoadPlan): Road {
    const pieces = parts?.map((part) => (part.kind === 'real' ? this.#real(part.intent) : this.#shadow(part))) ?? [null];
    const known = pieces.filter((piece) => piece !== null);
    const outcome = known.length < pieces.length ? null : outcomeOfAll(known);
    return { choice, outcome, shares, sizedAlone, barrier: known.length === 1 ? (known[0]?.barrier ?? null) : null };
  }

  /** An approval that never filled made nothing; one that the journal leaves open is not known. */
  #real(intent: number): Piece | null {
    const trade = this.#day.trades.get(intent);
    if (trade === undefined || (trade.fills.length === 0 && trade.reason === null))
      return this.#session !== null || (trade !== undefined && !isOpen(trade)) ? nothing : null;
    if (trade.reason === null) return null;
    return this.#piece(trade.order, { fills: trade.fills, reason: trade.reason }, trade.order.symbol);
  }

  #shadow(part: ShadowPart): Piece | null {
    const session = this.#session;
    const { order, symbol, at } = part.order;
    if (session === null) return null;
    const after = session.frames.some(({ start, volume }) => start + MINUTE_MS > at && (volume[symbol] ?? -1) >= 0);
    if (!after) return null;
    const { fills, reason } = shadowTrade({ ...part.order, ...heardBy(part, this.#day.words) }, session);
    if (fills.length === 0) return nothing;
    return reason === null ? null : this.#piece(order, { fills, reason }, symbol);
  }

  #piece(order: SizedIntent, { fills, reason }: { fills: readonly Fill[]; reason: OrderReason }, column: number): Piece {
    const riskPerShare = order.limit - order.stop;
    const outcome = outcomeOf({ fills, riskPerShare, reason }, this.#frames, column);
    return { outcome, risk: riskPerShare * outcome.filled, barrier: this.#barrier(order, outcome, column) };
  }

  /** That neither barrier was met is known only when the bars reach to the close. */
  #barrier({ stop, target }: SizedIntent, { entered, minutes, reason }: Outcome, column: number): BarrierLabel | null {
    if (entered === null) return null;
    const stoppedAtOnce = minutes === 0 && reason === 'protective_stop';
    const label = barrierLabel({ entered, stop, target, column, stoppedAtOnce }, this.#frames);
    return label === 0 && this.#session?.closed.complete !== true ? null : label;
  }
}

/**
 * A shadow is one more position of that day: it hears what the market says of its name, what is said to everything that is
 * held, and what is said to the trade whose other life it is; but not the one word that its road is without.
 */
function heardBy({ order, since, trade, unless, said }: ShadowPart, words: readonly Word[]): Pick<ShadowPlan, 'standing' | 'told'> {
  const concerns = ({ symbol, intent, sequence }: Word): boolean =>
    (symbol ?? order.symbol) === order.symbol && (intent ?? trade) === trade && sequence !== unless;
  const isEarlier = ({ sequence, at }: Word): boolean => sequence < since || at < order.at;
  const heard = words.filter(concerns);
  return {
    standing: heard.filter((word) => word.symbol !== null && isEarlier(word)).map(({ event }) => event),
    told: [...heard.filter((word) => !isEarlier(word)), ...said].sort((one, other) => one.at - other.at),
  };
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
