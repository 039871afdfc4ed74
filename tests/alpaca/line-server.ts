import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** What a connection does when something comes in; `say` sends in binary frames or as text. */
export type Talk = (message: Readonly<Record<string, unknown>>, say: (answer: unknown) => void, line: WebSocket) => void;

/** A server of one WebSocket stream on this machine. */
export class LineServer {
  readonly received: Readonly<Record<string, unknown>>[] = [];
  /** Refuses so many handshakes with these statuses, first come first. */
  readonly refusals: number[] = [];
  connections = 0;
  handshakes = 0;
  /** What is sent as soon as a connection stands. */
  greeting: unknown = null;
  talk: Talk = () => {};
  /** Frames of the trading host are binary, those of the data host text. */
  readonly #binary: boolean;
  readonly #server: WebSocketServer;
  #live: WebSocket | null = null;

  private constructor(binary: boolean) {
    this.#binary = binary;
    this.#server = new WebSocketServer({
      host: '127.0.0.1',
      port: 0,
      verifyClient: (_info, done) => {
        this.handshakes++;
        const status = this.refusals.shift();
        if (status === undefined) done(true);
        else done(false, status, 'no');
      },
    });
    this.#server.on('connection', (line) => this.#serve(line));
  }

  static async start(binary: boolean): Promise<LineServer> {
    const server = new LineServer(binary);
    await new Promise<void>((resolve) => server.#server.on('listening', () => resolve()));
    return server;
  }

  get url(): URL {
    return new URL(`ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/stream`);
  }

  say(message: unknown): void {
    if (this.#live !== null) this.#send(this.#live, message);
  }

  drop(): void {
    this.#live?.terminate();
  }

  stop(): Promise<void> {
    for (const line of this.#server.clients) line.terminate();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #send(line: WebSocket, message: unknown): void {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    line.send(this.#binary ? Buffer.from(text) : text, { binary: this.#binary });
  }

  #serve(line: WebSocket): void {
    this.connections++;
    this.#live = line;
    line.on('error', () => {});
    if (this.greeting !== null) this.#send(line, this.greeting);
    line.on('message', (data) => {
      const message = JSON.parse(String(data));
      this.received.push(message);
      this.talk(message, (answer) => this.#send(line, answer), line);
    });
  }
}

/** Waits until something is so. */
export async function until(isSo: () => boolean, msMax = 5_000): Promise<void> {
  const end = Date.now() + msMax;
  while (!isSo()) {
    if (Date.now() > end) throw new Error('it did not come to be so');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
