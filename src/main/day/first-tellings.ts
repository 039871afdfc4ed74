import type { Instant } from '#domain/values/instant';

/**
 * When each story of a vendor was first known. A story is news once: what a vendor changes in it afterwards does not make
 * it news again. This grows with the number of distinct stories, about a hundred bytes each, since an update may come at
 * the end of the feed or, in a file that is not in the order of time, before the telling that was first.
 */
export class FirstTellings {
  readonly #firsts = new Map<string, Instant>();

  /** Whether no telling so far was known as early; of two at the same instant the first one counts. */
  isFirst(story: string, at: Instant): boolean {
    const known = this.#firsts.get(story);
    if (known !== undefined && known <= at) return false;
    this.#firsts.set(story, at);
    return true;
  }

  /** Whether the telling at this instant is still the first, now that all are known. */
  remains(story: string, at: Instant): boolean {
    return this.#firsts.get(story) === at;
  }
}
