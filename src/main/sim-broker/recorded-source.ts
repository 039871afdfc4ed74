import { type HeadlineFileProblem, readHeadlineFile } from '#adapters/headlines/headline-file';
import { usCalendar } from '#domain/market/calendar';
import { knownFrom } from '#domain/news/known-from';
import { DAY_MS, type Instant, instant } from '#domain/values/instant';
import { ok } from '#domain/values/result';
import { dayOf, type SessionDate } from '#domain/values/session-date';
import { ticker } from '#domain/values/symbol';
import { barProblemText } from '#main/bars/bar-problem';
import { openBarSource } from '#main/bars/open-bar-source';
import { Failure } from '#main/commands/failure';
import { newsProblemText } from '#main/day/news-problem';
import { HISTORY_SESSIONS, type MarketSource, sessionOn } from '#main/sim-broker/market-source';
import { noExtras } from '#simulation/broker-market/session-tape';
import type { PlainHeadline } from '#simulation/broker-market/wired-news';

/** Which files, how their bars are labelled, and the day to begin with. */
export type RecordedFiles = {
  readonly data: string;
  readonly news: readonly string[];
  readonly barLabel: 'start' | 'end';
  readonly from: SessionDate;
};

/** Bars and headlines from files, as `catalyst day` reads them; halts and bad ticks are not known of them. */
export async function recordedSource({ data, news, barLabel, from }: RecordedFiles): Promise<MarketSource> {
  const opened = await openBarSource({ path: data, barLabel, teach: { from, history: HISTORY_SESSIONS } });
  if (!opened.ok) throw new Failure('badInput', barProblemText(opened.problem));
  const { source } = opened.value;
  if (!source.sessions.includes(from)) {
    await source.close();
    throw new Failure('badInput', `${data} has no bars of ${from}; say another day with --from`);
  }
  const headlines: PlainHeadline[] = [];
  for (const file of news) headlines.push(...(await headlinesIn(file)));
  return { source, sessions: source.sessions.map(sessionOn), extras: () => noExtras, headlines };
}

async function headlinesIn(file: string): Promise<readonly PlainHeadline[]> {
  const headlines: PlainHeadline[] = [];
  const read = await readHeadlineFile<HeadlineFileProblem>(file, {
    take: (headline) => {
      const at = headline.knownAt === null ? knownFrom(headline, startAfter) : headline.knownAt;
      headlines.push({ at, text: headline.text, source: headline.source, symbols: headline.tickers.map(ticker) });
      return ok(null);
    },
    refuse: () => {},
  });
  if (!read.ok) throw new Failure('badInput', newsProblemText(read.problem));
  return headlines;
}

/** Pre-market start of the first session after the date; beyond the calendar, a day later. */
function startAfter(date: SessionDate): Instant {
  const next = usCalendar.nextSession(date);
  return next.ok ? next.value.preOpen : instant((dayOf(date) + 1) * DAY_MS);
}
