import type { Instant } from '#domain/values/instant';

/** A value and everything that it was before: a late view tells an earlier one. */
export class History<Value> {
  readonly #steps: { readonly at: Instant; readonly value: Value }[] = [];

  /** A step never shows before the one that it follows. */
  push(at: Instant, value: Value): void {
    const last = this.#steps.at(-1);
    this.#steps.push({ at: last !== undefined && last.at > at ? last.at : at, value });
  }

  get latest(): Value | undefined {
    return this.#steps.at(-1)?.value;
  }

  /** How it looked then; undefined before the first step. */
  asOf(at: Instant): Value | undefined {
    for (let place = this.#steps.length - 1; place >= 0; place--) {
      const step = this.#steps[place];
      if (step !== undefined && step.at <= at) return step.value;
    }
    return undefined;
  }
}
