import type { DecisionRecord } from '#domain/decisions/decision-record';
import type { Entry, EventOf } from '#domain/events/event';
import type { Service } from '#domain/events/service';
import type { Settings } from '#domain/settings';
import type { SymbolTable } from '#main/day/symbol-table';
import { AskedDecisions } from '#main/decisions/asked-decisions';
import { DecisionList } from '#main/decisions/decision-list';
import { DroppedDecisions } from '#main/decisions/dropped-decisions';
import { EntryDecisions } from '#main/decisions/entry-decisions';
import { HeldDecisions } from '#main/decisions/held-decisions';
import { KnownNow } from '#main/decisions/known-now';
import { TradedDay } from '#main/decisions/traded-day';

/** Folds a journal into its decisions. What a session decided is handed out once it has closed, or when the journal ends. */
export class DecisionFold {
  readonly #serviceOf: () => Service;
  readonly #known = new KnownNow();
  readonly #day = new TradedDay();
  readonly #list = new DecisionList(this.#known);
  readonly #dropped = new DroppedDecisions(this.#known, this.#list);
  readonly #entries = new EntryDecisions(this.#known, this.#list);
  readonly #asked = new AskedDecisions(this.#known, this.#list, this.#day);
  readonly #held = new HeldDecisions(this.#list, this.#day);

  /** `serviceOf` makes the trading service, by which the roads that were not taken are traded too. */
  constructor(serviceOf: () => Service) {
    this.#serviceOf = serviceOf;
  }

  get symbols(): SymbolTable {
    return this.#known.symbols;
  }

  /** The settings under which it was decided. */
  settingsOf({ stamp }: DecisionRecord): Settings {
    return this.#known.settingsUnder(stamp);
  }

  /** `ends`: whether what a session decided is followed to its ends, or forgotten, because somebody has it already. */
  see(entry: Entry, ends: 'resolves' | 'forgets' = 'resolves'): void {
    const { event } = entry;
    if (ends === 'forgets' && (event.kind === 'session_opened' || event.kind === 'session_closed')) this.#list.forget();
    if (event.kind === 'session_opened') this.#resolve(null);
    if (event.kind === 'session_closed') this.#resolve(event);
    this.#known.see(entry);
    switch (event.kind) {
      case 'session_opened':
        for (const part of [this.#day, this.#dropped, this.#entries, this.#asked, this.#held]) part.begin();
        return;
      case 'parameters_changed':
        return this.#day.say(entry);
      case 'candidates_found':
      case 'catalysts_confirmed':
      case 'indicators_agreed':
      case 'setups_found':
      case 'intents_chosen':
        return this.#dropped.see(entry, event);
      default:
        this.#day.see(entry);
        return this.#decide(entry);
    }
  }

  /** What has been decided and resolved since the last call, in the order of the journal. */
  taken(): readonly DecisionRecord[] {
    return this.#list.taken();
  }

  /** The journal has ended: what is open then stays unresolved. */
  finish(): void {
    this.#resolve(null);
  }

  #decide(entry: Entry): void {
    const { event } = entry;
    switch (event.kind) {
      case 'intent_formed':
        return this.#entries.form(entry, event);
      case 'approval_wanted':
        return this.#asked.want(event);
      case 'intent_approved':
        this.#day.approve(entry, event, this.#known.settings);
        if (!this.#asked.hasAskedOf(event.intent)) this.#entries.approve(entry, event);
        return;
      case 'intent_refused':
        if (!this.#asked.refuseAccepted(entry, event)) this.#entries.refuse(entry, event);
        return;
      case 'answer_given':
        return this.#asked.answer(entry, event);
      case 'question_asked':
        return this.#asked.ask(entry, event);
      case 'question_settled':
        return this.#asked.settle(entry, event);
      case 'request_refused':
        this.#held.refuse(event);
        return this.#asked.refuseAnswer(entry, event);
      case 'loss_warned':
        return this.#held.warn(entry, event);
      case 'halt_ordered':
        return this.#held.halt(entry, event);
      case 'close_requested':
        return this.#held.close(entry, event);
      default:
        return;
    }
  }

  #resolve(closed: EventOf<'session_closed'> | null): void {
    this.#list.resolve(closed, this.#day, this.#serviceOf);
  }
}
