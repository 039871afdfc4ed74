import type { Frame } from '#domain/events/frame';

const SESSIONS = 20;

/** What usually trades in a day, added up a second time: the mean of a name's sessions so far, later ones for a twentieth. */
export class DayVolumeSums {
  readonly #today = new Map<number, number>();
  readonly #before = new Map<number, { mean: number; sessions: number }>();

  bars({ regular, volume, width }: Frame): void {
    if (!regular) return;
    for (let name = 0; name < width; name++) {
      const shares = volume[name] as number;
      if (shares > 0) this.#today.set(name, (this.#today.get(name) ?? 0) + shares);
    }
  }

  /** A session without a trade in a known name counts as well. */
  close(): void {
    for (const name of new Set([...this.#today.keys(), ...this.#before.keys()])) {
      const before = this.#before.get(name) ?? { mean: 0, sessions: 0 };
      const sessions = Math.min(SESSIONS, before.sessions + 1);
      this.#before.set(name, { mean: before.mean + ((this.#today.get(name) ?? 0) - before.mean) / sessions, sessions });
    }
    this.#today.clear();
  }

  usual(name: number): number {
    return this.#before.get(name)?.mean ?? this.#today.get(name) ?? 0;
  }
}
