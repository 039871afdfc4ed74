/** Less than this is not worth moving. */
const MOVED_FROM = 1_024;

/**
 * Texts that wait to be read, in their order. A plain array would move all the rest of a long backlog for each one that is taken: a
 * hundred thousand take more than a second, in which nothing else is heard.
 */
export class Backlog {
  readonly #texts: string[] = [];
  #first = 0;
  #characters = 0;

  get count(): number {
    return this.#texts.length - this.#first;
  }

  get characters(): number {
    return this.#characters;
  }

  add(text: string): void {
    this.#texts.push(text);
    this.#characters += text.length;
  }

  /** The oldest; undefined when none waits. */
  take(): string | undefined {
    const text = this.#texts[this.#first];
    if (text === undefined) return undefined;
    this.#texts[this.#first++] = '';
    this.#characters -= text.length;
    if (this.#first >= MOVED_FROM && this.#first * 2 >= this.#texts.length) {
      this.#texts.splice(0, this.#first);
      this.#first = 0;
    }
    return text;
  }
}
