import type { Entry, EventOf } from '#domain/events/event';
import type { SizedIntent } from '#domain/risk/approval';
import type { Choice, Question } from '#domain/session/question';
import type { Instant } from '#domain/values/instant';
import type { DecisionList } from '#main/decisions/decision-list';
import { lossRoad, otherRoad, realRoad } from '#main/decisions/held-roads';
import type { KnownNow } from '#main/decisions/known-now';
import type { OpenDecision } from '#main/decisions/open-decision';
import { enteringRoad } from '#main/decisions/plan-of-shadow';
import { notEntering, type RoadPlan, roadPlan } from '#main/decisions/road-plan';
import type { HeldTrade, TradedDay } from '#main/decisions/traded-day';

type Asked = { readonly question: Question; readonly decision: OpenDecision; readonly held: readonly HeldTrade[] };

/** What a person was asked, what was answered, and what the other options would have come to. */
export class AskedDecisions {
  readonly #known: KnownNow;
  readonly #list: DecisionList;
  readonly #day: TradedDay;
  readonly #asked = new Map<number, Asked>();
  readonly #wanted = new Map<number, SizedIntent>();

  constructor(known: KnownNow, list: DecisionList, day: TradedDay) {
    this.#known = known;
    this.#list = list;
    this.#day = day;
  }

  open(): void {
    this.#asked.clear();
    this.#wanted.clear();
  }

  /** Whether somebody was asked whether to enter it. */
  hasAskedOf(intent: number): boolean {
    return [...this.#asked.values()].some(({ question }) => question.subject === 'entry' && question.intent === intent);
  }

  want({ intent, order }: EventOf<'approval_wanted'>): void {
    this.#wanted.set(intent, order);
  }

  ask(entry: Entry, { question, stamp }: EventOf<'question_asked'>): void {
    const { subject, intent, symbol, deadline, terms, recommended, options } = question;
    const held = subject === 'entry' ? [] : this.#day.heldIn(this.#known.book, subject === 'time_stop' ? symbol : null);
    const decision = this.#list.add(entry, {
      kind: subject,
      symbol,
      intent: intent === 0 ? null : intent,
      stamp,
      cause: { kind: 'asked', deadline, terms, settlement: null },
      recommended,
      chosen: null,
      roads: options.map(({ choice }) => (choice === 'decline' ? notEntering : roadPlan(choice, null))),
    });
    // The warning of the same instant is what is asked about: one decision, not two.
    if (subject === 'loss_warning')
      this.#list.takeBack(({ kind, cause, at }) => kind === subject && cause.kind === 'warned' && at === entry.at);
    this.#asked.set(entry.sequence, { question, decision, held });
  }

  refuse({ at }: Entry, { by, fault, subject, detail }: EventOf<'request_refused'>): void {
    this.#asked.get(subject)?.decision.refusedAnswers.push({ at, by, fault, detail });
  }

  settle(entry: Entry, settled: EventOf<'question_settled'>): void {
    const asked = this.#asked.get(settled.question);
    if (settled.subject !== 'entry') this.#day.say(entry, settled.intent === 0 ? {} : { intent: settled.intent });
    if (asked === undefined) return;
    const { decision, question } = asked;
    const { deadline, terms, options } = question;
    const { choice, settlement, override, by, because, code } = settled;
    decision.chosen = choice;
    decision.override = override;
    decision.chosenBy = { by: by === '' ? 'rules' : by, at: entry.at, because, code };
    decision.cause = { kind: 'asked', deadline, terms, settlement };
    decision.roads = options.map((option) => this.#road(option.choice, asked, settled, entry));
  }

  #road(choice: Choice, asked: Asked, settled: EventOf<'question_settled'>, { at }: Entry): RoadPlan {
    const { question, held, decision } = asked;
    if (choice === 'decline') return notEntering;
    if (choice === 'enter') return this.#entering(question, settled, at);
    if (choice === settled.choice) return realRoad(choice, held);
    if (question.subject !== 'time_stop') return lossRoad(choice, held, at);
    // Kept: the rule is told to let it be. Closed: the rule's own clock does it.
    return otherRoad(choice, held, () => (choice === 'keep' ? [{ at: decision.at, event: { ...settled, choice, override: true } }] : []));
  }

  #entering({ intent }: Question, settled: EventOf<'question_settled'>, at: Instant): RoadPlan {
    if (settled.choice === 'enter') return roadPlan('enter', [{ kind: 'real', intent }]);
    const order = this.#wanted.get(intent);
    return order === undefined ? roadPlan('enter', null) : enteringRoad(order, order.shares, intent, this.#known.terms(at));
  }
}
