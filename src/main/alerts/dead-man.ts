import type { Observation } from '#domain/alerts/observation';
import type { Http } from '#engine/ports/http';

export type DeadManOptions = {
  readonly url: URL;
  readonly everyMs: number;
  /** Whether trouble is told by `/fail` at once, besides by silence. */
  readonly tellsFailures: boolean;
  /** Tries once, within bounds. */
  readonly http: Http;
  /** Milliseconds that only go forward. */
  readonly elapsed: () => number;
  readonly seen: (ping: Extract<Observation, { readonly kind: 'ping_seen' }>) => void;
  readonly failed: (error: unknown) => void;
};

/** A word of failure that did not arrive is said again after so long. */
const FAIL_AGAIN_MS = 10_000;

/**
 * Tells an outside watch that all is well, as long as it is. When anything is not, it says nothing: whoever is out there calls
 * when the pings stay away, also when this machine is gone.
 */
export class DeadMan {
  readonly #options: DeadManOptions;
  #pingedAt = Number.NEGATIVE_INFINITY;
  #isUnderway = false;
  /** Whether the outside has taken it. */
  #hasTold = false;
  #failedAt = Number.NEGATIVE_INFINITY;

  constructor(options: DeadManOptions) {
    this.#options = options;
  }

  /** Pings when it is time and nothing is wrong; never waits. */
  look(troubles: readonly string[]): void {
    const { elapsed, everyMs, tellsFailures } = this.#options;
    if (troubles.length > 0) {
      // A ping that is underway, or a try that did not arrive, must not cost the word: it is said at a later look.
      if (!tellsFailures || this.#hasTold || this.#isUnderway || elapsed() - this.#failedAt < FAIL_AGAIN_MS) return;
      this.#failedAt = elapsed();
      this.#ask('/fail');
      return;
    }
    this.#hasTold = false;
    this.#failedAt = Number.NEGATIVE_INFINITY;
    if (this.#isUnderway || elapsed() - this.#pingedAt < everyMs) return;
    this.#pingedAt = elapsed();
    this.#ask('');
  }

  #ask(ending: string): void {
    this.#isUnderway = true;
    this.#ping(ending)
      .catch(this.#options.failed)
      .finally(() => {
        this.#isUnderway = false;
      });
  }

  async #ping(ending: string): Promise<void> {
    const { url, http, seen } = this.#options;
    const asked = new URL(url);
    asked.pathname = `${asked.pathname.replace(/\/$/, '')}${ending}`;
    const answer = await http.text({ url: asked, headers: {} });
    if (answer.ok && ending !== '') this.#hasTold = true;
    if (answer.ok) seen({ kind: 'ping_seen', reached: true, why: '' });
    else {
      const { problem } = answer;
      const how = problem.kind === 'unreachable' ? problem.last : problem.kind;
      seen({ kind: 'ping_seen', reached: false, why: how.replaceAll('_', ' ') });
    }
  }
}
