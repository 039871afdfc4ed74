import { barProblemText } from '#main/bars/bar-problem';
import { openBarSource } from '#main/bars/open-bar-source';
import { noNews, readNews } from '#main/day/news-feed';
import { type RanSession, runDays } from '#main/day/run-day';
import { sessionLine } from '#main/day/session-line';
import { planSessions } from '#main/day/session-plan';
import { summaryOf } from '#main/day/summary-line';
import { defaultSettings } from '#domain/settings';
import { parseSessionDate } from '#domain/values/session-date';
import { unrecorded } from '#engine/journal/recorder';

const [data = '', from = '', to = '', ...news] = process.argv.slice(2);
const f = parseSessionDate(from)!; const t = parseSessionDate(to)!;
const opened = await openBarSource({ path: data, barLabel: 'start', to: t });
if (!opened.ok) { console.error(barProblemText(opened.problem)); process.exit(3); }
const source = opened.value.source;
const planned = planSessions({ available: source.sessions, from: f, to: t, history: 'auto' });
if (!planned.ok) { console.error(planned.problem); process.exit(3); }
const feed = news.length ? await readNews(news, []) : { ok: true as const, value: noNews };
if (!feed.ok) { console.error(feed.problem); process.exit(3); }
const ran: RanSession[] = [];
for await (const session of runDays({ source, sourceKind: 'recorded_market', sessions: planned.value.sessions, settings: defaultSettings, recorder: unrecorded(), durability: 'grouped', news: feed.value })) {
  ran.push(session);
  if (!session.history) console.log(JSON.stringify(sessionLine(session)));
}
console.log(JSON.stringify({ summary: summaryOf(ran, null) }));
await source.close();
