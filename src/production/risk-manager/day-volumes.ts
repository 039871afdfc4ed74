import type { Frame } from '#domain/events/frame';
import type { Column, SymbolColumns } from '#domain/values/symbol-columns';

/** Over how many sessions the usual volume is spread; a later one counts for a twentieth. */
const SESSIONS = 20;

/** Shares that usually trade in a day: the mean of the earlier sessions of a name, before them what it has traded today. */
export class DayVolumes {
  readonly #table: SymbolColumns;
  readonly #today: Column<Float64Array>;
  readonly #usual: Column<Float64Array>;
  readonly #sessions: Column<Uint8Array>;

  constructor(table: SymbolColumns) {
    this.#table = table;
    this.#today = table.float64();
    this.#usual = table.float64();
    this.#sessions = table.uint8();
  }

  startSession(): void {
    this.#today.values.fill(0);
  }

  update({ volume, width }: Frame): void {
    const today = this.#today.values;
    for (let s = 0; s < width; s++) if ((volume[s] as number) > 0) today[s] = (today[s] as number) + (volume[s] as number);
  }

  /** A session in which a known name has not traded counts as well: its usual day is smaller than it was. */
  endSession(): void {
    const [today, usual, sessions] = [this.#today.values, this.#usual.values, this.#sessions.values];
    for (let s = 0; s < this.#table.count; s++) {
      const known = sessions[s] as number;
      if (known === 0 && today[s] === 0) continue;
      sessions[s] = Math.min(SESSIONS, known + 1);
      usual[s] = (usual[s] as number) + ((today[s] as number) - (usual[s] as number)) / (sessions[s] as number);
    }
  }

  usual(symbol: number): number {
    const values = this.#sessions.values[symbol] === 0 ? this.#today.values : this.#usual.values;
    return values[symbol] ?? 0;
  }
}
