import type { Frame } from '#domain/events/frame';
import type { Session } from '#domain/market/session-table';
import { ticksOf } from '#domain/market/session-ticks';
import { EXITS_BEFORE_CLOSE } from '#domain/market/trading-day';
import type { TickRule } from '#domain/market/us/tick-rules';
import { longPlanOf } from '#domain/patterns/long-plan';
import { mirroredBar } from '#domain/patterns/mirror';
import { type FollowedPlan, SetupFollower, type Step } from '#domain/patterns/setup-outcome';
import type { Sighting } from '#domain/patterns/sighting';
import type { SymbolView } from '#domain/patterns/symbol-view';
import { stageOneLimits } from '#domain/risk/limits';
import type { SessionDate } from '#domain/values/session-date';
import type { Ticker } from '#domain/values/symbol';
import { frameOf } from '#engine/frames';
import type { SessionBars } from '#engine/ports/bar-source';
import { type StudiedPattern, studiedPatterns } from '#main/study/studied-pattern';
import { barOf, StudyChart } from '#main/study/study-chart';
import { RandomStream } from '#simulation/market/seeded-random';

/** Minutes after the open of the first look and before the close of the last: 09:45 and 15:30 on a full day. */
const FIRST_LOOK = 15;
const LAST_LOOK = 30;
const EVERY = 5;

/** How one entry ended; `session` counts from 0. */
export type StudyEnd = { readonly session: number; readonly r: number };
export type StudyArm = { unfilled: number; readonly ends: StudyEnd[] };
/** The sightings of one pattern, and for each a random entry at the same instant. */
export type StudyTally = { readonly pattern: StudiedPattern; sightings: number; readonly seen: StudyArm; readonly random: StudyArm };

/** A sighting as it was followed, in real prices of 1e-4. */
export type StudiedSighting = {
  readonly date: SessionDate;
  readonly symbol: number;
  readonly ticker: Ticker;
  /** Of the pattern. */
  readonly name: string;
  /** Its bars grow with the session: whoever keeps them copies them. */
  readonly view: SymbolView;
  /** Null for a candlestick. */
  readonly sighting: Sighting | null;
  readonly plan: { readonly entry: number; readonly stop: number; readonly target: number };
};

export type StudyOptions = { readonly seed: number; readonly watch?: (seen: StudiedSighting) => void };

/** `axis` is 0 for a long; a short is followed as a long on a chart that stands on its head. */
type Followed = {
  readonly symbol: number;
  readonly axis: number;
  readonly arm: StudyArm;
  readonly follower: SetupFollower;
  /** Where the sighting is noted as open; −1 for a random entry. */
  readonly mark: number;
};

type Day = { readonly index: number; readonly session: Session; readonly ticks: TickRule };

/**
 * What becomes of every pattern on recorded bars, next to entries at the same instants in names drawn by lot. Sessions are handed in one
 * after the other; nothing is looked at before it has closed.
 */
export class PatternStudy {
  readonly tallies: readonly StudyTally[] = studiedPatterns.map((pattern) => ({ pattern, sightings: 0, seen: arm(), random: arm() }));
  readonly dates: SessionDate[] = [];
  readonly #chart = new StudyChart();
  readonly #tickers: Ticker[] = [];
  readonly #random: RandomStream;
  readonly #watch: StudyOptions['watch'];
  #open: Followed[] = [];
  #marks = new Uint8Array(0);

  constructor({ seed, watch }: StudyOptions) {
    this.#random = new RandomStream(seed, 'pattern study');
    this.#watch = watch;
  }

  addSession(session: Session, bars: SessionBars): void {
    const day: Day = { index: this.dates.length, session, ticks: ticksOf(session.date) };
    this.dates.push(session.date);
    this.#tickers.push(...bars.listed);
    this.#chart.startSession(session, bars);
    this.#marks = new Uint8Array(studiedPatterns.length * bars.width);
    for (let row = 0; row < bars.minutes.length; row++) {
      const frame = frameOf(bars, session, row);
      if (frame.regular) this.#follow(frame, day.index);
      this.#chart.update(frame);
      if (frame.regular && isLook(frame.minute + 1, session)) this.#look(frame, day);
    }
    for (const one of this.#open) this.#count(one, one.follower.close(), day.index);
    this.#open = [];
    this.#chart.endSession();
  }

  #follow(frame: Frame, session: number): void {
    this.#open = this.#open.filter((one) => {
      if ((frame.volume[one.symbol] as number) < 0) return true;
      const bar = barOf(frame, one.symbol, frame.minute);
      const step = one.follower.step(one.axis === 0 ? bar : mirroredBar(bar, one.axis));
      return !this.#count(one, step, session);
    });
  }

  /** Whether that was the end of it. */
  #count({ arm: { ends }, arm: into, mark }: Followed, step: Step, session: number): boolean {
    if (step === 'open') return false;
    if (mark >= 0) this.#marks[mark] = 0;
    if (step === 'never_filled') into.unfilled++;
    else ends.push({ session, r: step.r });
    return true;
  }

  #look(frame: Frame, day: Day): void {
    const eligible = this.#chart.eligible(frame);
    const now = frame.minute + 1;
    for (const symbol of eligible) {
      const view = this.#chart.viewOf(symbol, now);
      const turned = this.#chart.turned(symbol, view);
      for (const [i, tally] of this.tallies.entries()) {
        const mark = i * frame.width + symbol;
        if (this.#marks[mark] === 1) continue;
        const found = tally.pattern.asks(tally.pattern.side === 1 ? view : turned, view);
        if (found === false) continue;
        tally.sightings++;
        this.#marks[mark] = 1;
        const plan = this.#enter({ symbol, tally, into: tally.seen, mark, now }, day);
        const sighting = found === true ? null : found;
        const ticker = this.#tickers[symbol] as Ticker;
        this.#watch?.({ date: day.session.date, symbol, ticker, name: tally.pattern.name, view, sighting, plan });
        const other = this.#drawn(eligible, symbol);
        if (other !== null) this.#enter({ symbol: other, tally, into: tally.random, mark: -1, now }, day);
      }
    }
  }

  /** Another of those that could have been bought at that instant. */
  #drawn(eligible: readonly number[], not: number): number | null {
    if (eligible.length < 2) return null;
    const drawn = eligible[this.#random.below(eligible.length - 1)] as number;
    return drawn === not ? (eligible.at(-1) as number) : drawn;
  }

  #enter(
    { symbol, tally, into, mark, now }: { symbol: number; tally: StudyTally; into: StudyArm; mark: number; now: number },
    { session, ticks }: Day,
  ): StudiedSighting['plan'] {
    const { close, atr } = this.#chart.viewOf(symbol, now);
    // Turned over at the close, so that a percent of the price is the same on both sides.
    const axis = tally.pattern.side === 1 ? 0 : 2 * close;
    const prices = this.#chart.levelsOf(symbol);
    const levels = (axis === 0 ? prices : prices.map((price) => axis - price).reverse()).map((price) => ({ price }));
    const { entry, stop, target } = longPlanOf({ close, atr, levels, ticks }, stageOneLimits);
    const plan: FollowedPlan = { entry, stop, target, decidedAt: now, exitAt: session.closeMinute - EXITS_BEFORE_CLOSE };
    this.#open.push({ symbol, axis, arm: into, follower: new SetupFollower(plan), mark });
    return axis === 0 ? plan : { entry: axis - entry, stop: axis - stop, target: axis - target };
  }
}

const arm = (): StudyArm => ({ unfilled: 0, ends: [] });

function isLook(now: number, { openMinute, closeMinute }: Session): boolean {
  const since = now - openMinute;
  return since % EVERY === 0 && since >= FIRST_LOOK && now <= closeMinute - LAST_LOOK;
}
