import type { EventOf } from '#domain/events/event';
import type { Instant } from '#domain/values/instant';
import { type SymbolIndex, ticker } from '#domain/values/symbol';
import type { Clock } from '#engine/ports/clock';
import type { Headline } from '#engine/ports/headline';
import type { NewsPage, NewsSource, NewsStream } from '#engine/ports/news-source';
import type { SymbolTable } from '#main/day/symbol-table';
import { problemText, streamText } from '#main/news/news-text';

export type LiveNews = {
  readonly source: NewsSource;
  readonly stream: NewsStream | null;
  readonly clock: Clock;
  readonly symbols: SymbolTable;
  readonly isToldAlready: (story: string) => boolean;
  readonly tell: (headline: EventOf<'headline_published'>) => void;
  readonly say: (line: string) => void;
};

/**
 * Tells each story once: first what was published since `since`, then what comes. Each time that the line is up again, its
 * vendor is asked for what was missed.
 */
export async function followNews(news: LiveNews, since: Instant, stop: AbortSignal): Promise<void> {
  let from = since;
  const ask = async (): Promise<void> => {
    const asked = news.clock.now();
    for await (const page of news.source.pages({ since: from, until: null })) {
      if (page.ok) take(page.value, news);
      else return news.say(`news: ${problemText(page.problem)}`);
    }
    from = asked;
  };
  await ask();
  if (news.stream === null) {
    for (; !stop.aborted; await news.clock.sleep(news.source.pollMs, stop)) await ask();
    return;
  }
  for await (const event of news.stream.follow(stop)) {
    const text = streamText(event);
    if (text !== null) news.say(`news: ${text}`);
    if (event.kind === 'stream_ready') await ask();
    if (event.kind === 'stream_page') take(event.page, news);
  }
}

function take({ headlines }: NewsPage, { symbols, clock, isToldAlready, tell }: LiveNews): void {
  for (const headline of headlines) if (!isToldAlready(headline.id)) tell(told(headline, symbols, clock.now()));
}

/** Known since its vendor filed it, which a story that is asked for after the fact was before now; never in the future. */
function told(
  { id, publishedAt, updatedAt, outlet, text, symbols: names }: Headline,
  symbols: SymbolTable,
  now: Instant,
): EventOf<'headline_published'> {
  const listed = names.map((name) => symbols.indexOf(ticker(name))).filter((found): found is SymbolIndex => found !== null);
  const knownAt = updatedAt < now ? updatedAt : now;
  return { kind: 'headline_published', id, knownAt, publishedAt, source: outlet, text, symbols: listed };
}
