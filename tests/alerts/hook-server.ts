import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What was asked of the server. */
export type Hooked = {
  readonly method: string;
  readonly path: string;
  readonly message: string;
  readonly attempt: number;
  readonly body: string;
};

/** How it answers: a status, with a wish for patience and a body of its own; or not at all. */
export type HookAnswer = { readonly status: number; readonly retryAfter?: string; readonly body?: string } | 'hang' | 'close';

/** A real HTTP server on the loopback that takes what webhooks and pings bring. */
export class HookServer {
  readonly taken: Hooked[] = [];
  /** Answers to the next calls; after that each is answered by `usual`. */
  readonly answers: HookAnswer[] = [];
  usual: HookAnswer = { status: 200, body: 'ok' };
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const message = String(headers['x-catalyst-message'] ?? '');
        const attempt = Number(headers['x-catalyst-attempt'] ?? 0);
        this.taken.push({ method, path: url, message, attempt, body: Buffer.concat(parts).toString('utf8') });
        const answer = this.answers.shift() ?? this.usual;
        if (answer === 'hang') return;
        if (answer === 'close') return void request.socket.destroy();
        response.writeHead(answer.status, answer.retryAfter === undefined ? {} : { 'retry-after': answer.retryAfter });
        response.end(answer.body ?? '');
      });
    });
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(): Promise<HookServer> {
    const hooks = new HookServer();
    hooks.#server.listen(0, '127.0.0.1');
    await once(hooks.#server, 'listening');
    return hooks;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook/secret-part-of-it`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }
}
