import { type PatternKind, patternKinds, type TrackRecord } from '#domain/patterns/setup';
import type { StateSink } from '#domain/values/symbol-columns';

/** Per pattern: count, won, sum of R, sum of R². */
const CELLS = 4;

/** What the records of some setups come to. */
export type RecordSums = { readonly count: number; readonly won: number; readonly sumR: number; readonly sumSquaresR: number };

/** What became of the setups that have ended so far, by pattern. */
export class TrackRecords {
  readonly #cells = new Float64Array(patternKinds.length * CELLS);

  add(kind: PatternKind, r: number): void {
    this.addSums(kind, { count: 1, won: Number(r > 0), sumR: r, sumSquaresR: r * r });
  }

  addSums(kind: PatternKind, { count, won, sumR, sumSquaresR }: RecordSums): void {
    const at = patternKinds.indexOf(kind) * CELLS;
    for (const [i, more] of [count, won, sumR, sumSquaresR].entries()) this.#cells[at + i] = (this.#cells[at + i] as number) + more;
  }

  /** Those of a pattern of which any setup has ended. */
  sums(): readonly (RecordSums & { readonly pattern: PatternKind })[] {
    return patternKinds.flatMap((pattern, place) => {
      const [count, won, sumR, sumSquaresR] = this.#sumsAt(place);
      return count === 0 ? [] : [{ pattern, count, won, sumR, sumSquaresR }];
    });
  }

  of(kind: PatternKind): TrackRecord {
    const [count, won, sum, squares] = this.#sumsAt(patternKinds.indexOf(kind));
    const meanR = count > 0 ? sum / count : 0;
    const deviationR = count > 1 ? Math.sqrt(Math.max(0, (squares - count * meanR * meanR) / (count - 1))) : 0;
    return { count, won, meanR, deviationR };
  }

  hashInto(sink: StateSink): void {
    sink.numbers(this.#cells);
  }

  #sumsAt(place: number): readonly [count: number, won: number, sumR: number, sumSquaresR: number] {
    const at = place * CELLS;
    return this.#cells.subarray(at, at + CELLS) as unknown as readonly [number, number, number, number];
  }
}
