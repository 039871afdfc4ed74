import type { Instant } from '#domain/values/instant';
import { instant } from '#domain/values/instant';
import { textIn } from '#domain/values/json-field';
import { parsed } from '#engine/ports/json-text';
import type { ServedStream } from '#simulation/broker/served';
import {
  askedIn,
  type Channel,
  isTooMany,
  isWanted,
  noSubscriptions,
  type Subscriptions,
  stockChannels,
  withAsked,
  withoutAsked,
} from '#simulation/broker-market/data-channels';
import type { DataFaults } from '#simulation/broker-market/data-fault';

/** What a stream tells: stocks of one tape, made-up ones, or news. */
export type Feed = 'iex' | 'sip' | 'delayed_sip' | 'test' | 'news';

/** What a stream says when something is wrong. Source: broker-alpaca §15. */
const streamErrors = {
  400: 'invalid syntax',
  401: 'not authenticated',
  402: 'auth failed',
  403: 'already authenticated',
  404: 'auth timeout',
  405: 'symbol limit exceeded',
  406: 'connection limit exceeded',
  407: 'slow client',
  408: 'v2 not enabled',
  409: 'insufficient subscription',
  410: 'invalid subscribe action for this feed',
  500: 'internal error',
} as const;

/** A code of the table. */
export type StreamErrorCode = keyof typeof streamErrors;

const isStreamError = (code: number): code is StreamErrorCode => Object.hasOwn(streamErrors, code);

/** What a connection asks of whoever keeps them all. */
export type DataHub = {
  readonly now: Instant;
  readonly faults: DataFaults;
  readonly symbolsMax: number | null;
  isAuthorized(keyId: string, secret: string): boolean;
  /** The error with which a connection of that key is refused, if it is. */
  refusal(stream: DataStream, keyId: string): StreamErrorCode | null;
};

/** Ended by the broker after an error. Source: RFC 6455, policy violation; Alpaca's own code is not documented. */
const ENDED = 1008;

type Waiting = { readonly at: Instant; readonly text: string };

/** One connection to market data: hello, authentication, subscriptions, messages. */
export class DataStream implements ServedStream {
  readonly feed: Feed;
  /** Of the key that it was authenticated with; null before. */
  keyId: string | null = null;
  ended: number | null = null;
  readonly #hub: DataHub;
  readonly #channels: readonly Channel[];
  #subscriptions: Subscriptions;
  #waiting: Waiting[] = [];

  constructor(hub: DataHub, feed: Feed) {
    this.#hub = hub;
    this.feed = feed;
    this.#channels = feed === 'news' ? ['news'] : stockChannels;
    this.#subscriptions = noSubscriptions(this.#channels);
    this.#say([{ T: 'success', msg: 'connected' }]);
  }

  get answersPings(): boolean {
    return this.#hub.faults.holding('mute', this.feed, this.#hub.now)?.pings !== false;
  }

  receive(text: string): void {
    if (this.ended !== null) return;
    const fault = this.#hub.faults.take('stream_error', this.feed, this.#hub.now);
    if (fault !== null) return this.#refuse(isStreamError(fault.code) ? fault.code : 500, fault.ends);
    const message = parsed(text);
    const action = textIn(message, 'action');
    if (action === 'auth') return this.authenticate(textIn(message, 'key') ?? '', textIn(message, 'secret') ?? '');
    if (this.keyId === null) return this.#refuse(401, false);
    if (action !== 'subscribe' && action !== 'unsubscribe') return this.#refuse(400, false);
    const asked = askedIn(message, this.#channels);
    if (asked === 'invalid') return this.#refuse(400, false);
    if (asked === 'foreign') return this.#refuse(410, false);
    const next = action === 'subscribe' ? withAsked(this.#subscriptions, asked) : withoutAsked(this.#subscriptions, asked);
    const { symbolsMax } = this.#hub;
    if (symbolsMax !== null && action === 'subscribe' && isTooMany(next, symbolsMax)) return this.#refuse(405, false);
    this.#subscriptions = next;
    this.#say([{ T: 'subscription', ...Object.fromEntries(next) }]);
  }

  /** By message, or by the headers of the handshake. */
  authenticate(keyId: string, secret: string): void {
    if (this.keyId !== null) return this.#refuse(403, false);
    if (!this.#hub.isAuthorized(keyId, secret)) return this.#refuse(402, true);
    const refusal = this.#hub.refusal(this, keyId);
    if (refusal !== null) return this.#refuse(refusal, true);
    this.keyId = keyId;
    this.#say([{ T: 'success', msg: 'authenticated' }]);
  }

  /** Whoever serves it has waited for an authentication long enough. */
  timeOut(): void {
    if (this.keyId === null && this.ended === null) this.#refuse(404, true);
  }

  /** Whoever serves it has too much that the client has not read. */
  tooSlow(): void {
    if (this.ended === null) this.#refuse(407, true);
  }

  wants(channel: Channel, names: readonly string[]): boolean {
    return this.ended === null && isWanted(this.#subscriptions, channel, names);
  }

  /** Messages of one instant, which come as one text; lag and silence are those of the line. */
  tell(messages: readonly object[]): void {
    if (messages.length === 0 || this.#hub.faults.holding('mute', this.feed, this.#hub.now) !== null) return;
    const lag = this.#hub.faults.holding('lag', this.feed, this.#hub.now)?.ms ?? 0;
    this.#waiting.push({ at: instant(this.#hub.now + lag), text: JSON.stringify(messages) });
  }

  nextDue(): Instant | null {
    return this.#waiting[0]?.at ?? null;
  }

  take(): readonly string[] {
    const due = this.#waiting.filter(({ at }) => at <= this.#hub.now);
    if (due.length > 0) this.#waiting = this.#waiting.filter(({ at }) => at > this.#hub.now);
    return due.map(({ text }) => text);
  }

  close(): void {
    this.ended ??= 1000;
    this.#subscriptions = noSubscriptions(this.#channels);
  }

  #refuse(code: StreamErrorCode, ends: boolean): void {
    this.#say([{ T: 'error', code, msg: streamErrors[code] }]);
    if (ends) this.ended = ENDED;
  }

  /** Control messages come alone, and are as mute as the line. */
  #say(message: readonly object[]): void {
    if (this.#hub.faults.holding('mute', this.feed, this.#hub.now) === null)
      this.#waiting.push({ at: this.#hub.now, text: JSON.stringify(message) });
  }
}
