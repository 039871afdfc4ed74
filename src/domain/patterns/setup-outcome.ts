import type { ChartBar } from '#domain/patterns/symbol-view';

/** An entry that has not filled after so many minutes never was; trading gives up as soon. */
const ENTRY_MINUTES = 3;
/** To cross the spread costs a cent or 2 bp, whichever is more; a tenth of what a bar ran on beyond a stop is lost. Source: docs/reference/fills.md. */
const COST_MIN = 100;
const COST_SHARE = 0.0002;
const STOP_SLIP = 0.1;

export type Outcome = 'target' | 'stop' | 'time';

/** How a long was planned; prices in 1e-4, local minutes of the day. */
export type FollowedPlan = {
  readonly entry: number;
  readonly stop: number;
  readonly target: number;
  /** The first minute whose bar may fill it: all that was known had closed by its start. */
  readonly decidedAt: number;
  /** From the open of this minute on it is sold at any price. */
  readonly exitAt: number;
};

/** `r` is what was won over what was planned to be at risk, after the cost of crossing and before fees. */
export type SetupEnd = { readonly outcome: Outcome; readonly r: number };

/** What a bar did: it goes on, it never was, or it has ended. */
export type Step = 'open' | 'never_filled' | SetupEnd;

/**
 * Follows one long setup over the minutes after it, as the simulated exchange would fill it and always to the worse
 * side: a touch fills no limit; stop and target in one bar are a stop; no target in the bar of the entry. Left out:
 * shares of a bar's volume, ticks, fees.
 */
export class SetupFollower {
  readonly plan: FollowedPlan;
  /** 0 until the entry has filled. */
  #filledAt = 0;
  #lastClose = 0;

  constructor(plan: FollowedPlan) {
    this.plan = plan;
  }

  /** The price at which it was bought, 0 before. */
  get fill(): number {
    return this.#filledAt;
  }

  /** What the next decision depends on. */
  get state(): readonly number[] {
    const { entry, stop, target, decidedAt, exitAt } = this.plan;
    return [entry, stop, target, decidedAt, exitAt, this.#filledAt, this.#lastClose];
  }

  /** The next bar of the name. One that began before the decision says nothing, nor does one in which no share traded. */
  step(bar: ChartBar): Step {
    const { plan } = this;
    if (bar.minute < plan.decidedAt) return 'open';
    if (this.#filledAt === 0) return this.#enter(bar);
    if (bar.volume <= 0) return 'open';
    const { open, high, low, close } = bar;
    this.#lastClose = close;
    if (bar.minute >= plan.exitAt) return this.#ended('time', open - costAt(open));
    if (low <= plan.stop) return this.#stopped(Math.min(plan.stop, open), open < plan.stop ? open : low);
    if (open > plan.target) return this.#ended('target', Math.max(plan.target, open - costAt(open)));
    return high > plan.target ? this.#ended('target', plan.target) : 'open';
  }

  /** The session is over: what is still held goes at the last close that could have taken it. */
  close(): Exclude<Step, 'open'> {
    return this.#filledAt === 0 ? 'never_filled' : this.#ended('time', this.#lastClose);
  }

  #enter({ minute, open, low, close, volume }: ChartBar): Step {
    const { entry, stop, decidedAt, exitAt } = this.plan;
    if (minute >= decidedAt + ENTRY_MINUTES || minute >= exitAt) return 'never_filled';
    if (volume <= 0 || low >= entry) return 'open';
    this.#filledAt = open < entry ? Math.min(entry, open + costAt(open)) : entry;
    this.#lastClose = close;
    // Where the bar opened below the stop already, it is met there: never at what was just paid to cross.
    return low <= stop ? this.#stopped(Math.min(stop, open), low) : 'open';
  }

  /** Sold where the stop was met, a tenth of the way from there to the worst price, and the cost of crossing. */
  #stopped(met: number, worst: number): SetupEnd {
    return this.#ended('stop', met - STOP_SLIP * Math.max(0, met - worst) - costAt(met));
  }

  #ended(outcome: Outcome, exit: number): SetupEnd {
    const { entry, stop } = this.plan;
    return { outcome, r: (exit - this.#filledAt) / (entry - stop) };
  }
}

const costAt = (price: number): number => Math.max(COST_MIN, COST_SHARE * price);
