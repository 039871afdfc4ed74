/** Sessions after which what nobody has spoken of is forgotten: a story is told for a week at most, an order lives for days. */
const SESSIONS_KEPT = 15;

/** Which entry a name stands for, for as long as somebody may still speak of it. */
export class Remembered {
  #sessions: Map<string, number>[] = [new Map()];

  open(): void {
    this.#sessions.unshift(new Map());
    this.#sessions.length = Math.min(this.#sessions.length, SESSIONS_KEPT);
  }

  add(name: string, sequence: number): void {
    (this.#sessions[0] as Map<string, number>).set(name, sequence);
  }

  /** Whoever is spoken of is remembered from then on as if it had come today. */
  sequenceOf(name: string): number | null {
    for (const [age, session] of this.#sessions.entries()) {
      const found = session.get(name);
      if (found === undefined) continue;
      if (age > 0) this.add(name, found);
      return found;
    }
    return null;
  }
}
