import { isClosing } from '#domain/exits/close-ladder';
import type { SessionClock } from '#domain/market/session-clock';
import type { PhaseName } from '#domain/market/trading-day';
import type { RiskView } from '#domain/risk/risk-view';
import type { Settings } from '#domain/settings';
import type { StateSink } from '#domain/values/symbol-columns';

/** How many entries the phase of the day has used: counted when they are approved, filled or not. */
export class PhaseEntries {
  #phase: PhaseName | null = null;
  #used = 0;

  startSession(): void {
    this.#phase = null;
    this.#used = 0;
  }

  get phase(): PhaseName | null {
    return this.#phase;
  }

  use(): void {
    this.#used++;
  }

  /** An entry that a person has declined used nothing, if the phase is still the same. */
  giveBack(phase: PhaseName | null): void {
    if (phase === this.#phase) this.#used--;
  }

  at(minute: number, clock: SessionClock | null, { mode, exits }: Pick<Settings, 'mode' | 'exits'>): RiskView['phase'] {
    const phase = clock?.phaseAt(minute);
    if (this.#phase !== (phase?.name ?? null)) {
      this.#phase = phase?.name ?? null;
      this.#used = 0;
    }
    const plan = phase?.plan[mode];
    const closed = clock === null || isClosing(clock.closeMinute - minute, exits);
    return { entriesUsed: this.#used, entriesMax: closed ? 0 : (plan?.entriesMax ?? 0), riskShare: plan?.risk ?? 0 };
  }

  hashInto(sink: StateSink): void {
    sink.text(`${this.#phase} ${this.#used}`);
  }
}
