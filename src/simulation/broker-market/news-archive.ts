import type { Instant } from '#domain/values/instant';
import type { Ticker } from '#domain/values/symbol';
import type { NewsStory } from '#simulation/broker-market/market-moment';

/** Which stories are asked for. */
export type NewsQuestion = {
  /** None is every story. */
  readonly symbols: readonly Ticker[];
  /** Of the last touch, both inclusive. */
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly oldestFirst: boolean;
};

/** Stories as they were last told; an edit takes the place of what it edits, and moves it to when it was touched. */
export class NewsArchive {
  readonly #stories = new Map<number, NewsStory>();

  see(story: NewsStory): void {
    this.#stories.delete(story.id);
    this.#stories.set(story.id, story);
  }

  find({ symbols, from, to, oldestFirst }: NewsQuestion): readonly NewsStory[] {
    const found = [...this.#stories.values()].filter(
      (story) =>
        (symbols.length === 0 || story.symbols.some((symbol) => symbols.includes(symbol))) &&
        (from === null || story.updatedAt >= from) &&
        (to === null || story.updatedAt <= to),
    );
    found.sort((a, b) => a.updatedAt - b.updatedAt || a.id - b.id);
    return oldestFirst ? found : found.reverse();
  }
}
