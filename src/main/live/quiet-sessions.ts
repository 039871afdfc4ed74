import type { Entry, EventKind } from '#domain/events/event';

/** After so many sessions in which a stage let nobody through, it is more likely broken than the market quiet. Source: F8. */
const SESSIONS = 3;

/** In the order of the funnel: a stage that has nothing to look at says nothing of itself. */
const stages = [
  ['candidates_found', 'no name moved enough to be looked at: are bars told, and does the universe hold what is traded'],
  ['catalysts_confirmed', 'no headline spoke for any name that moved: is news told'],
  ['setups_found', 'no chart had a setup: look at `catalyst explain`, and at the parameters'],
] as const satisfies readonly (readonly [EventKind, string])[];

/** Sessions in a row in which nothing came through: a strategy that finds nothing looks like one that is right to wait. */
export class QuietSessions {
  readonly #found = new Set<EventKind>();
  #isTraded = false;
  #quiet: EventKind | null = null;
  #count = 0;

  /** A line at the end of the third such session in a row, and of each one after it; null otherwise. */
  see({ event }: Entry): string | null {
    switch (event.kind) {
      case 'session_opened':
        this.#found.clear();
        this.#isTraded = !event.history;
        return null;
      case 'candidates_found':
      case 'catalysts_confirmed':
      case 'setups_found':
        if (event.kept.length > 0) this.#found.add(event.kind);
        return null;
      case 'session_closed':
        // What was missed for want of a process says nothing of the market.
        return this.#isTraded && event.complete ? this.#over() : null;
      default:
        return null;
    }
  }

  #over(): string | null {
    const [quiet, why] = stages.find(([kind]) => !this.#found.has(kind)) ?? [null, ''];
    this.#count = quiet === null ? 0 : quiet === this.#quiet ? this.#count + 1 : 1;
    this.#quiet = quiet;
    return this.#count < SESSIONS ? null : `ALARM    in ${this.#count} sessions in a row ${why}`;
  }
}
