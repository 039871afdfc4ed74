import { readItems } from '#adapters/alpaca-news/news-item';
import { fieldIn, listOf, textIn } from '#domain/values/json-field';
import { withoutKeys } from '#domain/values/redacted';
import { fail, ok, type Result } from '#domain/values/result';
import type { Clock } from '#engine/ports/clock';
import type { NewsStream, StreamEvent } from '#engine/ports/news-source';
import type { Dial, Socket, SocketLost } from '#engine/ports/socket';

export type AlpacaStreamSettings = {
  readonly dial: Dial;
  readonly clock: Clock;
  readonly random: () => number;
  readonly url: URL;
  readonly keyId: string;
  readonly secret: string;
  /** None is every story. */
  readonly symbols: readonly string[];
  /** How long each answer of the introduction may take. */
  readonly answerMsMax: number;
};

/** The server keeps a half-dead connection for about 90 s, and an early second one is refused: so the first pause is long. */
const PAUSE_MS = 5_000;
const PAUSE_MS_MAX = 300_000;
/** After a wrong key or a missing subscription; a passing refusal must not end the stream for good. */
const REFUSED_PAUSE_MS = 600_000;

/** Codes that stay as they are until a person does something; all others are worth another try. */
const refusals: Readonly<Record<number, string>> = {
  401: 'not authenticated',
  402: 'authentication failed',
  403: 'already authenticated',
  405: 'too many symbols',
  408: 'not enabled for this account',
  409: 'insufficient subscription',
  410: 'invalid subscription for this feed',
};

type Broken =
  | SocketLost
  | { readonly kind: 'refused_by_code'; readonly code: number; readonly said: string }
  | { readonly kind: 'server_error'; readonly code: number }
  | { readonly kind: 'no_answer' };

/** Alpaca's news stream: hello, authentication, subscription, then messages "n". Reconnects for as long as it is followed. */
export class AlpacaNewsStream implements NewsStream {
  readonly name = 'alpaca';
  readonly #settings: AlpacaStreamSettings;

  constructor(settings: AlpacaStreamSettings) {
    this.#settings = settings;
  }

  async *follow(stop: AbortSignal): AsyncGenerator<StreamEvent> {
    let pauses = 0;
    while (!stop.aborted) {
      let ready = false;
      const lost = yield* this.#once(stop, () => {
        ready = true;
      });
      if (stop.aborted) return;
      pauses = ready ? 0 : pauses + 1;
      const refused = lost.kind === 'refused_by_code';
      const waitMs = refused ? REFUSED_PAUSE_MS : this.#pause(pauses);
      if (refused) yield { kind: 'stream_refused', code: lost.code, said: lost.said, waitMs };
      else if (lost.kind === 'socket_lost') yield { kind: 'stream_lost', why: lost.why, code: lost.code, waitMs };
      else yield { kind: 'stream_lost', why: lost.kind, code: lost.kind === 'server_error' ? lost.code : null, waitMs };
      await this.#settings.clock.sleep(waitMs, stop);
    }
  }

  #pause(pauses: number): number {
    const whole = Math.min(PAUSE_MS_MAX, PAUSE_MS * 2 ** Math.max(0, pauses - 1));
    return Math.round(whole * (1 + this.#settings.random() / 2));
  }

  /** One connection from its dial to its end. */
  async *#once(stop: AbortSignal, ready: () => void): AsyncGenerator<StreamEvent, Broken> {
    const dialled = await this.#settings.dial(this.#settings.url, stop);
    if (!dialled.ok) return dialled.problem;
    const { keyId, secret } = this.#settings;
    const socket = withoutKeysIn(dialled.value, [keyId, secret]);
    try {
      const subscribed = await this.#introduce(socket);
      if (!subscribed.ok) return subscribed.problem;
      ready();
      yield { kind: 'stream_ready' };
      for (;;) {
        const messages = await nextMessages(socket);
        if (!messages.ok) return messages.problem;
        const broken = messages.value.map(brokenBy).find((found) => found !== null);
        const items = messages.value.filter((message) => textIn(message, 'T') === 'n');
        if (items.length > 0) yield { kind: 'stream_page', page: { ...readItems(items, this.#settings.clock.now()), coveredTo: null } };
        if (broken !== undefined) return broken;
      }
    } finally {
      socket.close();
    }
  }

  async #introduce(socket: Socket): Promise<Result<null, Broken>> {
    const { keyId, secret, symbols, answerMsMax } = this.#settings;
    const hello = await answerOf(socket, 'connected', answerMsMax);
    if (!hello.ok) return hello;
    socket.send(JSON.stringify({ action: 'auth', key: keyId, secret }));
    const authenticated = await answerOf(socket, 'authenticated', answerMsMax);
    if (!authenticated.ok) return authenticated;
    socket.send(JSON.stringify({ action: 'subscribe', news: symbols.length === 0 ? ['*'] : symbols }));
    return answerOf(socket, 'subscription', answerMsMax);
  }
}

/** A line whose server may repeat the keys that it was told. */
const withoutKeysIn = (socket: Socket, keys: readonly string[]): Socket => ({
  send: (text) => socket.send(text),
  close: () => socket.close(),
  next: async (msMax) => {
    const text = await socket.next(msMax);
    return text.ok ? ok(withoutKeys(text.value, keys)) : text;
  },
});

/** A server that talks and talks without an answer gives none. */
const ANSWER_TEXTS_MAX = 100;

/** Waits for a success of that name, or for the list of what is subscribed. */
async function answerOf(
  socket: Socket,
  wanted: 'connected' | 'authenticated' | 'subscription',
  msMax: number,
): Promise<Result<null, Broken>> {
  for (let texts = 0; texts < ANSWER_TEXTS_MAX; texts++) {
    const messages = await nextMessages(socket, msMax);
    if (!messages.ok)
      return messages.problem.kind === 'socket_lost' && messages.problem.why === 'timeout' ? fail({ kind: 'no_answer' }) : messages;
    for (const message of messages.value) {
      const broken = brokenBy(message);
      if (broken !== null) return fail(broken);
      const type = textIn(message, 'T');
      if (type === wanted || (type === 'success' && textIn(message, 'msg') === wanted)) return ok(null);
    }
  }
  return fail({ kind: 'no_answer' });
}

/** The messages of one text; what is no JSON is passed over, since the next may be. */
async function nextMessages(socket: Socket, msMax?: number): Promise<Result<readonly unknown[], SocketLost>> {
  for (;;) {
    const text = await socket.next(msMax);
    if (!text.ok) return text;
    const raw = parsed(text.value);
    const messages = listOf(raw) ?? [raw];
    if (messages.length > 0) return ok(messages);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function brokenBy(message: unknown): Exclude<Broken, SocketLost> | null {
  if (textIn(message, 'T') !== 'error') return null;
  const code = fieldIn(message, 'code');
  if (typeof code !== 'number') return { kind: 'server_error', code: 0 };
  const said = refusals[code];
  return said === undefined ? { kind: 'server_error', code } : { kind: 'refused_by_code', code, said };
}
