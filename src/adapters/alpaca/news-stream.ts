import { answerTo, type DataEnd, errorIn, introduce, messagesOf, refusals } from '#adapters/alpaca/data-host';
import { dialled, type LastingLineSettings, lossPauseMs } from '#adapters/alpaca/lasting-line';
import { readItems } from '#adapters/alpaca/news-item';
import { textIn } from '#domain/values/json-field';
import type { NewsStream, StreamEvent } from '#engine/ports/news-source';
import type { Socket } from '#engine/ports/socket';

/** What the news stream needs; no symbols are every story. */
export type AlpacaStreamSettings = LastingLineSettings & { readonly symbols: readonly string[] };

/** Nobody trades on it alone: a line that stays away may be tried less often than those of orders and prices. */
const PAUSE_MS_MAX = 300_000;
/** After a wrong key or a missing subscription; a passing refusal must not end the stream for good. */
const REFUSED_PAUSE_MS = 600_000;

/** Codes that stay as they are until a person does something; all others are worth another try. */
const refused: Readonly<Record<number, string>> = {
  ...refusals,
  405: 'too many symbols',
  409: 'insufficient subscription',
  410: 'invalid subscription for this feed',
};

/** Alpaca's news stream: hello, authentication, subscription, then messages "n". Reconnects for as long as it is followed. */
export class AlpacaNewsStream implements NewsStream {
  readonly name = 'alpaca';
  readonly #settings: AlpacaStreamSettings;

  constructor(settings: AlpacaStreamSettings) {
    this.#settings = settings;
  }

  async *follow(stop: AbortSignal): AsyncGenerator<StreamEvent> {
    const { clock, random } = this.#settings;
    let losses = 0;
    while (!stop.aborted) {
      let ready = false;
      const end = yield* this.#once(stop, () => {
        ready = true;
      });
      if (stop.aborted) return;
      losses = ready ? 0 : losses + 1;
      const said = end.kind === 'error' ? refused[end.code] : undefined;
      const waitMs = said === undefined ? lossPauseMs(Math.max(1, losses), PAUSE_MS_MAX, random) : REFUSED_PAUSE_MS;
      if (end.kind === 'socket_lost') yield { kind: 'stream_lost', why: end.why, code: end.code, waitMs };
      else if (end.kind === 'no_answer') yield { kind: 'stream_lost', why: 'no_answer', code: null, waitMs };
      else if (said === undefined) yield { kind: 'stream_lost', why: 'server_error', code: end.code, waitMs };
      else yield { kind: 'stream_refused', code: end.code, said, waitMs };
      await clock.sleep(waitMs, stop);
    }
  }

  /** One connection from its dial to its end. */
  async *#once(stop: AbortSignal, ready: () => void): AsyncGenerator<StreamEvent, DataEnd> {
    const line = await dialled(this.#settings, stop);
    if (!line.ok) return line.problem;
    const socket = line.value;
    try {
      const end = (await introduce(socket, this.#settings)) ?? (await this.#subscribe(socket));
      if (end !== null) return end;
      ready();
      yield { kind: 'stream_ready' };
      for (;;) {
        const text = await socket.next();
        if (!text.ok) return text.problem;
        const messages = messagesOf(text.value);
        const items = messages.filter((message) => textIn(message, 'T') === 'n');
        if (items.length > 0) yield { kind: 'stream_page', page: { ...readItems(items, this.#settings.clock.now()), coveredTo: null } };
        const error = messages.map(errorIn).find((found) => found !== null);
        if (error !== undefined && error !== null) return error;
      }
    } finally {
      socket.close();
    }
  }

  #subscribe(socket: Socket): Promise<DataEnd | null> {
    const { symbols, answerMsMax } = this.#settings;
    socket.send(JSON.stringify({ action: 'subscribe', news: symbols.length === 0 ? ['*'] : symbols }));
    return answerTo(socket, 'subscription', answerMsMax);
  }
}
