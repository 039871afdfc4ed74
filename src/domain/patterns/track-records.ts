import { type PatternKind, patternKinds, type TrackRecord } from '#domain/patterns/setup';
import type { StateSink } from '#domain/values/symbol-columns';

/** Per pattern: count, won, sum of R, sum of R². */
const CELLS = 4;

/** What became of the setups that have ended so far, by pattern. */
export class TrackRecords {
  readonly #cells = new Float64Array(patternKinds.length * CELLS);

  add(kind: PatternKind, r: number): void {
    const at = patternKinds.indexOf(kind) * CELLS;
    for (const [i, more] of [1, Number(r > 0), r, r * r].entries()) this.#cells[at + i] = (this.#cells[at + i] as number) + more;
  }

  of(kind: PatternKind): TrackRecord {
    const at = patternKinds.indexOf(kind) * CELLS;
    const [count, won, sum, squares] = this.#cells.subarray(at, at + CELLS) as unknown as readonly [number, number, number, number];
    const meanR = count > 0 ? sum / count : 0;
    const deviationR = count > 1 ? Math.sqrt(Math.max(0, (squares - count * meanR * meanR) / (count - 1))) : 0;
    return { count, won, meanR, deviationR };
  }

  hashInto(sink: StateSink): void {
    sink.numbers(this.#cells);
  }
}
