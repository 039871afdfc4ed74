import type { CatalystType } from '#domain/news/catalyst';
import { type Company, sectors } from '#simulation/market/company';
import type { RandomStream } from '#simulation/market/seeded-random';

/** What a headline does to its name after the first jump: goes on, stays, turns back; or there is not even a jump. */
export type CatalystEffect = 'momentum' | 'fizzle' | 'reversal' | 'nothing';

export type Catalyst = {
  readonly symbol: number;
  readonly type: CatalystType;
  readonly effect: CatalystEffect;
  /** 1 is good news, −1 bad. */
  readonly direction: 1 | -1;
  /** The row of the session in which it becomes known; −1 before the open. */
  readonly row: number;
  /** Milliseconds from the open to the moment at which it is known; negative before. */
  readonly knownAfterOpen: number;
  /** Log returns: at once, and over the hours that follow if the day were endless. */
  readonly jump: number;
  readonly drift: number;
  /** How many times its usual volume trades just after the news. */
  readonly surge: number;
};

/** No trade in rows `from` to `from + rows` − 1. */
export type Halt = { readonly symbol: number; readonly from: number; readonly rows: number };

/** What chance has in store for every name on one day; independent of prices, so that any day is drawn alone. */
export type DayPlan = {
  /** Log return of the name's own night, and its own session in standard deviations. */
  readonly night: Float64Array;
  readonly session: Float64Array;
  /** Own variance of the session, before any news. */
  readonly variance: Float64Array;
  /** Volume of the day as a multiple of the usual. */
  readonly activity: Float64Array;
  readonly catalysts: readonly Catalyst[];
  readonly halts: readonly Halt[];
  /** The ratio is used only when the price is high enough for a split. */
  readonly splits: readonly { readonly symbol: number; readonly ratio: number }[];
  readonly delistings: readonly number[];
};

/** Per name and day. */
const CATALYST = 0.03;
const IDLE_HEADLINE = 0.02;
const UNEXPLAINED_HALT = 1 / 2500;
const SPLIT = 1 / 2500;
const DELISTING = 1 / 20_000;

const MINUTE = 60_000;
const ratios = [2, 2, 2, 3, 3, 4, 5, 7, 10];

/** `momentum` scales what follows the first jump: 1 is usual, 0 a market in which news is worth nothing once it is known. */
export function drawDay(stream: RandomStream, day: number, companies: readonly Company[], rows: number, momentum: number): DayPlan {
  const night = new Float64Array(companies.length);
  const session = new Float64Array(companies.length);
  const variance = new Float64Array(companies.length);
  const activity = new Float64Array(companies.length);
  const catalysts: Catalyst[] = [];
  const halts: Halt[] = [];
  const splits: { symbol: number; ratio: number }[] = [];
  const delistings: number[] = [];
  for (let s = 0; s < companies.length; s++) {
    const company = companies[s] as Company;
    stream.restart(day, s);
    const sigma = company.ownSigma * Math.exp(0.25 * stream.normal() - 0.0625);
    variance[s] = sigma * sigma;
    session[s] = stream.normal();
    activity[s] = Math.exp(0.35 * stream.normal() - 0.06);
    // One night in twenty-five is four times as wild: gaps have fat tails even without a headline.
    const nightSigma = sigma * (stream.chance(0.04) ? 1.6 : 0.4);
    night[s] = nightSigma * stream.normal() - (nightSigma * nightSigma) / 2;
    const kind = stream.uniform();
    let catalyst: Catalyst | null = null;
    if (kind < CATALYST) catalyst = drawCatalyst(stream, company, s, rows, momentum);
    else if (kind < CATALYST + IDLE_HEADLINE) catalysts.push(drawIdleHeadline(stream, company, s, rows));
    if (catalyst !== null) catalysts.push(catalyst);
    const halt = drawHalt(stream, s, rows, catalyst);
    if (halt !== null) halts.push(halt);
    if (stream.chance(SPLIT)) splits.push({ symbol: s, ratio: stream.pick(ratios) });
    if (stream.chance(DELISTING)) delistings.push(s);
  }
  return { night, session, variance, activity, catalysts, halts, splits, delistings };
}

function drawCatalyst(stream: RandomStream, company: Company, symbol: number, rows: number, momentum: number): Catalyst {
  const direction = stream.chance(0.5) ? 1 : -1;
  const fate = stream.uniform();
  const effect: CatalystEffect = fate < 0.4 ? 'momentum' : fate < 0.6 ? 'reversal' : 'fizzle';
  // The simple return is symmetric, so that news alone favours neither side.
  const size = Math.min(company.ownSigma * (0.5 + 1.1 * stream.exponential()), 0.35);
  const strength = stream.between(0.5, 1.5);
  const after = effect === 'momentum' ? 0.3 * strength : effect === 'reversal' ? -0.4 * strength : 0;
  return {
    symbol,
    type: typeFor(stream, company),
    effect,
    direction,
    ...drawMoment(stream, rows),
    jump: Math.log(1 + direction * size),
    drift: direction * size * after * momentum,
    surge: stream.between(3, 10),
  };
}

function drawIdleHeadline(stream: RandomStream, company: Company, symbol: number, rows: number): Catalyst {
  const direction = stream.chance(0.5) ? 1 : -1;
  const type = stream.chance(0.3) ? typeFor(stream, company) : 'other_news';
  return { symbol, type, effect: 'nothing', direction, ...drawMoment(stream, rows), jump: 0, drift: 0, surge: 1 };
}

function typeFor(stream: RandomStream, company: Company): CatalystType {
  return stream.pick((sectors[company.sector] as (typeof sectors)[number]).news);
}

/** Six in ten are known from three and a half hours to five minutes before the open, the others early enough to matter in the session. */
function drawMoment(stream: RandomStream, rows: number): { readonly row: number; readonly knownAfterOpen: number } {
  if (stream.chance(0.6)) return { row: -1, knownAfterOpen: -Math.floor(stream.between(5 * MINUTE, 210 * MINUTE)) };
  const row = stream.integer(5, Math.max(5, rows - 30));
  return { row, knownAfterOpen: row * MINUTE + stream.below(15_000) };
}

function drawHalt(stream: RandomStream, symbol: number, rows: number, catalyst: Catalyst | null): Halt | null {
  const probability = catalyst === null ? UNEXPLAINED_HALT : catalyst.row < 0 ? 0.1 : 0.25;
  if (!stream.chance(probability)) return null;
  const from = catalyst === null ? stream.integer(5, rows - 20) : catalyst.row + stream.integer(1, 15);
  return { symbol, from, rows: stream.integer(5, 10) };
}
