import type { Catalyst, Halt } from '#simulation/market/day-plan';
import type { DayShape } from '#simulation/market/day-shape';

/**
 * How one name spends its day, by row: its share of the day's own variance, what is added to its log price, its share of the
 * day's volume. A row without volume is a row without a trade.
 */
export type DayCourse = {
  readonly variance: Float64Array;
  readonly drift: Float64Array;
  readonly volume: Float64Array;
  readonly varianceSum: number;
  readonly driftSum: number;
};

/** The course of a name without news or halt. */
export const quietCourse = (shape: DayShape): DayCourse => ({
  variance: shape.variance,
  drift: new Float64Array(shape.rows),
  volume: shape.volume,
  varianceSum: 1,
  driftSum: 0,
});

/** Half-lives in minutes. */
const DRIFT_HALVES = 30;
const VARIANCE_HALVES = 40;
const VOLUME_HALVES = 60;

/** Just after news the minutes are four times as variable; during a halt the hidden price moves even more, hence the gap after it. */
const NEWS_VARIANCE = 3;
const HALT_VARIANCE = 25;

/** A name in the news trades more than usual for the rest of the day. */
const LASTING_VOLUME = 1.2;

/** Courses of one day after another in the same arrays: those of a day end with `begin` of the next. */
export class CoursePool {
  readonly #arrays: Float64Array[] = [];
  #used = 0;

  begin(): void {
    this.#used = 0;
  }

  /** The gap of news from before the open belongs to the night and is not in the course. */
  course(shape: DayShape, catalyst: Catalyst | null, halt: Halt | null): DayCourse {
    const variance = this.#take(shape.rows);
    const volume = this.#take(shape.rows);
    const drift = this.#take(shape.rows);
    variance.set(shape.variance);
    volume.set(shape.volume);
    drift.fill(0);
    if (catalyst !== null) addNews(catalyst, variance, drift, volume);
    if (halt !== null) addHalt(halt, variance, volume);
    return { variance, drift, volume, varianceSum: sum(variance), driftSum: sum(drift) };
  }

  #take(rows: number): Float64Array {
    const found = this.#arrays[this.#used];
    const array = found !== undefined && found.length === rows ? found : new Float64Array(rows);
    this.#arrays[this.#used++] = array;
    return array;
  }
}

function addHalt(halt: Halt, variance: Float64Array, volume: Float64Array): void {
  const end = Math.min(halt.from + halt.rows, variance.length);
  for (let row = halt.from; row < end; row++) {
    variance[row] = (variance[row] as number) * HALT_VARIANCE;
    volume[row] = 0;
  }
}

function addNews(catalyst: Catalyst, variance: Float64Array, drift: Float64Array, volume: Float64Array): void {
  const first = Math.max(catalyst.row, 0);
  if (catalyst.row >= 0) drift[first] = catalyst.jump;
  const kept = remainder(DRIFT_HALVES);
  const calmer = remainder(VARIANCE_HALVES);
  const quieter = remainder(VOLUME_HALVES);
  let left = catalyst.drift;
  let excitement = NEWS_VARIANCE;
  let crowd = catalyst.surge - LASTING_VOLUME;
  for (let row = first; row < drift.length; row++) {
    variance[row] = (variance[row] as number) * (1 + excitement);
    volume[row] = (volume[row] as number) * (LASTING_VOLUME + crowd);
    excitement *= calmer;
    crowd *= quieter;
    if (row === catalyst.row) continue;
    drift[row] = left * (1 - kept);
    left *= kept;
  }
}

/** What is left after one minute of something that halves in so many. */
const remainder = (halves: number): number => Math.exp(-Math.LN2 / halves);

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] as number;
  return total;
}
