import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** One accepted connection, from the side of whoever serves it. */
export type AcceptedLine = {
  /** As a text frame, or as a binary one. */
  send(data: string | Uint8Array, binary: boolean): void;
  /** Bytes that the other side has not taken yet. */
  readonly unread: number;
  end(code: number): void;
  cut(): void;
};

/** What is to be done with what comes. A ping is answered only where `answersPings` says so: a mute peer answers none. */
export type LineTaker = {
  message(data: Uint8Array, binary: boolean): void;
  answersPings(): boolean;
  gone(): void;
};

/** No client of a stream of market data or orders says more at once. */
const MESSAGE_BYTES_MAX = 1024 * 1024;

/** Takes over connections that a server of HTTP has been asked to upgrade. */
export class LineAcceptor {
  readonly #server = new WebSocketServer({
    noServer: true,
    autoPong: false,
    perMessageDeflate: false,
    maxPayload: MESSAGE_BYTES_MAX,
  });
  readonly #lines = new Set<WebSocket>();

  accept(request: IncomingMessage, socket: Duplex, head: Buffer, take: (line: AcceptedLine) => LineTaker): void {
    this.#server.handleUpgrade(request, socket, head, (line) => {
      this.#lines.add(line);
      const taker = take(acceptedLine(line));
      // Every error is followed by a close; without a listener it would end the process.
      line.on('error', () => {});
      line.on('message', (data, binary) => taker.message(bytesOf(data), binary));
      line.on('ping', (data) => {
        if (taker.answersPings() && line.readyState === line.OPEN) line.pong(data);
      });
      line.on('close', () => {
        this.#lines.delete(line);
        taker.gone();
      });
    });
  }

  cutAll(): void {
    for (const line of this.#lines) line.terminate();
  }
}

const acceptedLine = (line: WebSocket): AcceptedLine => ({
  send: (data, binary) => {
    if (line.readyState === line.OPEN) line.send(data, { binary });
  },
  get unread() {
    return line.bufferedAmount;
  },
  end: (code) => line.close(code),
  cut: () => line.terminate(),
});

const bytesOf = (data: Buffer | ArrayBuffer | Buffer[]): Uint8Array =>
  Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? new Uint8Array(data) : data;
