import type { Entry } from '#domain/events/event';
import type { HaltReason } from '#domain/risk/stop-level';
import { dayOf } from '#domain/values/session-date';
import type { StateSink } from '#domain/values/symbol-columns';

/** 1970-01-01 was a Thursday, so that weeks from Monday begin three days earlier. */
const weekOf = (day: number): number => Math.floor((day + 3) / 7);

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
        const week = weekOf(dayOf(event.date));
        this.#holding.delete('daily_loss');
        if (week !== this.#week) this.#holding.delete('weekly_loss');
        this.#week = week;
        return;
      }
      case 'halt_ordered':
        this.#holding.add(event.reason);
        return;
      case 'stop_cleared':
        for (const reason of ['requested', 'drawdown', 'repeated_execution'] as const) this.#holding.delete(reason);
        return;
      default:
        return;
    }
  }

  hashInto(sink: StateSink): void {
    sink.text(`${this.#week} ${[...this.#holding].join(' ')}`);
  }
}
