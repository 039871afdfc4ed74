import { type Instant, instant } from '#domain/values/instant';
import type { Ticker } from '#domain/values/symbol';
import type { NewsStory } from '#simulation/broker-market/market-moment';
import { RandomStream } from '#simulation/market/seeded-random';

/** A headline before a wire has it. */
export type PlainHeadline = {
  readonly at: Instant;
  readonly text: string;
  readonly source: string;
  readonly symbols: readonly Ticker[];
};

/** One story in so many is told again after an edit. Source: broker-alpaca §15, the same article is sent again. */
const EDITED = 0.1;
const EDIT_MS_MIN = 2 * 60_000;
const EDIT_MS_MAX = 45 * 60_000;
const FIRST_ID = 24_000_000;

/** Stories with their ids, and the edits of some, by when each was touched. */
export function wiredNews(headlines: readonly PlainHeadline[], seed: number): readonly NewsStory[] {
  const stream = new RandomStream(seed, 'news wire');
  const sorted = [...headlines].sort((a, b) => a.at - b.at);
  const stories = sorted.flatMap(({ at, text, source, symbols }, place): readonly NewsStory[] => {
    stream.restart(place, 0);
    const story = { id: FIRST_ID + place, text, summary: '', source, symbols, createdAt: at, updatedAt: at };
    if (!stream.chance(EDITED)) return [story];
    const updatedAt = instant(at + stream.integer(EDIT_MS_MIN, EDIT_MS_MAX));
    return [story, { ...story, summary: text, updatedAt }];
  });
  return stories.sort((a, b) => a.updatedAt - b.updatedAt);
}
