import { Worker } from 'node:worker_threads';
import { BEATS, LONGEST_MS, type Watched } from '#main/paper/loop-beats';

const BEAT_MS = 50;
/** A loop that has not turned for so long is ended from outside. Source: G2. */
const BLOCKED_MS_MAX = 10_000;

/** Measures from a thread of its own how long the loop of this process stands still, and ends the process when it is too long. */
export class LoopWatch {
  readonly #shared = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  #end: () => Promise<unknown> = async () => {};

  /** From now on it is measured; `failed` hears of a measurement that fails, without which nobody would notice a loop that hangs. */
  begin(failed: (error: unknown) => void): void {
    const workerData: Watched = { shared: this.#shared, blockedMsMax: BLOCKED_MS_MAX };
    const worker = new Worker(new URL('./loop-watch-worker.js', import.meta.url), { workerData, execArgv: [] });
    worker.on('error', failed).unref();
    const beating = setInterval(() => this.#beat(), BEAT_MS);
    this.#end = () => {
      clearInterval(beating);
      return worker.terminate();
    };
  }

  /** The longest that the loop has stood still since this was asked last, in milliseconds. */
  takeLongest(): number {
    this.#beat();
    return Atomics.exchange(this.#shared, LONGEST_MS, 0);
  }

  async close(): Promise<void> {
    await this.#end();
  }

  #beat(): void {
    Atomics.add(this.#shared, BEATS, 1);
  }
}
