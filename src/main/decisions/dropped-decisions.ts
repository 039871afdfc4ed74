import type { Entry } from '#domain/events/event';
import { type DropReason, dropReasonsOf, type StageEvent } from '#domain/events/funnel';
import { intentOf } from '#domain/orders/intent';
import type { SymbolIndex } from '#domain/values/symbol';
import type { DecisionList } from '#main/decisions/decision-list';
import type { KnownNow } from '#main/decisions/known-now';
import type { OpenDecision } from '#main/decisions/open-decision';
import { enteringRoad, plainIntent } from '#main/decisions/plan-of-shadow';
import { notEntering, type RoadPlan, roadPlan } from '#main/decisions/road-plan';

type Dropped = { readonly stage: StageEvent['kind']; readonly symbol: SymbolIndex; readonly reasons: readonly DropReason[] };

/** The names that a stage of the funnel lets go: one decision for a name, a stage and a set of reasons a session. */
export class DroppedDecisions {
  readonly #known: KnownNow;
  readonly #list: DecisionList;
  readonly #made = new Map<string, OpenDecision>();

  constructor(known: KnownNow, list: DecisionList) {
    this.#known = known;
    this.#list = list;
  }

  begin(): void {
    this.#made.clear();
  }

  see(entry: Entry, { kind: stage, dropped }: StageEvent): void {
    for (const [place, symbol] of dropped.symbols.entries()) {
      const mask = dropped.reasons[place] ?? 0;
      const key = `${symbol} ${stage} ${mask}`;
      const again = this.#made.get(key);
      if (again !== undefined) again.repeats++;
      else this.#made.set(key, this.#add(entry, { stage, symbol: symbol as SymbolIndex, reasons: dropReasonsOf(mask) }));
    }
  }

  #add(entry: Entry, { stage, symbol, reasons }: Dropped): OpenDecision {
    return this.#list.add(entry, {
      id: `${entry.sequence}-${this.#known.symbols.nameOf(symbol)}`,
      kind: 'candidate',
      symbol,
      cause: { kind: 'dropped', stage, reasons },
      recommended: 'decline',
      chosen: 'decline',
      roads: [notEntering, this.#entering(entry, symbol)],
    });
  }

  #entering(entry: Entry, symbol: SymbolIndex): RoadPlan {
    const { sequence } = entry;
    const terms = this.#known.terms(entry);
    const setup = this.#known.setupOf(symbol);
    if (setup !== null) return enteringRoad(intentOf(setup, terms.settings.limits), null, sequence, terms);
    const bare = this.#known.bareOf(symbol);
    return bare === null ? roadPlan('enter', null) : enteringRoad(plainIntent(symbol, bare, terms), null, sequence, terms);
  }
}
