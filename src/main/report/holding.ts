import { type LivedBar, outcomeThrough } from '#domain/decisions/outcome';
import type { PhaseName } from '#domain/market/trading-day';
import type { OrderReason, Side } from '#domain/orders/order';
import type { Trade, TradeExcursion, TradeFill, TradeNote, TradePlan } from '#domain/performance/trade';
import { type Cash, cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { SymbolIndex } from '#domain/values/symbol';

/** A fill with the price that it is measured against, in 1e-4; null where there is none. */
type Measured = TradeFill & { readonly against: number | null };

/** With what a holding begins. */
export type Begun = {
  readonly symbol: SymbolIndex;
  readonly intent: number | null;
  /** Sequence of its first fill. */
  readonly sequence: number;
  readonly plan: TradePlan | null;
  readonly decided: Instant;
  readonly minute: number;
  readonly phase: PhaseName | null;
};

/** How it ended, by our book, and by what the house told of it. */
export type Ended = {
  readonly session: SessionDate;
  readonly closing: number;
  readonly shares: number;
  readonly pnl: Cash;
  readonly fees: Cash;
  readonly reason: OrderReason;
  readonly noMarket: boolean;
  /** As the house told it of the same intent; null when it did not. */
  readonly rMultiple: number | null;
};

/** What is known of a trade besides its fills; `id` is its name. */
type Told = {
  readonly id: string;
  readonly favourable: TradeExcursion;
  readonly adverse: TradeExcursion;
  readonly exitSlippage: Cash | null;
};

/** A name from flat to flat. */
export class Holding {
  readonly begun: Begun;
  readonly #fills: Measured[] = [];
  readonly #notes: TradeNote[] = [];
  /** Of earlier sessions: those of this one are still in the book. */
  #lived: LivedBar[] = [];
  #risk: number | null;

  constructor(begun: Begun) {
    this.begun = begun;
    this.#risk = begun.plan === null ? null : Math.abs(begun.plan.limit - begun.plan.stop);
  }

  get opened(): Instant {
    return (this.#fills[0] as Measured).bar;
  }

  /** Start of the minute of its last fill so far. */
  get closed(): Instant {
    return (this.#fills.at(-1) as Measured).bar;
  }

  get #riskPerShare(): number | null {
    return this.#risk === 0 ? null : this.#risk;
  }

  fill(fill: Measured): void {
    this.#fills.push(fill);
  }

  note(note: TradeNote): void {
    this.#notes.push(note);
  }

  /** What it has lived through before the session that begins. */
  live(bars: readonly LivedBar[]): void {
    this.#lived.push(...bars);
  }

  /** All before it is told in the shares of after it. */
  split(ratio: number): void {
    this.#lived = this.#lived.map(({ start, high, low }) => ({ start, high: high / ratio, low: low / ratio }));
    for (const [place, fill] of this.#fills.entries()) {
      const against = fill.against === null ? null : fill.against / ratio;
      this.#fills[place] = { ...fill, shares: fill.shares * ratio, price: fill.price / ratio, against };
    }
    if (this.#risk !== null) this.#risk /= ratio;
  }

  /** `bars` are those of the session in which it ended. */
  tradeOf(ended: Ended, { id, bars }: { readonly id: string; readonly bars: readonly LivedBar[] }): Trade {
    const fills = this.#fills;
    const risk = this.#riskPerShare;
    const lived = [...this.#lived.filter(({ start }) => start > this.opened && start < this.closed), ...bars];
    const { favourable, adverse } = outcomeThrough({ fills, riskPerShare: risk ?? 1, reason: ended.reason }, lived);
    const measured = (way: { readonly r: number; readonly money: Cash }): TradeExcursion => ({
      money: way.money,
      r: risk === null ? null : way.r,
    });
    const exitSlippage = slipped(fills, (fills[0] as Measured).side === 'buy' ? 'sell' : 'buy');
    return this.tradeThrough(ended, { id, favourable: measured(favourable), adverse: measured(adverse), exitSlippage });
  }

  /** The same by what its bars have told, where they are gone. */
  tradeThrough(ended: Ended, { id, favourable, adverse, exitSlippage }: Told): Trade {
    const { begun, closed } = this;
    const fills = this.#fills;
    const side = (fills[0] as Measured).side;
    const risk = this.#riskPerShare;
    const atRisk = risk === null ? null : risk * ended.shares;
    return {
      id,
      intent: begun.intent,
      closing: ended.closing,
      session: ended.session,
      symbol: begun.symbol,
      side,
      plan: begun.plan,
      decided: begun.decided,
      minute: begun.minute,
      phase: begun.phase,
      opened: this.opened,
      closed,
      shares: ended.shares,
      entry: meanPrice(fills.filter((fill) => fill.side === side)),
      exit: meanPrice(fills.filter((fill) => fill.side !== side)),
      risk: atRisk === null ? null : cash(Math.round(atRisk)),
      pnl: ended.pnl,
      fees: ended.fees,
      rMultiple: ended.rMultiple ?? (atRisk === null ? null : ended.pnl / atRisk),
      reason: ended.reason,
      noMarket: ended.noMarket,
      favourable,
      adverse,
      slippage: { entry: slipped(fills, side), exit: exitSlippage },
      notes: this.#notes,
      fills: fills.map(({ side, shares, price, fees, bar, flags }) => ({ side, shares, price, fees, bar, flags })),
    };
  }
}

function meanPrice(fills: readonly TradeFill[]): number {
  let [shares, worth] = [0, 0];
  for (const fill of fills) {
    shares += fill.shares;
    worth += fill.shares * fill.price;
  }
  return worth / shares;
}

/** What the fills of a side cost beyond what they were measured against; null where one of them has no such price. */
function slipped(fills: readonly Measured[], side: Side): Cash | null {
  let cost = 0;
  for (const fill of fills) {
    if (fill.side !== side) continue;
    if (fill.against === null) return null;
    cost += (side === 'buy' ? 1 : -1) * (fill.price - fill.against) * fill.shares;
  }
  return cash(Math.round(cost));
}
