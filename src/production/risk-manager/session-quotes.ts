import type { Frame } from '#domain/events/frame';

/** The newest close of a name and the one before it; null where there is none. `end` is the local minute after its bar. */
export type Closes = { readonly last: number | null; readonly before: number | null; readonly end: number };

/**
 * The regular minutes of the session, looked through only when a name is asked for: nothing is done for each bar. The
 * arrays stand as they are until the session has closed (docs/decisions/0014), and by then they are let go. So they are no
 * state of their own: what they hold is in the entries of this very session.
 */
export class SessionQuotes {
  #frames: Frame[] = [];

  update(frame: Frame): void {
    this.#frames.push(frame);
  }

  endSession(): void {
    this.#frames = [];
  }

  closesOf(symbol: number): Closes {
    let last: number | null = null;
    let end = 0;
    for (let i = this.#frames.length - 1; i >= 0; i--) {
      const { minute, width, close, volume } = this.#frames[i] as Frame;
      if (symbol >= width || (volume[symbol] as number) < 0) continue;
      if (last !== null) return { last, before: close[symbol] as number, end };
      last = close[symbol] as number;
      end = minute + 1;
    }
    return { last, before: null, end };
  }
}
