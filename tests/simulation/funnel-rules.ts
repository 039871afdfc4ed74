import type { Event, EventOf } from '#domain/events/event';
import type { StageEvent } from '#domain/events/funnel';

/** The funnel judges everybody once: what a stage looks at is what the one before it kept, and each is kept or dropped with a reason. */
export class FunnelRules {
  #listed = 0;
  #session: EventOf<'session_opened'> | null = null;
  #members: ReadonlySet<number> | null = null;
  /** Kept by the stage before, in this scan. */
  #before: ReadonlySet<number> = new Set();

  /** The rule that this event breaks; null when it breaks none. */
  broken(event: Event): string | null {
    switch (event.kind) {
      case 'session_opened':
        this.#listed += event.listed.length;
        this.#session = event;
        this.#members = null;
        return null;
      case 'universe_selected':
        return this.#selected(event);
      case 'candidates_found':
      case 'catalysts_confirmed':
      case 'indicators_agreed':
      case 'setups_found':
      case 'intents_chosen':
        return this.#judged(event);
      default:
        return null;
    }
  }

  #selected({ size, dropped }: EventOf<'universe_selected'>): string | null {
    if (this.#session?.history !== false || this.#members !== null) return 'the universe is selected once in each session that is traded';
    const out = new Set(dropped.symbols);
    this.#members = new Set(Array.from({ length: this.#listed }, (_, s) => s).filter((s) => !out.has(s)));
    if (out.size !== dropped.symbols.length) return 'nobody is out of the universe twice';
    if (this.#members.size !== size) return `the universe has ${size} names, ${this.#members.size} are not dropped`;
    return reasonless(dropped);
  }

  #judged(event: StageEvent): string | null {
    const kept = event.kept.map(({ symbol }) => symbol as number);
    const considered = [...kept, ...event.dropped.symbols];
    const due = event.kind === 'candidates_found' ? this.#members : this.#before;
    this.#before = new Set(kept);
    const where = `${event.kind} of scan ${event.scan}`;
    if (due === null) return `${where} comes before the universe`;
    if (new Set(considered).size !== considered.length) return `${where} has a name twice`;
    if (considered.length !== due.size || considered.some((symbol) => !due.has(symbol))) return `${where} judges others than it was given`;
    return reasonless(event.dropped);
  }
}

const reasonless = ({ symbols, reasons }: EventOf<'universe_selected'>['dropped']): string | null =>
  reasons.length === symbols.length && reasons.every((reason) => reason > 0) ? null : 'somebody is dropped without a reason';
