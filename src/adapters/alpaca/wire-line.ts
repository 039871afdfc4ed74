import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as plainRequest, type RequestOptions } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import { withoutKeys } from '#domain/values/redacted';
import type { WireAnswer, WireFault, WireReply, WireRequest } from '#engine/ports/wire';

/** A host and the keys that it knows us by. */
export type WireLineSettings = {
  /** Host and port; a path stands in each request. */
  readonly base: URL;
  readonly keyId: string;
  readonly secret: string;
  /** Told of each request before it is sent. */
  readonly sent?: (url: URL) => void;
};

/** `msMax` runs from the moment at which it is sent to the end of the answer. */
export type Bounds = { readonly msMax: number; readonly bytesMax: number };

/** A connection that has idled longer may be closed by the other side just as a request goes out, which would leave its fate unknown. */
const IDLE_MS_MAX = 10_000;

/**
 * One host over connections that are kept. Each request is tried once: no redirect, no other address, no second try. It
 * knows whether a byte can have left: before the connection stands (for https: before the handshake has proven the other
 * side), none has. How many may be under way is not its business, so nothing waits here unseen.
 */
export class WireLine {
  readonly #settings: WireLineSettings;
  readonly #isSecure: boolean;
  readonly #agent: PlainAgent;

  constructor(settings: WireLineSettings) {
    this.#settings = settings;
    this.#isSecure = settings.base.protocol === 'https:';
    const kept = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, maxFreeSockets: 16, timeout: IDLE_MS_MAX };
    this.#agent = this.#isSecure ? new SecureAgent(kept) : new PlainAgent(kept);
  }

  send(request: WireRequest, { msMax, bytesMax }: Bounds): Promise<WireReply> {
    return new Promise((resolve) => {
      const outgoing = this.#open(request);
      let sent = false;
      const timer = setTimeout(() => end({ kind: 'fault', why: 'timeout', sent }), msMax);
      const end = (reply: WireReply): void => {
        clearTimeout(timer);
        resolve(reply);
        if (reply.kind === 'fault') outgoing.destroy();
      };
      outgoing.on('socket', (socket) => {
        whenSent(outgoing, socket, this.#isSecure, () => {
          sent = true;
        });
      });
      // Whatever goes wrong is weather; its text may name the address and is not repeated.
      outgoing.on('error', () => end({ kind: 'fault', why: sent ? 'reset' : 'no_connection', sent }));
      outgoing.on('response', (response) => take(response, bytesMax, (reply) => end(this.#shown(reply))));
      outgoing.end(request.body);
    });
  }

  /** Lets the connections go that nobody uses. */
  close(): void {
    this.#agent.destroy();
  }

  #open({ method, path, query, body }: WireRequest): ClientRequest {
    const { base, keyId, secret } = this.#settings;
    const url = new URL(path, base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    this.#settings.sent?.(url);
    const options: RequestOptions = {
      method,
      agent: this.#agent,
      headers: {
        'user-agent': 'catalyst',
        accept: 'application/json',
        'accept-encoding': 'identity',
        'apca-api-key-id': keyId,
        'apca-api-secret-key': secret,
        ...(body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
    };
    return this.#isSecure ? secureRequest(url, options) : plainRequest(url, options);
  }

  /** A host that repeats the keys that it was told puts them into no answer. */
  #shown(reply: WireReply): WireReply {
    const { keyId, secret } = this.#settings;
    return reply.kind === 'fault' ? reply : { ...reply, body: withoutKeys(reply.body, [keyId, secret]) };
  }
}

/** A kept connection carries a request at once, a new one when it stands. */
function whenSent(outgoing: ClientRequest, socket: Socket, isSecure: boolean, told: () => void): void {
  if (outgoing.reusedSocket || (!isSecure && !socket.connecting)) told();
  else socket.once(isSecure ? 'secureConnect' : 'connect', told);
}

function take(response: IncomingMessage, bytesMax: number, end: (reply: WireAnswer | WireFault) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > bytesMax) end({ kind: 'fault', why: 'too_large', sent: true });
    else chunks.push(chunk);
  });
  response.on('error', () => end({ kind: 'fault', why: 'cut_body', sent: true }));
  response.on('end', () => {
    if (!response.complete) return;
    const body = Buffer.concat(chunks).toString('utf8');
    end({ kind: 'answer', status: response.statusCode ?? 0, headers: headersOf(response), body });
  });
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const all = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')] as const);
  return Object.fromEntries(all);
}
