import type { Clock } from '#engine/ports/clock';
import { systemClock } from '#main/news/system-clock';

type Rest = { readonly ms: number; readonly msMax: number; readonly clock: Clock; readonly stop: AbortSignal };

/** Ends a rest early, and hands what has gone wrong beside the loop to the loop. */
export class Bell {
  #wake: (() => void) | null = null;
  #failed: { readonly error: unknown } | null = null;

  ring(): void {
    this.#wake?.();
  }

  /** What is thrown beside the loop ends the run: a bug that nobody sees would go on trading (C11, G9). */
  readonly fail = (error: unknown): void => {
    this.#failed ??= { error };
    this.ring();
  };

  /** Rests for so long of the market's time, but never longer than `msMax` of the machine's. */
  async rest({ ms, msMax, clock, stop }: Rest): Promise<void> {
    this.#check();
    const early = new AbortController();
    const wake = (): void => early.abort();
    this.#wake = wake;
    stop.addEventListener('abort', wake);
    if (stop.aborted) wake();
    if (ms > 0) await Promise.race([clock.sleep(ms, early.signal), systemClock.sleep(msMax, early.signal)]);
    else await new Promise<void>((done) => setImmediate(done));
    wake();
    stop.removeEventListener('abort', wake);
    this.#wake = null;
    this.#check();
  }

  #check(): void {
    if (this.#failed !== null) throw this.#failed.error;
  }
}
