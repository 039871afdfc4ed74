import type { Instant } from '#domain/values/instant';

type Due<Task> = { readonly at: Instant; readonly sequence: number; readonly task: Task };

/** What will happen by itself, in order of its instant; what falls on the same instant happens in the order of planning. */
export class Agenda<Task> {
  readonly #heap: Due<Task>[] = [];
  #sequence = 0;

  /** When the first falls due; null when nothing is planned. */
  get next(): Instant | null {
    return this.#heap[0]?.at ?? null;
  }

  plan(at: Instant, task: Task): void {
    const due = { at, sequence: this.#sequence++, task };
    let place = this.#heap.push(due) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const other = this.#heap[above];
      if (other === undefined || !before(due, other)) break;
      this.#heap[place] = other;
      place = above;
    }
    this.#heap[place] = due;
  }

  /** Takes the first task that is due by then. */
  take(by: Instant): { readonly at: Instant; readonly task: Task } | null {
    const first = this.#heap[0];
    if (first === undefined || first.at > by) return null;
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) this.#sink(last);
    return first;
  }

  /** Forgets everything: the account that it concerned is gone. */
  clear(): void {
    this.#heap.length = 0;
  }

  #sink(due: Due<Task>): void {
    let place = 0;
    for (;;) {
      const left = this.#heap[2 * place + 1];
      const right = this.#heap[2 * place + 2];
      if (left === undefined) break;
      const below = right !== undefined && before(right, left) ? 2 * place + 2 : 2 * place + 1;
      const other = this.#heap[below];
      if (other === undefined || !before(other, due)) break;
      this.#heap[place] = other;
      place = below;
    }
    this.#heap[place] = due;
  }
}

const before = <Task>(a: Due<Task>, b: Due<Task>): boolean => a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
