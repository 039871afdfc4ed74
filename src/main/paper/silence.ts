/** How often a loop is looked at from beside it, in milliseconds. */
export const TICK_MS = 100;

/**
 * How long a loop has not turned, counted by somebody beside it who looks once a tick. A process that was stopped as a whole
 * counts for one tick, since whoever counts was stopped with it: it slept, and was not blocked.
 */
export class Silence {
  #beats = 0;
  #ms = 0;

  /** Milliseconds since the loop has turned last, given how often it has by now. */
  tick(beats: number): number {
    this.#ms = beats === this.#beats ? this.#ms + TICK_MS : 0;
    this.#beats = beats;
    return this.#ms;
  }
}
