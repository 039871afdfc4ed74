import type { Instant } from '#domain/values/instant';
import type { WireRequest } from '#engine/ports/wire';

/** What a client sends, with the keys of its headers; an empty text where it sent none. */
export type ClientRequest = WireRequest & { readonly keyId: string; readonly secret: string };

/** What becomes of a request on its connection, so many milliseconds of the broker's time after it came. */
export type ServedReply =
  | {
      readonly kind: 'answer';
      readonly delayMs: number;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** The answer begins, and its connection breaks after so many bytes of the body. */
  | {
      readonly kind: 'cut';
      readonly delayMs: number;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly bytes: number;
    }
  | { readonly kind: 'reset'; readonly delayMs: number }
  /** Nothing comes, and the connection stays. */
  | { readonly kind: 'silence' };

/** One connection to a stream. Messages wait in `take` until they are due. */
export type ServedStream = {
  receive(text: string): void;
  /** Messages that are due by now, oldest first. */
  take(): readonly string[];
  /** The close code once the broker has ended the connection; null while it stands. */
  readonly ended: number | null;
  /** Whether pings are answered; a mute line looks alive to nobody. */
  readonly answersPings: boolean;
  /** The client has gone. */
  close(): void;
};

/** A connection, or the HTTP status with which its handshake is refused. */
export type Connected = { readonly ok: true; readonly stream: ServedStream } | { readonly ok: false; readonly status: number };

/** A broker without sockets and without a clock of its own: whoever serves it tells it the time. */
export type ServedBroker = {
  readonly now: Instant;
  /** When the next thing happens by itself; null while nothing is under way. */
  nextDue(): Instant | null;
  /** Everything that falls due up to then happens, in order. */
  advanceTo(at: Instant): void;
  /** An HTTP request that arrives now. */
  request(request: ClientRequest): ServedReply;
  /** A client that connects now to the stream of order news. */
  connect(): Connected;
};
