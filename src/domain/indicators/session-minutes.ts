import type { Frame } from '#domain/events/frame';

/** Minutes of a full session; a half day has fewer. */
const MINUTES = 390;

/**
 * The regular minutes of this session: few names are ever asked about, and what is asked is worked out of these. Nothing is
 * copied, since frames stand as they are until the session is over. Not hashed: a session never reads what the one before has
 * left.
 */
export class SessionMinutes {
  #frames: (Frame | null)[] = [];
  #openMinute = 0;
  /** From which minute on a name that was forgotten is known again. */
  readonly #since = new Map<number, number>();

  /** Minutes of this session so far, those that never came among them. */
  get count(): number {
    return this.#frames.length;
  }

  startSession(openMinute: number): void {
    this.#openMinute = openMinute;
    this.#frames = [];
    this.#since.clear();
  }

  update(frame: Frame): void {
    const minute = frame.minute - this.#openMinute;
    if (!frame.regular || minute < this.#frames.length || minute >= MINUTES) return;
    while (this.#frames.length < minute) this.#frames.push(null);
    this.#frames.push(frame);
  }

  /** What a name has done until now is of another scale. */
  forget(symbol: number): void {
    this.#since.set(symbol, this.#frames.length);
  }

  /** The first minute that counts for a name: 0 unless it was forgotten. */
  since(symbol: number): number {
    return this.#since.get(symbol) ?? 0;
  }

  /** A minute counted from the open; null when it never came. */
  frame(minute: number): Frame | null {
    return this.#frames[minute] ?? null;
  }

  /** The minute if the name has a bar in it, and null otherwise. */
  frameWith(symbol: number, minute: number): Frame | null {
    const frame = this.frame(minute);
    return frame === null || minute < this.since(symbol) || symbol >= frame.width || (frame.volume[symbol] as number) < 0 ? null : frame;
  }
}
