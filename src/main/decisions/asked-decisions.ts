import type { Entry, EventOf } from '#domain/events/event';
import type { SizedIntent } from '#domain/risk/approval';
import type { Choice, Question } from '#domain/session/question';
import type { DecisionList } from '#main/decisions/decision-list';
import { lossRoad, otherRoad } from '#main/decisions/held-roads';
import type { KnownNow } from '#main/decisions/known-now';
import type { OpenDecision } from '#main/decisions/open-decision';
import { enteringRoad } from '#main/decisions/plan-of-shadow';
import { notEntering, type RoadPlan, realRoad, roadPlan } from '#main/decisions/road-plan';
import type { RealTrade, TradedDay } from '#main/decisions/traded-day';

type Asked = { readonly question: Question; readonly decision: OpenDecision; readonly held: readonly RealTrade[] };

/** What a person was asked, what was answered, and what the other options would have come to. */
export class AskedDecisions {
  readonly #known: KnownNow;
  readonly #list: DecisionList;
  readonly #day: TradedDay;
  readonly #asked = new Map<number, Asked>();
  readonly #askedOf = new Map<number, Asked>();
  readonly #wanted = new Map<number, SizedIntent>();
  /** By the requests that they came with. */
  readonly #answers = new Map<number, EventOf<'answer_given'>>();

  constructor(known: KnownNow, list: DecisionList, day: TradedDay) {
    this.#known = known;
    this.#list = list;
    this.#day = day;
  }

  begin(): void {
    for (const memory of [this.#asked, this.#askedOf, this.#wanted, this.#answers]) memory.clear();
  }

  /** Whether somebody was asked whether to enter it. */
  hasAskedOf(intent: number): boolean {
    return this.#askedOf.has(intent);
  }

  want({ intent, order }: EventOf<'approval_wanted'>): void {
    this.#wanted.set(intent, order);
  }

  ask(entry: Entry, { question, stamp }: EventOf<'question_asked'>): void {
    const { subject, intent, symbol, recommended, options } = question;
    const decision = this.#list.add(entry, {
      kind: subject,
      symbol,
      intent: intent === 0 ? null : intent,
      stamp,
      cause: causeOf(question, null),
      recommended,
      chosen: null,
      roads: options.map(({ choice }) => (choice === 'decline' ? notEntering : roadPlan(choice, null))),
    });
    // The warning of the same instant is what is asked about: one decision, not two.
    if (subject === 'loss_warning')
      this.#list.takeBack(({ kind, cause, at }) => kind === subject && cause.kind === 'warned' && at === entry.at);
    const asked: Asked = { question, decision, held: this.#heldFor(question) };
    this.#asked.set(entry.sequence, asked);
    if (subject === 'entry') this.#askedOf.set(intent, asked);
  }

  answer({ cause }: Entry, answer: EventOf<'answer_given'>): void {
    this.#answers.set(cause, answer);
  }

  refuseAnswer({ at }: Entry, { request, by, fault, subject, detail }: EventOf<'request_refused'>): void {
    const answer = this.#answers.get(request);
    const told = { at, by, choice: answer?.choice ?? null, because: answer?.because ?? '', fault, detail };
    this.#asked.get(subject)?.decision.refusedAnswers.push(told);
  }

  settle(entry: Entry, settled: EventOf<'question_settled'>): void {
    const asked = this.#asked.get(settled.question);
    if (settled.subject !== 'entry') this.#day.say(entry, settled.intent === 0 ? null : settled.intent);
    if (asked === undefined) return;
    const { decision, question } = asked;
    const { choice, override, by, because, code } = settled;
    decision.chosen = choice;
    decision.override = override;
    decision.chosenBy = { by: by === '' ? 'rules' : by, at: entry.at, because, code };
    decision.cause = causeOf(question, settled);
    decision.roads = question.options.map((option) => this.#road(option.choice, asked, settled, entry));
  }

  /** Somebody accepted it, and the rules then refused it: one decision with both. Says whether it was such a one. */
  refuseAccepted(entry: Entry, { intent, refusals }: EventOf<'intent_refused'>): boolean {
    const asked = this.#askedOf.get(intent);
    if (asked === undefined || asked.decision.cause.kind !== 'asked') return false;
    const { decision, question } = asked;
    decision.cause = { ...asked.decision.cause, acceptedBy: decision.chosenBy, refusals };
    decision.chosen = 'decline';
    decision.chosenBy = { by: 'rules', at: entry.at, because: '', code: null };
    decision.roads = [this.#entering(question, entry), notEntering];
    return true;
  }

  #heldFor({ subject, intent }: Question): readonly RealTrade[] {
    if (subject === 'entry') return [];
    return subject === 'time_stop' ? this.#day.open.filter((trade) => trade.intent === intent) : this.#day.open;
  }

  #road(choice: Choice, { question, held, decision }: Asked, settled: EventOf<'question_settled'>, entry: Entry): RoadPlan {
    const { at, sequence: unless } = entry;
    if (choice === 'decline') return notEntering;
    if (choice === 'enter')
      return settled.choice === 'enter' ? roadPlan('enter', [{ kind: 'real', intent: question.intent }]) : this.#entering(question, entry);
    if (choice === settled.choice) return realRoad(choice, held);
    if (question.subject !== 'time_stop') return lossRoad(choice, held, { at, unless });
    // Kept: the rule is told to let it be. Closed: the rule's own clock does it.
    const kept = { at: decision.at, event: { ...settled, choice, override: true } };
    return otherRoad(choice, held, { unless, said: choice === 'keep' ? [kept] : [] });
  }

  /** In exactly the shares that were shown. */
  #entering({ intent }: Question, entry: Entry): RoadPlan {
    const order = this.#wanted.get(intent);
    return order === undefined ? roadPlan('enter', null) : enteringRoad(order, order.shares, intent, this.#known.terms(entry));
  }
}

const causeOf = ({ deadline, terms }: Question, settled: EventOf<'question_settled'> | null) =>
  ({ kind: 'asked', deadline, terms, settlement: settled?.settlement ?? null, acceptedBy: null, refusals: [] }) as const;
