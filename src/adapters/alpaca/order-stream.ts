import { answered, keepLine, type LastingLineSettings, type LineEnd } from '#adapters/alpaca/lasting-line';
import { messagesOf, STREAM, type StreamMessage } from '#adapters/alpaca/order-message';
import type { BrokerNews } from '#engine/ports/brokerage';
import type { Socket } from '#engine/ports/socket';

/**
 * The order events of the trading host. There is no sequence number and no replay: `line_ready` says from when on events
 * are told, and what was before has to be asked for.
 */
export class OrderStream {
  readonly #settings: LastingLineSettings;

  constructor(settings: LastingLineSettings) {
    this.#settings = settings;
  }

  /** Ends when it is told to stop, or with what `tell` throws. */
  follow(tell: (news: BrokerNews) => void, stop: AbortSignal): Promise<void> {
    return keepLine(this.#settings, (socket, ready) => this.#live(socket, ready, tell), tell, stop);
  }

  async #live(socket: Socket, ready: () => void, tell: (news: BrokerNews) => void): Promise<LineEnd> {
    const { keyId, secret, answerMsMax } = this.#settings;
    // Listening before the authorization would be refused, so each step waits for the one before.
    socket.send(JSON.stringify({ action: 'authenticate', data: { key_id: keyId, secret_key: secret } }));
    const refused = await answerTo(socket, 'authorization', answerMsMax, tell);
    if (refused !== null) return refused;
    socket.send(JSON.stringify({ action: 'listen', data: { streams: [STREAM] } }));
    const unheard = await answerTo(socket, 'listening', answerMsMax, tell);
    if (unheard !== null) return unheard;
    ready();
    for (;;) {
      const text = await socket.next();
      if (!text.ok) return text.problem;
      const end = take(messagesOf(text.value), tell);
      if (end !== null) return end;
    }
  }
}

/** Waits for the good answer of that kind: null. What else ends the line is said; news that come early are told. */
const answerTo = (
  socket: Socket,
  wanted: 'authorization' | 'listening',
  msMax: number,
  tell: (news: BrokerNews) => void,
): Promise<LineEnd | null> =>
  answered(socket, { to: wanted, msMax }, (text) => {
    const messages = messagesOf(text);
    return take(messages, tell) ?? (messages.some(({ kind }) => kind === wanted) ? 'heard' : null);
  });

/** Tells the news of a text, all of them, and says what in it ends the line. */
function take(messages: readonly StreamMessage[], tell: (news: BrokerNews) => void): LineEnd | null {
  let end: LineEnd | null = null;
  for (const message of messages) {
    if (message.kind === 'order_news' || message.kind === 'unreadable_news') tell(message);
    else end ??= endedBy(message);
  }
  return end;
}

/** Streams that may not be had are silently missing from the acknowledgement (broker-alpaca §14). */
function endedBy(message: Extract<StreamMessage, { kind: 'authorization' | 'listening' }>): LineEnd | null {
  if (message.kind === 'authorization') return message.granted ? null : { kind: 'refused', said: `authorization: ${message.said}` };
  return message.streams.includes(STREAM) ? null : { kind: 'refused', said: `${STREAM} is not among the streams that are listened to` };
}
