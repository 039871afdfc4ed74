import { assert } from '#domain/values/assert';
import type { SessionDate } from '#domain/values/session-date';
import { dayOf } from '#domain/values/session-date';
import type { Company } from '#simulation/market/company';
import { sectors } from '#simulation/market/company';
import { CoursePool, type DayCourse, quietCourse } from '#simulation/market/day-course';
import { type Catalyst, type DayPlan, drawDay, type Halt } from '#simulation/market/day-plan';
import { type DayShape, dayShape } from '#simulation/market/day-shape';
import { drawFactors, type Factor, overnightVariance } from '#simulation/market/factors';
import { RandomStream } from '#simulation/market/seeded-random';

export type Split = { readonly symbol: number; readonly ratio: number };

type Draw = {
  readonly shape: DayShape;
  /** The course of each name that is not eventful. */
  readonly quiet: DayCourse;
  readonly factors: readonly Factor[];
  readonly plan: DayPlan;
};

/** One day of the market between its first and its last price. */
export type MarketDay = Draw & {
  /** Of the names with news or a halt. */
  readonly eventful: ReadonlyMap<number, DayCourse>;
  /** Log prices in dollars; of a name no longer listed they mean nothing. */
  readonly opens: Float64Array;
  readonly closes: Float64Array;
  readonly splits: readonly Split[];
};

type Usual = Pick<Draw, 'shape' | 'quiet'>;

type PathOptions = {
  readonly seed: number;
  readonly sessions: readonly SessionDate[];
  readonly companies: readonly Company[];
  readonly momentum: number;
  /** How many minutes the session has. */
  readonly rowsOf: (date: SessionDate) => number;
};

/** Log dollars. No split below the first or to less than the second; above the third always ten for one; below the last the listing ends. */
const SPLIT_ABOVE = Math.log(80);
const SPLIT_DOWN_TO = Math.log(15);
const SPLIT_ALWAYS = Math.log(1500);
const DELIST_BELOW = 0;

/**
 * The first and last price of every name in every session. Each day hangs on the one before, so they are computed in order,
 * once and cheaply, as far as somebody asks; the minutes in between are then made for any session alone.
 */
export class DailyPath {
  readonly #sessions: readonly SessionDate[];
  readonly #rowsOf: (date: SessionDate) => number;
  readonly #companies: readonly Company[];
  readonly #momentum: number;
  readonly #days: RandomStream;
  readonly #factors: RandomStream;
  readonly #usuals = new Map<number, Usual>();
  readonly #pool = new CoursePool();
  readonly #opens: Float64Array[] = [];
  readonly #splits: (readonly Split[])[] = [];
  readonly #delistedFrom: Int32Array;
  #latestDraw: { readonly index: number; readonly draw: Draw } | null = null;
  #latestDay: { readonly index: number; readonly day: MarketDay } | null = null;

  constructor(options: PathOptions) {
    this.#sessions = options.sessions;
    this.#rowsOf = options.rowsOf;
    this.#companies = options.companies;
    this.#momentum = options.momentum;
    this.#days = new RandomStream(options.seed, 'day');
    this.#factors = new RandomStream(options.seed, 'factor');
    this.#delistedFrom = new Int32Array(options.companies.length).fill(options.sessions.length);
  }

  /** The day of the session at `index`; its courses hold until another day is asked for. */
  day(index: number): MarketDay {
    for (let next = this.#opens.length; next <= index; next++) this.#remember(next, next === 0 ? null : this.#dayAt(next - 1));
    return this.#dayAt(index);
  }

  /** Whether a name of that column still trades; known for the sessions up to the latest one asked for. */
  isListed(symbol: number, index: number): boolean {
    return index < (this.#delistedFrom[symbol] as number);
  }

  #dayAt(index: number): MarketDay {
    if (this.#latestDay?.index === index) return this.#latestDay.day;
    const day = this.#begun(index, this.#opens[index] as Float64Array, this.#splits[index] as readonly Split[]);
    this.#latestDay = { index, day };
    return day;
  }

  #begun(index: number, opens: Float64Array, splits: readonly Split[]): MarketDay {
    const draw = this.#drawn(index);
    const { shape, factors, plan, quiet } = draw;
    const eventful = this.#coursesOf(shape, plan);
    const move = (s: number): number => sessionMove(this.#companies[s] as Company, s, factors, plan, eventful.get(s) ?? quiet);
    const closes = opens.map((open, s) => open + move(s));
    return { ...draw, eventful, opens, closes, splits };
  }

  #coursesOf(shape: DayShape, plan: DayPlan): ReadonlyMap<number, DayCourse> {
    const effective = plan.catalysts.filter(({ effect }) => effect !== 'nothing');
    const catalysts = new Map<number, Catalyst>(effective.map((catalyst) => [catalyst.symbol, catalyst]));
    const halts = new Map<number, Halt>(plan.halts.map((halt) => [halt.symbol, halt]));
    const symbols = new Set([...catalysts.keys(), ...halts.keys()]);
    this.#pool.begin();
    return new Map([...symbols].map((s) => [s, this.#pool.course(shape, catalysts.get(s) ?? null, halts.get(s) ?? null)]));
  }

  #drawn(index: number): Draw {
    if (this.#latestDraw?.index === index) return this.#latestDraw.draw;
    const date = this.#sessions[index] as SessionDate;
    const number = dayOf(date);
    const { shape, quiet } = this.#usual(this.#rowsOf(date));
    const factors = drawFactors(this.#factors, number, sectors.length, shape);
    const draw = { shape, quiet, factors, plan: drawDay(this.#days, number, this.#companies, shape.rows, this.#momentum) };
    this.#latestDraw = { index, draw };
    return draw;
  }

  /** Kept: a calendar knows only a few lengths of session. */
  #usual(rows: number): Usual {
    const known = this.#usuals.get(rows);
    if (known !== undefined) return known;
    assert(rows >= 30, `a session has at least 30 minutes, had ${rows}`);
    const shape = dayShape(rows);
    const usual = { shape, quiet: quietCourse(shape) };
    this.#usuals.set(rows, usual);
    return usual;
  }

  #remember(index: number, before: MarketDay | null): void {
    const { factors, plan } = this.#drawn(index);
    const last = before === null ? Float64Array.from(this.#companies, ({ price }) => Math.log(price)) : before.closes.slice();
    if (before !== null) this.#delist(index, last, plan.delistings);
    const splits = before === null ? [] : this.#split(index, last, plan.splits);
    const opens = last.map((price, s) => price + nightMove(this.#companies[s] as Company, s, factors, plan));
    for (const { symbol, row, jump } of plan.catalysts) if (row < 0) opens[symbol] = (opens[symbol] as number) + jump;
    this.#opens.push(opens);
    this.#splits.push(splits);
  }

  #delist(index: number, last: Float64Array, drawn: readonly number[]): void {
    for (let s = 0; s < last.length; s++) {
      if (this.isListed(s, index) && (last[s] as number) < DELIST_BELOW) this.#delistedFrom[s] = index;
    }
    for (const s of drawn) if (this.isListed(s, index)) this.#delistedFrom[s] = index;
  }

  #split(index: number, last: Float64Array, drawn: readonly Split[]): readonly Split[] {
    const splits: Split[] = [];
    for (const { symbol, ratio } of drawn) {
      const price = last[symbol] as number;
      if (price > SPLIT_ABOVE && price <= SPLIT_ALWAYS && price - Math.log(ratio) > SPLIT_DOWN_TO) splits.push({ symbol, ratio });
    }
    for (let symbol = 0; symbol < last.length; symbol++) if ((last[symbol] as number) > SPLIT_ALWAYS) splits.push({ symbol, ratio: 10 });
    const taken = splits.filter(({ symbol }) => this.isListed(symbol, index)).sort((a, b) => a.symbol - b.symbol);
    for (const { symbol, ratio } of taken) last[symbol] = (last[symbol] as number) - Math.log(ratio);
    return taken;
  }
}

function nightMove(company: Company, symbol: number, factors: readonly Factor[], plan: DayPlan): number {
  const market = factors[0] as Factor;
  const sector = factors[company.sector + 1] as Factor;
  const { marketBeta, sectorBeta } = company;
  const scatter = marketBeta * marketBeta * overnightVariance(market) + sectorBeta * sectorBeta * overnightVariance(sector);
  return marketBeta * market.overnight + sectorBeta * sector.overnight + (plan.night[symbol] as number) - scatter / 2;
}

/** Half of the variance is taken off, so that the mean price after a session without news is the price before it. */
function sessionMove(company: Company, symbol: number, factors: readonly Factor[], plan: DayPlan, course: DayCourse): number {
  const market = factors[0] as Factor;
  const sector = factors[company.sector + 1] as Factor;
  const { marketBeta, sectorBeta } = company;
  const own = (plan.variance[symbol] as number) * course.varianceSum;
  const scatter = own + marketBeta * marketBeta * market.variance + sectorBeta * sectorBeta * sector.variance;
  const shared = marketBeta * market.move + sectorBeta * sector.move;
  return shared + Math.sqrt(own) * (plan.session[symbol] as number) + course.driftSum - scatter / 2;
}
