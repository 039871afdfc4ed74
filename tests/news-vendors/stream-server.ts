import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** What the server does on one connection, in the place of the usual. */
export type Manner = 'usual' | 'mute' | 'no_hello' | 'refuse_handshake' | 'close_after_subscribe' | { readonly error: number };

/** Alpaca's news stream on this machine. */
export class StreamServer {
  readonly manners: Manner[] = [];
  readonly received: unknown[] = [];
  connections = 0;
  readonly #server: WebSocketServer;
  #live: WebSocket | null = null;

  private constructor() {
    this.#server = new WebSocketServer({
      host: '127.0.0.1',
      port: 0,
      // A mute peer answers no ping.
      autoPong: false,
      verifyClient: (_info, done) => {
        if (this.manners[0] !== 'refuse_handshake') return done(true);
        this.manners.shift();
        done(false, 429, 'Too Many Requests');
      },
    });
    this.#server.on('connection', (line) => this.#serve(line, this.manners.shift() ?? 'usual'));
  }

  static async start(): Promise<StreamServer> {
    const server = new StreamServer();
    await new Promise<void>((resolve) => server.#server.on('listening', () => resolve()));
    return server;
  }

  get url(): URL {
    return new URL(`ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1beta1/news`);
  }

  get isOpen(): boolean {
    return this.#live?.readyState === 1;
  }

  send(...messages: readonly unknown[]): void {
    this.#live?.send(JSON.stringify(messages));
  }

  sendText(text: string): void {
    this.#live?.send(text);
  }

  drop(code: number): void {
    this.#live?.close(code);
  }

  stop(): Promise<void> {
    for (const line of this.#server.clients) line.terminate();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #serve(line: WebSocket, manner: Manner): void {
    this.connections++;
    this.#live = line;
    line.on('error', () => {});
    if (manner !== 'mute') line.on('ping', () => line.pong());
    if (manner !== 'no_hello') line.send('[{"T":"success","msg":"connected"}]');
    line.on('message', (data) => {
      const message: unknown = JSON.parse(String(data));
      this.received.push(message);
      const action = typeof message === 'object' && message !== null && 'action' in message ? message.action : null;
      if (action === 'auth')
        line.send(
          typeof manner === 'object' ? `[{"T":"error","code":${manner.error},"msg":"no"}]` : '[{"T":"success","msg":"authenticated"}]',
        );
      if (action === 'subscribe') {
        line.send('[{"T":"subscription","news":["*"]}]');
        if (manner === 'close_after_subscribe') line.close(1011);
      }
    });
  }
}
