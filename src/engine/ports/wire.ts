/** An HTTP request as it goes out, without its keys. `query` and `body` are as they are sent. */
export type WireRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** JSON, or nothing. */
  readonly body: string;
};

/** Header names in lower case. */
export type WireAnswer = {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/**
 * No answer. `sent` says whether a byte may have reached the other side: where it is false, it is proven that nothing has
 * happened there.
 */
export type WireFault = {
  readonly kind: 'fault';
  readonly why: 'timeout' | 'no_connection' | 'reset' | 'cut_body' | 'too_large' | 'stopped' | 'no_budget' | 'withdrawn';
  readonly sent: boolean;
};

export type WireReply = WireAnswer | WireFault;
