import type { Entry, EventOf } from '#domain/events/event';
import type { AgreedCandidate, Candidate, ConfirmedCandidate, FoundSetup, StageEvent } from '#domain/events/funnel';
import { DAY_MS, type Instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';

/** A headline that is older counts no more. */
const NEWS_KEPT_MS = 14 * DAY_MS;

type Kept<Item> = { readonly item: Item; readonly at: Instant; readonly scan: number };

/** The newest that each stage kept of a name in this session, and when its headlines could be read. */
export class ScanMemory {
  readonly #candidates = new Map<SymbolIndex, Kept<Candidate>>();
  readonly #confirmed = new Map<SymbolIndex, Kept<ConfirmedCandidate>>();
  readonly #agreed = new Map<SymbolIndex, Kept<AgreedCandidate>>();
  readonly #setups = new Map<SymbolIndex, Kept<FoundSetup>>();
  readonly #sentiment = new Map<SymbolIndex, { readonly value: number; readonly availableAt: Instant }>();
  readonly #knownAt = new Map<string, Instant>();
  #scan = 0;

  /** What headlines said is kept over night: it still counts while it fades. */
  open(at: Instant): void {
    for (const [headline, knownAt] of this.#knownAt) if (at - knownAt > NEWS_KEPT_MS) this.#knownAt.delete(headline);
    for (const kept of [this.#candidates, this.#confirmed, this.#agreed, this.#setups]) kept.clear();
    this.#scan = 0;
  }

  headline({ id, knownAt }: EventOf<'headline_published'>): void {
    this.#knownAt.set(id, knownAt);
  }

  catalyst({ at, event }: Entry<'catalyst_detected'>): void {
    this.#sentiment.set(event.symbol, { value: event.sentiment, availableAt: at });
  }

  see({ at, event }: Entry<StageEvent['kind']>): void {
    const { scan } = event;
    this.#scan = scan;
    const keep = <Item extends { readonly symbol: SymbolIndex }>(memory: Map<SymbolIndex, Kept<Item>>, items: readonly Item[]): void => {
      for (const item of items) memory.set(item.symbol, { item, at, scan });
    };
    if (event.kind === 'candidates_found') keep(this.#candidates, event.kept);
    if (event.kind === 'catalysts_confirmed') keep(this.#confirmed, event.kept);
    if (event.kind === 'indicators_agreed') keep(this.#agreed, event.kept);
    if (event.kind === 'setups_found') keep(this.#setups, event.kept);
  }

  /** What the scan that is going on, or was made last, kept of the name. */
  nowOf(symbol: SymbolIndex): {
    readonly candidate: Kept<Candidate> | null;
    readonly confirmed: Kept<ConfirmedCandidate> | null;
    readonly agreed: Kept<AgreedCandidate> | null;
    readonly setup: Kept<FoundSetup> | null;
  } {
    const now = <Item>(memory: Map<SymbolIndex, Kept<Item>>): Kept<Item> | null => {
      const kept = memory.get(symbol);
      return kept?.scan === this.#scan ? kept : null;
    };
    return { candidate: now(this.#candidates), confirmed: now(this.#confirmed), agreed: now(this.#agreed), setup: now(this.#setups) };
  }

  /** The levels around the name when a scan last looked at it today. */
  levelsOf(symbol: SymbolIndex): Kept<AgreedCandidate> | null {
    return this.#agreed.get(symbol) ?? null;
  }

  sentimentOf(symbol: SymbolIndex): { readonly value: number; readonly availableAt: Instant } | null {
    return this.#sentiment.get(symbol) ?? null;
  }

  knownAt(headline: string): Instant | null {
    return this.#knownAt.get(headline) ?? null;
  }
}
