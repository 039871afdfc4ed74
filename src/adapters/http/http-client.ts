import { waitWanted } from '#adapters/http/retry-after';
import { type Rate, TokenBucket } from '#adapters/http/token-bucket';
import { assert } from '#domain/values/assert';
import { firstWords } from '#domain/values/first-words';
import { redacted, withoutKeys } from '#domain/values/redacted';
import { fail, ok, type Result } from '#domain/values/result';
import type { Clock } from '#engine/ports/clock';
import type { Http, HttpAsk, HttpFault, HttpPost, HttpProblem } from '#engine/ports/http';
import { parsed } from '#engine/ports/json-text';

export type Patience = {
  readonly triesMax: number;
  /** The first pause; it doubles, up to `pauseMsMax`, and half of it is chance, so that clients do not come in step. */
  readonly pauseMs: number;
  readonly pauseMsMax: number;
  /** A longer wish of the vendor is handed to the caller instead of being slept through. */
  readonly wishMsMax: number;
  readonly headersMsMax: number;
  readonly bodyMsMax: number;
  readonly bodyBytesMax: number;
};

export const patience: Patience = {
  triesMax: 5,
  pauseMs: 500,
  pauseMsMax: 30_000,
  wishMsMax: 120_000,
  headersMsMax: 15_000,
  bodyMsMax: 30_000,
  bodyBytesMax: 10 * 1024 * 1024,
};

export type HttpSettings = {
  readonly rate: Rate;
  readonly clock: Clock;
  readonly random: () => number;
  /** Texts that never leave in a problem. */
  readonly secrets: readonly string[];
  readonly stop: AbortSignal;
  readonly patience: Patience;
  /** Told of each request before it is sent, also of those that are tried again: vendors count them so. */
  readonly sent?: (url: URL) => void;
};

type Try<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | {
      readonly kind: 'fault';
      readonly fault: HttpFault;
      readonly status: number | null;
      readonly said: string;
      readonly wishMs: number | null;
    }
  | { readonly kind: 'final'; readonly problem: HttpProblem };

const SAID_MAX = 500;

/** GET with a rate limit, time-outs on headers and body, a bound on the body, and bounded tries of what may pass by itself. */
export class HttpClient implements Http {
  readonly #settings: HttpSettings;
  readonly #bucket: TokenBucket;

  constructor(settings: HttpSettings) {
    this.#settings = settings;
    this.#bucket = new TokenBucket(settings.rate, settings.clock);
  }

  json(ask: HttpAsk): Promise<Result<unknown, HttpProblem>> {
    return this.#ask(ask, (text) => {
      const value = parsed(text);
      return value === undefined ? null : { value };
    });
  }

  text(ask: HttpAsk): Promise<Result<string, HttpProblem>> {
    return this.#ask(ask, (text) => ({ value: text }));
  }

  post(ask: HttpPost): Promise<Result<string, HttpProblem>> {
    return this.#ask(ask, (text) => ({ value: text }));
  }

  shown(text: string): string {
    return firstWords(redacted(text, this.#settings.secrets), SAID_MAX);
  }

  async #ask<Value>(
    ask: HttpAsk | HttpPost,
    read: (text: string) => { readonly value: Value } | null,
  ): Promise<Result<Value, HttpProblem>> {
    const { triesMax, wishMsMax } = this.#settings.patience;
    const { clock, stop } = this.#settings;
    for (let tries = 1; ; tries++) {
      await this.#bucket.take(stop);
      if (stop.aborted) return fail({ kind: 'stopped' });
      const result = await this.#try(ask, read);
      if (result.kind === 'done') return ok(result.value);
      if (result.kind === 'final') return fail(result.problem);
      if (stop.aborted) return fail({ kind: 'stopped' });
      const { fault, status, said, wishMs } = result;
      if (wishMs !== null && wishMs > wishMsMax) return fail({ kind: 'rate_limited', waitMs: wishMs, said });
      if (tries >= triesMax) return fail({ kind: 'unreachable', tries, last: fault, status, said });
      await clock.sleep(Math.max(wishMs ?? 0, this.#pause(tries)), stop);
    }
  }

  #pause(tries: number): number {
    const { pauseMs, pauseMsMax } = this.#settings.patience;
    const whole = Math.min(pauseMsMax, pauseMs * 2 ** (tries - 1));
    return Math.round(whole / 2 + (whole / 2) * this.#settings.random());
  }

  async #try<Value>(ask: HttpAsk | HttpPost, read: (text: string) => { readonly value: Value } | null): Promise<Try<Value>> {
    const { url, headers } = ask;
    const posted = 'body' in ask ? { method: 'POST', body: ask.body } : {};
    const { clock, stop } = this.#settings;
    const { headersMsMax, bodyMsMax, bodyBytesMax } = this.#settings.patience;
    const line = new Line(stop);
    try {
      line.limit(headersMsMax);
      this.#settings.sent?.(url);
      // A redirect would carry the keys to wherever it points.
      const response = await fetch(url, {
        ...posted,
        headers: { 'user-agent': 'catalyst', ...headers },
        redirect: 'manual',
        signal: line.signal,
      });
      line.limit(bodyMsMax);
      const { status } = response;
      const body = await Promise.race([bounded(response, bodyBytesMax), line.aborted]);
      if (body === undefined) return { kind: 'fault', fault: line.fault, status: null, said: '', wishMs: null };
      if (body === null) return { kind: 'final', problem: { kind: 'too_large', bytesMax: bodyBytesMax } };
      const text = withoutKeys(body, this.#settings.secrets);
      const said = this.shown(text);
      if (status === 429)
        return { kind: 'fault', fault: 'too_many_requests', status, said, wishMs: waitWanted(response.headers, clock.now()) };
      if (status === 408 || status >= 500)
        return { kind: 'fault', fault: 'server_error', status, said, wishMs: waitWanted(response.headers, clock.now()) };
      const isYes = status === 200 || ('body' in ask && status > 200 && status < 300);
      if (!isYes) return { kind: 'final', problem: { kind: 'refused', status, said } };
      const value = read(text);
      return value === null ? { kind: 'fault', fault: 'not_json', status, said, wishMs: null } : { kind: 'done', value: value.value };
    } catch (error) {
      // Whatever fetch throws is weather: a reset, a name that is not found, a body that ends early. Its text may hold the address.
      assert(error instanceof Error, 'fetch throws errors');
      return { kind: 'fault', fault: line.fault, status: null, said: '', wishMs: null };
    } finally {
      line.end();
    }
  }
}

/** One request's time: a limit that can be set anew, and the wish to stop. */
class Line {
  readonly #abort = new AbortController();
  readonly #stop: AbortSignal;
  readonly #told = (): void => this.#abort.abort();
  /** A body whose unpacking fails at the end of its connection heeds no signal in Node 20: whoever waits for it waits for this too. */
  readonly aborted = new Promise<undefined>((resolve) => {
    this.#abort.signal.addEventListener('abort', () => resolve(undefined));
  });
  #timer: NodeJS.Timeout | undefined;
  #late = false;
  #answered = false;

  constructor(stop: AbortSignal) {
    this.#stop = stop;
    stop.addEventListener('abort', this.#told);
    if (stop.aborted) this.#told();
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  limit(ms: number): void {
    this.#answered = this.#timer !== undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#late = true;
      this.#abort.abort();
    }, ms);
  }

  get fault(): HttpFault {
    if (this.#late) return 'timeout';
    return this.#answered ? 'cut_body' : 'no_connection';
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#stop.removeEventListener('abort', this.#told);
    // Lets go of a body that nobody reads to its end.
    this.#abort.abort();
  }
}

/** The body as text; `null` when it is larger, counted after unpacking, so that a packed bomb is counted too. */
async function bounded(response: Response, bytesMax: number): Promise<string | null> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of response.body) {
    const part: Uint8Array = chunk;
    bytes += part.byteLength;
    if (bytes > bytesMax) return null;
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}
