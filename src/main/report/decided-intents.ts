import type { Entry, EventOf } from '#domain/events/event';
import type { AgreedCandidate, ConfirmedCandidate } from '#domain/events/funnel';
import type { Intent } from '#domain/orders/intent';
import type { SpokenFor, TradePlan } from '#domain/performance/trade';
import type { SizedIntent } from '#domain/risk/approval';
import { DAY_MS, type Instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';

/** A headline that is older speaks for nothing any more. */
const NEWS_KEPT_MS = 14 * DAY_MS;

/** An intent with what was known when it was formed. */
export type DecidedIntent = { readonly at: Instant; readonly plan: TradePlan };

/** What the scans and headlines said of the names that were wanted, and what became of the wanting. */
export class DecidedIntents {
  readonly #headlines = new Map<string, SpokenFor>();
  readonly #confirmed = new Map<SymbolIndex, ConfirmedCandidate>();
  readonly #agreed = new Map<SymbolIndex, AgreedCandidate>();
  readonly #formed = new Map<number, DecidedIntent>();

  /** A trade that goes on has taken its plan with it. */
  open(at: Instant): void {
    for (const [id, { knownAt }] of this.#headlines) if (at - knownAt > NEWS_KEPT_MS) this.#headlines.delete(id);
    for (const kept of [this.#confirmed, this.#agreed, this.#formed]) kept.clear();
  }

  headline({ id, source, text, knownAt }: EventOf<'headline_published'>): void {
    this.#headlines.set(id, { id, source, text, knownAt });
  }

  confirm({ kept }: EventOf<'catalysts_confirmed'>): void {
    for (const one of kept) this.#confirmed.set(one.symbol, one);
  }

  agree({ kept }: EventOf<'indicators_agreed'>): void {
    for (const one of kept) this.#agreed.set(one.symbol, one);
  }

  form({ sequence, at, event: { intent } }: Entry<'intent_formed'>): void {
    this.#formed.set(sequence, { at, plan: this.#planOf(intent) });
  }

  /** The stop, and whatever else the review has settled. */
  approve(intent: number, { stop, limit, target }: SizedIntent): void {
    const formed = this.#formed.get(intent);
    if (formed !== undefined) this.#formed.set(intent, { ...formed, plan: { ...formed.plan, stop, limit, target } });
  }

  of(intent: number): DecidedIntent | null {
    return this.#formed.get(intent) ?? null;
  }

  #planOf({ symbol, limit, target, pattern, confidence }: Intent): TradePlan {
    const confirmed = this.#confirmed.get(symbol);
    return {
      pattern,
      catalyst: confirmed?.catalyst ?? 'other_news',
      confidence,
      price: this.#agreed.get(symbol)?.close ?? null,
      limit,
      stop: limit,
      target,
      headline: confirmed === undefined ? null : (this.#headlines.get(confirmed.headline) ?? null),
    };
  }
}
