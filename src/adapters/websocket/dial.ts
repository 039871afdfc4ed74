import { WebSocket } from 'ws';
import { Backlog } from '#adapters/websocket/backlog';
import { fail, ok, type Result } from '#domain/values/result';
import type { Dial, Socket, SocketLost } from '#engine/ports/socket';

export type Liveness = { readonly openMsMax: number; readonly pingMs: number; readonly pongMsMax: number };

export const liveness: Liveness = { openMsMax: 15_000, pingMs: 20_000, pongMsMax: 10_000 };

const MESSAGE_BYTES_MAX = 10 * 1024 * 1024;
/** Messages that nobody has taken yet, and their characters; beyond it the line is dropped, and what was missed is asked for again. */
const WAITING_MAX = 100_000;
const WAITING_LENGTH_MAX = 64 * 1024 * 1024;

/** Opens a WebSocket and watches it: a ping every so often, and a peer that shows no sign of life afterwards is lost. */
export function dialer({ openMsMax, pingMs, pongMsMax }: Liveness): Dial {
  return (url, stop) =>
    new Promise((resolve) => {
      if (stop.aborted) return resolve(fail(lost('stopped')));
      const line = new WebSocket(url, {
        handshakeTimeout: openMsMax,
        maxPayload: MESSAGE_BYTES_MAX,
        followRedirects: false,
        perMessageDeflate: false,
      });
      const watched = new WatchedSocket(line);
      let status: number | null = null;
      const told = (): void => watched.lose(lost('stopped'));
      stop.addEventListener('abort', told);
      line.on('unexpected-response', (request, response) => {
        status = response.statusCode ?? null;
        response.resume();
        request.destroy();
        watched.lose(lost('handshake_refused', status));
      });
      // Every error is followed by a close; without a listener it would end the process.
      line.on('error', () => {});
      line.on('open', () => {
        watched.watch(pingMs, pongMsMax);
        resolve(ok(watched));
      });
      line.on('message', (data) => watched.take(String(data)));
      line.on('close', (code) => watched.lose(lost(watched.opened ? 'closed' : 'no_connection', watched.opened ? code : null)));
      watched.onEnd = (end) => {
        stop.removeEventListener('abort', told);
        resolve(fail(end));
      };
    });
}

const lost = (why: SocketLost['why'], code: number | null = null): SocketLost => ({ kind: 'socket_lost', why, code });

type Taker = (message: Result<string, SocketLost>) => void;

class WatchedSocket implements Socket {
  onEnd: (end: SocketLost) => void = () => {};
  opened = false;
  readonly #line: WebSocket;
  readonly #waiting = new Backlog();
  #taker: Taker | null = null;
  #end: SocketLost | null = null;
  #ping: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;

  constructor(line: WebSocket) {
    this.#line = line;
  }

  watch(pingMs: number, pongMsMax: number): void {
    this.opened = true;
    this.#line.on('pong', () => this.#lives());
    this.#ping = setInterval(() => {
      this.#line.ping();
      this.#deadline ??= setTimeout(() => this.lose(lost('mute')), pongMsMax);
    }, pingMs);
  }

  take(text: string): void {
    this.#lives();
    const taker = this.#taker;
    if (taker !== null) taker(ok(text));
    else if (this.#waiting.count < WAITING_MAX && this.#waiting.characters + text.length <= WAITING_LENGTH_MAX) this.#waiting.add(text);
    else this.lose(lost('too_much_waiting'));
  }

  lose(end: SocketLost): void {
    if (this.#end !== null) return;
    this.#end = end;
    clearInterval(this.#ping);
    this.#lives();
    this.#line.terminate();
    this.#taker?.(fail(end));
    this.onEnd(end);
  }

  send(text: string): void {
    if (this.#line.readyState === WebSocket.OPEN) this.#line.send(text);
  }

  async next(msMax?: number): Promise<Result<string, SocketLost>> {
    const first = this.#waiting.take();
    if (first !== undefined) return ok(first);
    if (this.#end !== null) return fail(this.#end);
    return new Promise((resolve) => {
      const timer = msMax === undefined ? undefined : setTimeout(() => this.#taker?.(fail(lost('timeout'))), msMax);
      this.#taker = (message) => {
        this.#taker = null;
        clearTimeout(timer);
        resolve(message);
      };
    });
  }

  close(): void {
    this.lose(lost('closed'));
  }

  #lives(): void {
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
  }
}
