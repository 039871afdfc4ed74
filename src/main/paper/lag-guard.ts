import type { Instant } from '#domain/values/instant';
import type { Doubter } from '#main/paper/doubts';
import type { LoopWatch } from '#main/paper/loop-watch';
import type { Say } from '#main/paper/say';

type Guarded = {
  readonly doubter: Doubter;
  readonly watch: Pick<LoopWatch, 'begin' | 'takeLongest'>;
  readonly failed: (error: unknown) => void;
  readonly say: Say;
  /** Milliseconds of the machine, which nobody sets back. */
  readonly machine?: () => number;
};

/** A loop that stands still for longer knows neither prices nor fills in time. Source: G2. */
const LAG_MS_MAX = 1_000;
/** For so long it must have kept up before entries are trusted to it again. */
const QUIET_MS = 30_000;

/** Shuts entries while the process does not keep up with the market; exits and stops go on as well as they can. */
export class LagGuard {
  readonly #guarded: Guarded;
  readonly #machine: () => number;
  #shutUntil: number | null = null;

  constructor(guarded: Guarded) {
    this.#guarded = guarded;
    this.#machine = guarded.machine ?? (() => performance.now());
  }

  /** What was made before the broker was asked may have taken its time. */
  begin(): void {
    this.#guarded.watch.begin(this.#guarded.failed);
  }

  /** Looked at before anything is decided. */
  look(now: Instant): void {
    const { doubter, watch, say } = this.#guarded;
    const ms = watch.takeLongest();
    if (ms > LAG_MS_MAX) {
      this.#shutUntil = this.#machine() + QUIET_MS;
      say(`LAG      the process stood still for ${ms} ms: no entries until it has kept up for ${QUIET_MS / 1000} seconds`, 'loop');
      doubter.doubt(`the process stood still for ${ms} ms`, now);
    } else if (this.#shutUntil !== null && this.#machine() >= this.#shutUntil) {
      this.#shutUntil = null;
      say('note     the process keeps up again: entries are open once the broker has been read');
      doubter.trust(now);
    }
  }
}
