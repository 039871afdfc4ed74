import type { Snapshot } from '#domain/decisions/decision-record';
import type { Entry, EventOf } from '#domain/events/event';
import type { Intent } from '#domain/orders/intent';
import type { DecisionList } from '#main/decisions/decision-list';
import type { KnownNow } from '#main/decisions/known-now';
import { enteringRoad } from '#main/decisions/plan-of-shadow';
import { notEntering, roadPlan } from '#main/decisions/road-plan';

/** The intents that the rules alone approve or refuse, with what was known when each was formed. */
export class EntryDecisions {
  readonly #known: KnownNow;
  readonly #list: DecisionList;
  readonly #formed = new Map<number, { readonly intent: Intent; readonly snapshot: Snapshot }>();

  constructor(known: KnownNow, list: DecisionList) {
    this.#known = known;
    this.#list = list;
  }

  begin(): void {
    this.#formed.clear();
  }

  form({ sequence, at }: Entry, { intent }: EventOf<'intent_formed'>): void {
    this.#formed.set(sequence, { intent, snapshot: this.#known.snapshot(intent.symbol, at) });
  }

  approve(entry: Entry, { intent, order, stamp }: EventOf<'intent_approved'>): void {
    const snapshot = this.#formed.get(intent)?.snapshot;
    this.#list.add(entry, {
      kind: 'entry',
      symbol: order.symbol,
      intent,
      stamp,
      ...(snapshot && { snapshot }),
      cause: { kind: 'approved' },
      recommended: 'enter',
      chosen: 'enter',
      roads: [roadPlan('enter', [{ kind: 'real', intent }]), notEntering],
    });
  }

  refuse(entry: Entry, { intent, symbol, refusals, shares, stamp }: EventOf<'intent_refused'>): void {
    const formed = this.#formed.get(intent);
    const terms = this.#known.terms(entry);
    this.#list.add(entry, {
      kind: 'entry',
      symbol,
      intent,
      stamp,
      ...(formed && { snapshot: formed.snapshot }),
      cause: { kind: 'refused', refusals },
      recommended: 'decline',
      chosen: 'decline',
      roads: [notEntering, formed === undefined ? roadPlan('enter', null) : enteringRoad(formed.intent, shares, intent, terms)],
    });
  }
}
