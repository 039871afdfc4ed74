import type { EventOf } from '#domain/events/event';
import { type Mode, type Phase, type PhasePlan, phasesOf } from '#domain/market/trading-day';
import { type Instant, MINUTE_MS } from '#domain/values/instant';

const noPlan: PhasePlan = { scanEvery: 0, entriesMax: 0, risk: 0 };

/** Where in its day a session stands: local minutes by integer arithmetic from the session's own open, phases by its close. */
export class SessionClock {
  readonly openMinute: number;
  readonly closeMinute: number;
  readonly history: boolean;
  readonly phases: readonly Phase[];
  readonly #open: Instant;

  constructor(opened: EventOf<'session_opened'>) {
    this.#open = opened.open;
    this.openMinute = opened.openMinute;
    this.closeMinute = opened.closeMinute;
    this.history = opened.history;
    this.phases = phasesOf(opened.closeMinute);
  }

  /** Local minute of the day: 570 is 09:30. */
  minuteAt(at: Instant): number {
    return this.openMinute + Math.floor((at - this.#open) / MINUTE_MS);
  }

  phaseAt(minute: number): Phase | undefined {
    return this.phases.find(({ from, to }) => from <= minute && minute < to);
  }

  planAt(minute: number, mode: Mode): PhasePlan {
    return this.phaseAt(minute)?.plan[mode] ?? noPlan;
  }

  /** Whether the cadence of the phase asks for a scan at this minute. */
  scanDue(minute: number, mode: Mode): boolean {
    const phase = this.phaseAt(minute);
    const every = phase?.plan[mode].scanEvery ?? 0;
    return phase !== undefined && every > 0 && (minute - phase.from) % every === 0;
  }
}
