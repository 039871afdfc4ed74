import type { Entry } from '#domain/events/event';
import { KnownCatalysts, speaks } from '#domain/news/known-catalysts';
import type { SessionDate } from '#domain/values/session-date';
import type { Told } from '#main/explain/read-explanation';

/** What a headline meant for the name, on the day and at the local minute at which it was read. */
export type ToldNews = { readonly date: SessionDate; readonly minute: number; readonly entry: Entry<'catalyst_detected'> };

/** The news that counts for the name at an instant, and what is left of its strength; it may be days old. */
export type CountedNews = { readonly told: ToldNews; readonly left: number };

type Read = { readonly news: readonly ToldNews[]; readonly headlines: ReadonlyMap<string, Told> };

/** By the rule of the news service, which speaks of the headline only when the name is kept. */
export function countedNews({ news, headlines }: Read, at: number): CountedNews | null {
  const known = new KnownCatalysts();
  const stories = new Map<string, number>();
  for (const { entry } of news) {
    const { at: read, event } = entry;
    const { symbol, headline, catalyst: type, direction, strength, sentiment, reliability, outlets } = event;
    if (read > at) break;
    const story = stories.get(event.story) ?? stories.size;
    stories.set(event.story, story);
    if (!speaks({ type, strength }) || known.find(symbol, story) !== undefined) continue;
    const first = headlines.get(event.story) ?? headlines.get(headline);
    const since = Math.min(first?.publishedAt ?? first?.knownAt ?? read, read);
    known.add(symbol, { story, headline, type, direction, strength, sentiment, reliability, since, outlets }, read);
  }
  const symbol = news[0]?.entry.event.symbol;
  const best = symbol === undefined ? null : known.best(symbol, at);
  if (best === null) return null;
  const told = news.find(({ entry }) => entry.event.headline === best.known.headline);
  return told === undefined ? null : { told, left: best.strength };
}
