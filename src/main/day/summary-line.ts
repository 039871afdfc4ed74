import { type QuestionCounts, totalOf } from '#main/day/question-tally';
import type { RanSession } from '#main/day/run-day';

/** What a run took. `seconds` from the first frame to the last commit, without the waits for bars, which are `loadSeconds`. */
export type Summary = {
  readonly sessions: number;
  readonly bars: number;
  readonly seconds: number;
  readonly loadSeconds: number;
  readonly barsPerSecond: number;
  readonly peakRssBytes: number;
  readonly questions: QuestionCounts;
  readonly journalHash: string | null;
  readonly history: { readonly sessions: number; readonly bars: number; readonly seconds: number };
};

const KIB = 1024;
const round = (seconds: number): number => Math.round(seconds * 1e6) / 1e6;
const sum = (ran: readonly RanSession[], of: (session: RanSession) => number): number =>
  ran.reduce((total, session) => total + of(session), 0);

/** Sessions that only teach are told apart: their bars count for nothing in the speed. */
export function summaryOf(ran: readonly RanSession[], journalHash: string | null): Summary {
  const traded = ran.filter(({ history }) => !history);
  const teaching = ran.filter(({ history }) => history);
  const bars = sum(traded, ({ report }) => report.bars);
  const seconds = sum(traded, (session) => session.seconds);
  return {
    sessions: traded.length,
    bars,
    seconds: round(seconds),
    loadSeconds: round(sum(ran, ({ waited }) => waited)),
    barsPerSecond: Math.round(bars / seconds),
    peakRssBytes: process.resourceUsage().maxRSS * KIB,
    questions: totalOf(traded.map(({ questions }) => questions)),
    journalHash,
    history: {
      sessions: teaching.length,
      bars: sum(teaching, ({ report }) => report.bars),
      seconds: round(sum(teaching, (session) => session.seconds)),
    },
  };
}
