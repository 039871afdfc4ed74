import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

/** What becomes of a request: an answer, or one of the ways in which none comes. */
export type Served =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** `reset` without an answer, `cut` in the middle of the body, `silence` for ever, `drip` a byte at a time. */
  | { readonly fault: 'reset' | 'cut' | 'silence' | 'drip' | 'endless' };

/** A trading host on this machine: it takes each request, tells the script of it, and serves what the script says. */
export class TradingServer {
  readonly asked: Asked[] = [];
  /** Bytes of all requests, as they came on the connections. */
  bytes = 0;
  connections = 0;
  serve: (asked: Asked) => Served | Promise<Served> = () => ({ status: 404, body: { code: 40410000, message: 'not found' } });
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#take(request, response));
    this.#server.on('connection', (socket) => {
      this.connections++;
      socket.on('data', (chunk: Buffer) => {
        this.bytes += chunk.length;
      });
    });
  }

  static async start(): Promise<TradingServer> {
    const server = new TradingServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get base(): URL {
    return new URL(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`);
  }

  count(method: string): number {
    return this.asked.filter((asked) => asked.method === method).length;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', this.base);
    const asked = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    this.asked.push(asked);
    const served = await this.serve(asked);
    if ('fault' in served) return fail(response, served.fault);
    const { status, body = '', headers = {} } = served;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(status === 204 ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  }
}

function fail(response: ServerResponse, fault: Extract<Served, { fault: string }>['fault']): void {
  if (fault === 'silence') return;
  if (fault === 'reset') return void response.destroy();
  response.writeHead(200, { 'content-type': 'application/json', ...(fault === 'cut' ? { 'content-length': '1000' } : {}) });
  if (fault === 'cut') {
    response.write('{"id": "61e6');
    return void setImmediate(() => response.destroy());
  }
  const timer = setInterval(() => response.write(fault === 'drip' ? ' ' : ' '.repeat(1_000_000)), 5);
  response.on('close', () => clearInterval(timer));
}
