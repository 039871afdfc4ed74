import type { DecisionRecord } from '#domain/decisions/decision-record';
import { judge } from '#domain/decisions/judgement';
import type { Entry, EventOf } from '#domain/events/event';
import type { Service } from '#domain/events/service';
import type { KnownNow } from '#main/decisions/known-now';
import type { NewDecision, OpenDecision } from '#main/decisions/open-decision';
import { RoadResolver } from '#main/decisions/road-resolver';
import type { TradedDay } from '#main/decisions/traded-day';

const unsettled = { grade: 'unresolved', advantage: null, avoidedLoss: null, missedGain: null } as const;

/** The decisions of a session in the order of the journal: made one by one, judged together when it has closed. */
export class DecisionList {
  readonly #known: KnownNow;
  #open: OpenDecision[] = [];
  #done: DecisionRecord[] = [];

  constructor(known: KnownNow) {
    this.#known = known;
  }

  add({ sequence, at }: Entry, made: NewDecision): OpenDecision {
    const { kind, symbol, cause, recommended, chosen } = made;
    const decision: OpenDecision = {
      sequence,
      at,
      id: made.id ?? String(sequence),
      minute: this.#known.minuteAt(at),
      kind,
      symbol,
      intent: made.intent ?? null,
      stamp: made.stamp ?? this.#known.stamp,
      snapshot: made.snapshot ?? this.#known.snapshot(symbol, at),
      cause,
      recommended,
      chosen,
      chosenBy: chosen === null ? null : { by: 'rules', at, because: '', code: null },
      override: false,
      refusedAnswers: [],
      repeats: 0,
      roads: made.roads ?? [],
    };
    this.#open.push(decision);
    return decision;
  }

  /** Takes back those that turn out to be a part of another one. */
  takeBack(isPart: (decision: OpenDecision) => boolean): void {
    this.#open = this.#open.filter((decision) => !isPart(decision));
  }

  /** Whoever asks for decisions has those of this session. */
  forget(): void {
    this.#open = [];
  }

  /** Follows all roads to their ends; `closed` is null when the journal ends, or goes on, without the end of the session. */
  resolve(closed: EventOf<'session_closed'> | null, day: TradedDay, serviceOf: () => Service): void {
    const { opened, frames } = this.#known;
    if (opened === null || this.#open.length === 0) return;
    const session = closed === null ? null : { opened, closed, frames, serviceOf };
    const resolver = new RoadResolver({ session, frames, day });
    for (const { roads: plans, ...decision } of this.#open) {
      const roads = plans.map((plan) => resolver.roadOf(plan));
      const { chosen, recommended } = decision;
      const judgement = chosen === null ? unsettled : judge({ chosen, recommended, roads });
      this.#done.push({ ...decision, session: opened.date, roads, judgement });
    }
    this.#open = [];
  }

  /** What has been resolved since the last call. */
  taken(): readonly DecisionRecord[] {
    const done = this.#done;
    this.#done = [];
    return done;
  }
}
