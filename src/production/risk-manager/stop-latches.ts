import { type HaltReason, haltEnds, reaches, type StopLevel } from '#domain/risk/stop-level';
import type { StateSink } from '#domain/values/symbol-columns';

/** A stop in force: how far it goes and why. */
export type Stop = { readonly level: StopLevel; readonly reason: HaltReason };

/** How long a halt holds, from the shortest to the longest. */
const lasting = { session: 0, week: 1, cleared: 2 } as const;

/** Why the house stands still: each reason keeps its own level, since the one may end while the other holds. */
export class StopLatches {
  readonly #levels = new Map<HaltReason, StopLevel>();

  /** The highest level, and of the same level the reason that lasts longest. */
  get strongest(): Stop | null {
    let strongest: Stop | null = null;
    for (const [reason, level] of this.#levels)
      if (strongest === null || isStronger({ level, reason }, strongest)) strongest = { level, reason };
    return strongest;
  }

  has(reason: HaltReason): boolean {
    return this.#levels.has(reason);
  }

  /** What a person cannot clear because it ends by itself. */
  get endingByItself(): HaltReason | null {
    return [...this.#levels.keys()].find((reason) => haltEnds[reason] !== 'cleared') ?? null;
  }

  /** Whether it makes the stop in force stronger, so that all must be told. */
  set(stop: Stop): boolean {
    const before = this.strongest;
    const held = this.#levels.get(stop.reason);
    if (held === undefined || !reaches(held, stop.level)) this.#levels.set(stop.reason, stop.level);
    return before === null || isStronger(stop, before);
  }

  endSession(): void {
    this.#end('session');
  }

  endWeek(): void {
    this.#end('week');
  }

  #end(what: (typeof haltEnds)[HaltReason]): void {
    for (const reason of this.#levels.keys()) if (haltEnds[reason] === what) this.#levels.delete(reason);
  }

  clear(): void {
    this.#levels.clear();
  }

  hashInto(sink: StateSink): void {
    for (const [reason, level] of this.#levels) sink.text(`${reason} ${level}`);
  }
}

const isStronger = (one: Stop, other: Stop): boolean =>
  reaches(one.level, other.level) && (!reaches(other.level, one.level) || lasting[haltEnds[one.reason]] > lasting[haltEnds[other.reason]]);
