import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = { readonly url: URL; readonly headers: IncomingHttpHeaders };

/** What goes wrong with the next request instead of its answer. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'cut_body' | 'slow_headers' | 'slow_body' | 'reset' };

/** What a vendor answers: JSON, or a text as it is. */
export type Answer = (asked: Asked) => unknown;

/** A vendor on this machine: it answers as told, and fails as scripted before. */
export class VendorServer {
  readonly asked: Asked[] = [];
  readonly faults: Fault[] = [];
  /** Each request fails like this when the script has ended. */
  always: Fault | null = null;
  answer: Answer = () => ({});
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const asked = { url: new URL(request.url ?? '/', this.base), headers: request.headers };
      this.asked.push(asked);
      const fault = this.faults.shift() ?? this.always;
      if (fault === null) this.#send(response, this.answer(asked));
      else fail(response, fault);
    });
  }

  static async start(): Promise<VendorServer> {
    const server = new VendorServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get base(): URL {
    const { port } = this.#server.address() as AddressInfo;
    return new URL(`http://127.0.0.1:${port}/`);
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #send(response: ServerResponse, answer: unknown): void {
    if (answer === null) return void response.writeHead(404).end('<html>not found</html>');
    const isText = typeof answer === 'string';
    response.writeHead(200, { 'content-type': isText ? 'text/html' : 'application/json' });
    response.end(isText ? answer : JSON.stringify(answer));
  }
}

function fail(response: ServerResponse, fault: Fault): void {
  if (fault.kind === 'status') return void response.writeHead(fault.status, fault.headers ?? {}).end(fault.body ?? '');
  if (fault.kind === 'slow_headers') return;
  if (fault.kind === 'reset') return void response.destroy();
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"news": [');
  // Until the other side has had enough, or at once.
  if (fault.kind === 'cut_body') setImmediate(() => response.destroy());
}
