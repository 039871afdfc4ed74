import { appendFileSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { BarRows, ROW_DAY, ROW_INTS } from '#adapters/files/bar-rows';

const BUFFERED_ROWS_MAX = 1_000_000;

type Part = { rows: BarRows; onDisk: number; sureOnDisk: number; sureInMemory: number };

/**
 * Rows of many files sorted into sessions, kept on disk beyond a million rows, so that an import of any size fits in
 * memory. A file's rows count only when `keep` is called at its end; `drop` takes them back.
 */
export class Staging {
  readonly #folder: string;
  readonly #bufferedMax: number;
  readonly #parts = new Map<number, Part>();
  #buffered = 0;
  #day = Number.NaN;
  #part: Part | null = null;

  constructor(folder: string, bufferedMax = BUFFERED_ROWS_MAX) {
    this.#folder = folder;
    this.#bufferedMax = bufferedMax;
    mkdirSync(folder, { recursive: true });
  }

  /** A taker for the parser. */
  readonly take = (rows: Int32Array, count: number): void => {
    let from = 0;
    while (from < count) {
      const day = rows[from * ROW_INTS + ROW_DAY] as number;
      let to = from + 1;
      while (to < count && rows[to * ROW_INTS + ROW_DAY] === day) to++;
      this.#of(day).rows.append(rows, from, to);
      from = to;
    }
    this.#buffered += count;
    if (this.#buffered > this.#bufferedMax) this.#spill();
  };

  keep(): void {
    for (const part of this.#parts.values()) {
      part.sureOnDisk = part.onDisk;
      part.sureInMemory = part.rows.count;
    }
  }

  drop(): void {
    for (const [day, part] of this.#parts) {
      if (part.onDisk > part.sureOnDisk) {
        truncateSync(this.#path(day), part.sureOnDisk * ROW_INTS * 4);
        part.onDisk = part.sureOnDisk;
        part.rows.count = 0;
      } else part.rows.count = part.sureInMemory;
    }
    this.#buffered = [...this.#parts.values()].reduce((sum, part) => sum + part.rows.count, 0);
  }

  /** Days that have rows, ascending. */
  days(): readonly number[] {
    return [...this.#parts]
      .filter(([, part]) => part.onDisk + part.rows.count > 0)
      .map(([day]) => day)
      .sort((a, b) => a - b);
  }

  rowsOf(day: number): number {
    const part = this.#parts.get(day);
    return part === undefined ? 0 : part.onDisk + part.rows.count;
  }

  /** The rows of a day in the order in which they were read. Their memory is given back: ask once. */
  takeOut(day: number): BarRows {
    const part = this.#of(day);
    this.#parts.delete(day);
    this.#part = null;
    if (part.onDisk === 0) return part.rows;
    const bytes = readFileSync(this.#path(day));
    const all = new BarRows(part.onDisk + part.rows.count);
    all.append(new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4), 0, part.onDisk);
    all.append(part.rows.values, 0, part.rows.count);
    return all;
  }

  #of(day: number): Part {
    if (day === this.#day && this.#part !== null) return this.#part;
    let part = this.#parts.get(day);
    if (part === undefined) {
      part = { rows: new BarRows(64), onDisk: 0, sureOnDisk: 0, sureInMemory: 0 };
      this.#parts.set(day, part);
    }
    this.#day = day;
    this.#part = part;
    return part;
  }

  /**
   * Writes the rows in memory behind those on disk. Rows of files that are kept already were in memory before those of
   * the present file, so the sure rows stay the first ones on disk.
   */
  #spill(): void {
    for (const [day, part] of this.#parts) {
      if (part.rows.count === 0) continue;
      const { buffer, byteOffset } = part.rows.values;
      appendFileSync(this.#path(day), new Uint8Array(buffer, byteOffset, part.rows.count * ROW_INTS * 4));
      if (part.sureInMemory > 0) part.sureOnDisk += part.sureInMemory;
      part.sureInMemory = 0;
      part.onDisk += part.rows.count;
      part.rows = new BarRows(64);
    }
    this.#buffered = 0;
  }

  #path(day: number): string {
    return join(this.#folder, `${day}.rows`);
  }
}
