import type { Entry } from '#domain/events/event';
import { type HaltReason, haltEnds } from '#domain/risk/stop-level';
import { weekOf } from '#domain/values/session-date';
import type { StateSink } from '#domain/values/symbol-columns';

/** Which halts hold, as the risk manager tells them: the day's loss ends with its day, the week's with its week, the rest when cleared. */
export class Halts {
  readonly #holding = new Set<HaltReason>();
  #week = 0;

  get any(): boolean {
    return this.#holding.size > 0;
  }

  see({ event }: Entry): void {
    switch (event.kind) {
      case 'session_opened': {
        const week = weekOf(event.date);
        this.#end('session');
        if (week !== this.#week) this.#end('week');
        this.#week = week;
        return;
      }
      case 'halt_ordered':
        this.#holding.add(event.reason);
        return;
      case 'stop_cleared':
        return this.#end('cleared');
      default:
        return;
    }
  }

  #end(what: (typeof haltEnds)[HaltReason]): void {
    for (const reason of this.#holding) if (haltEnds[reason] === what) this.#holding.delete(reason);
  }

  hashInto(sink: StateSink): void {
    sink.text(`${this.#week} ${[...this.#holding].join(' ')}`);
  }
}
