import type { Word } from '#domain/news/headline-text';

type Node<Value> = { readonly next: Map<string, Node<Value>>; value: Value | undefined };

export type PhraseFound<Value> = { readonly value: Value; readonly first: number; readonly end: number };

/** Phrases by their words, built once and asked for the longest that begins at a word. */
export class PhraseTrie<Value> {
  readonly #root: Node<Value> = { next: new Map(), value: undefined };

  /** Puts a value at a phrase; `merge` decides when one is there already. */
  add(keys: readonly string[], value: Value, merge: (there: Value, added: Value) => Value = (there) => there): void {
    let node = this.#root;
    for (const key of keys) {
      let next = node.next.get(key);
      if (next === undefined) {
        next = { next: new Map(), value: undefined };
        node.next.set(key, next);
      }
      node = next;
    }
    node.value = node.value === undefined ? value : merge(node.value, value);
  }

  /**
   * The longest phrase from `first` on that `accepts` lets stand; `null` when there is none. A possessive ends a phrase:
   * "Apple's" is "apple" as a last word, "Victoria's Secret" keeps its own.
   */
  longestAt(
    words: readonly Word[],
    first: number,
    accepts: (value: Value, first: number, end: number) => boolean,
  ): PhraseFound<Value> | null {
    let best: PhraseFound<Value> | null = null;
    let node: Node<Value> | undefined = this.#root;
    for (let i = first; node !== undefined; i++) {
      const word: Word | undefined = words[i];
      if (word === undefined) break;
      const whole: Node<Value> | undefined = node.next.get(word.key);
      const stem: Node<Value> | undefined = word.possessive ? node.next.get(word.base) : undefined;
      for (const reached of [stem, whole]) {
        if (reached?.value !== undefined && accepts(reached.value, first, i + 1)) best = { value: reached.value, first, end: i + 1 };
      }
      node = whole;
    }
    return best;
  }
}
