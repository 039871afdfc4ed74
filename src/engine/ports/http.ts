import type { Result } from '#domain/values/result';

/** What is asked of a vendor. The address may hold a key: only its host and path are ever shown. */
export type HttpAsk = { readonly url: URL; readonly headers: Readonly<Record<string, string>> };

/** What is handed to somebody. */
export type HttpPost = HttpAsk & { readonly body: string };

/** What went wrong with one try. */
export type HttpFault = 'timeout' | 'no_connection' | 'cut_body' | 'not_json' | 'server_error' | 'too_many_requests';

export type HttpProblem =
  /** Weather: every try within the bound failed; `last` is how. */
  | {
      readonly kind: 'unreachable';
      readonly tries: number;
      readonly last: HttpFault;
      readonly status: number | null;
      readonly said: string;
    }
  /** The vendor has understood and says no; asking again would not help. */
  | { readonly kind: 'refused'; readonly status: number; readonly said: string }
  /** The vendor wants more patience than one request has. */
  | { readonly kind: 'rate_limited'; readonly waitMs: number; readonly said: string }
  | { readonly kind: 'too_large'; readonly bytesMax: number }
  /** We were told to stop. */
  | { readonly kind: 'stopped' };

/** Asks with patience: rate limit, time-outs, bounded tries. `said` is short and holds no key. */
export type Http = {
  json(ask: HttpAsk): Promise<Result<unknown, HttpProblem>>;
  text(ask: HttpAsk): Promise<Result<string, HttpProblem>>;
  /** Hands something over; any answer of 200 to 299 is a yes. A try that got no answer may have arrived all the same. */
  post(ask: HttpPost): Promise<Result<string, HttpProblem>>;
  /** What may be repeated of an answer: its beginning, on one line, without the keys that some vendors put into it. */
  shown(text: string): string;
};
