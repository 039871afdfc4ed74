import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { parsed } from '#engine/ports/json-text';
import { closed, isForUs, listenHere, portOf } from '#main/sim-broker/loopback';
import { bodyOf } from '#main/sim-broker/request-body';
import { addressOf } from '#main/sim-broker/served-http';

/** What an act came to. */
export type AdminAnswer = { readonly status: number; readonly body: unknown };

/** One thing that whoever runs the simulation may do; `said` is the body as JSON, null without one. */
export type AdminAct = (said: unknown, rest: string) => AdminAnswer | Promise<AdminAnswer>;

/** By method and path, such as "POST /time"; a path that ends in "/" takes a rest. */
export type AdminActs = Readonly<Record<string, AdminAct>>;

/** It was done; `body` is what there is to tell. */
export const done = (body: unknown = { done: true }): AdminAnswer => ({ status: 200, body });
/** It was not done, and why. */
export const refused = (message: string, status = 400): AdminAnswer => ({ status, body: { message } });

/** Where it is opened, and who is told when an act of ours breaks. */
export type AdminPlace = { readonly host: string; readonly port: number; readonly failed: (error: unknown) => void };

/** The second port: how a test, or a person with curl, moves time, pushes prices and breaks things. */
export class AdminDoor {
  readonly #acts: AdminActs;
  readonly #server: Server;

  private constructor(acts: AdminActs, failed: AdminPlace['failed']) {
    this.#acts = acts;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(failed);
    });
  }

  static async start(acts: AdminActs, { host, port, failed }: AdminPlace): Promise<AdminDoor> {
    const door = new AdminDoor(acts, failed);
    await listenHere(door.#server, host, port);
    return door;
  }

  get port(): number {
    return portOf(this.#server);
  }

  close(): Promise<void> {
    return closed(this.#server);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => {});
    const { status, body } = await this.#act(request);
    if (response.destroyed) return;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(`${JSON.stringify(body)}\n`);
  }

  async #act(request: IncomingMessage): Promise<AdminAnswer> {
    if (!isForUs(request.headers)) return refused('this port answers programs of this machine, not pages of a browser', 403);
    const path = addressOf(request)?.pathname ?? '';
    const text = await bodyOf(request);
    if (text === null) return refused('the body is too long', 413);
    const said = text === '' ? null : parsed(text);
    if (said === undefined) return refused('the body is not JSON');
    const name = `${request.method} ${path}`;
    const exact = this.#acts[name];
    if (exact !== undefined && Object.hasOwn(this.#acts, name)) return exact(said, '');
    const [prefix, act] =
      Object.entries(this.#acts).find(([each]) => each.endsWith('/') && name.startsWith(each) && each !== 'GET /') ?? [];
    if (act === undefined || prefix === undefined) return refused(`no such act; there are: ${Object.keys(this.#acts).join(', ')}`, 404);
    return act(said, decoded(name.slice(prefix.length)));
  }
}

/** A text with a percent sign that means nothing is taken as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
