import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { LineAcceptor } from '#adapters/websocket/accept';
import { type Instant, instant } from '#domain/values/instant';
import { closed, listenHere, portOf } from '#main/sim-broker/loopback';
import { bodyOf } from '#main/sim-broker/request-body';
import { addressOf, clientRequest, giveReply, keysIn } from '#main/sim-broker/served-http';
import { ServedLine } from '#main/sim-broker/served-line';
import { VirtualTime } from '#main/sim-broker/virtual-time';
import type { ServedReply, ServedStream } from '#simulation/broker/served';
import type { DataDesk } from '#simulation/broker-market/data-desk';
import type { DataStream } from '#simulation/broker-market/data-stream';
import type { SimulatedWorld, TradingBroker } from '#simulation/broker-market/simulated-world';

/** What is served, how fast its time passes, and where. */
export type ServingParts = {
  readonly world: SimulatedWorld;
  readonly broker: TradingBroker;
  readonly desk: DataDesk;
  readonly speed: number;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Nothing can go on: the bars of a coming day could not be loaded, or an assertion failed. */
  readonly failed: (error: unknown) => void;
  /** A clock of ours that never goes back, in milliseconds. */
  readonly wall?: () => number;
};

/** So long a stream of data may stay without authentication, of our time. Source: broker-alpaca §15, a few seconds. */
const AUTH_MS_MAX = 10_000;
/** Nobody looks at the clock less often. */
const TURN_MS_MAX = 1_000;

type Waiting = { readonly at: Instant; readonly give: () => void };

/** The simulated broker on real sockets of this machine: trading, market data and streams on one port, told apart by their paths. */
export class Serving {
  readonly time: VirtualTime;
  readonly #parts: ServingParts;
  readonly #server: Server;
  readonly #acceptor = new LineAcceptor();
  #lines: readonly ServedLine[] = [];
  #waiting: readonly Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #preparing: Promise<void> | null = null;
  #closed = false;

  private constructor(parts: ServingParts) {
    this.#parts = parts;
    this.time = new VirtualTime(parts.world.now, parts.speed, parts.wall ?? (() => performance.now()));
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(parts.failed);
    });
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#told(() => this.#upgrade(request, socket, head));
    });
    // A fault may leave a request without an answer for as long as its client waits.
    this.#server.requestTimeout = 0;
    this.#server.keepAliveTimeout = 60_000;
  }

  /** Listens on an address of this machine; any other is a bug of the caller. */
  static async start(parts: ServingParts): Promise<Serving> {
    const serving = new Serving(parts);
    await listenHere(serving.#server, parts.host, parts.port);
    serving.turn();
    return serving;
  }

  get port(): number {
    return portOf(this.#server);
  }

  /** Brings the simulated time up to now, gives what has fallen due, and sets an alarm for what comes next. */
  turn(): void {
    if (!this.#closed) this.#told(() => this.#turn());
  }

  /** What goes wrong where nobody waits for it ends the command, and not only the connection. */
  #told(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#parts.failed(error);
    }
  }

  #turn(): void {
    const { world } = this.#parts;
    const wanted = this.time.now();
    const limit = world.preparedUntil;
    world.advanceTo(limit === null || wanted < limit ? wanted : limit);
    if (!world.isPrepared(wanted)) this.#prepare(wanted);
    const due = this.#waiting.filter(({ at }) => at <= world.now);
    this.#waiting = this.#waiting.filter(({ at }) => at > world.now);
    for (const { give } of due) give();
    for (const line of this.#lines) line.flush();
    this.#lines = this.#lines.filter(({ isOver }) => !isOver);
    this.#setAlarm();
  }

  /** From now on it is that instant, and everything up to it has happened. */
  async moveTo(at: Instant): Promise<void> {
    this.time.set(at);
    await this.#parts.world.prepare(at);
    this.turn();
  }

  setSpeed(speed: number): void {
    this.turn();
    this.time.setSpeed(speed);
    this.turn();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#acceptor.cutAll();
    await closed(this.#server);
    await this.#preparing;
  }

  #setAlarm(): void {
    clearTimeout(this.#timer);
    const { world } = this.#parts;
    const due = [world.nextDue(), ...this.#waiting.map(({ at }) => at)].filter((at) => at !== null && at > world.now);
    const next = due.length === 0 ? null : this.time.msUntil(instant(Math.min(...due.map(Number))));
    this.#timer = setTimeout(() => this.turn(), Math.min(Math.max(next ?? TURN_MS_MAX, 1), TURN_MS_MAX));
  }

  /** The days ahead are loaded while the time stands at the last one that is there. */
  #prepare(until: Instant): void {
    this.#preparing ??= this.#parts.world.prepare(until).then(
      () => {
        this.#preparing = null;
        this.turn();
      },
      // Stays as it is: nobody asks for the same day again and again.
      this.#parts.failed,
    );
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => {});
    const body = await bodyOf(request);
    if (body === null || this.#closed) return void response.destroy();
    const asked = clientRequest(request, body);
    if (asked === null) return giveReply(unknownMethod, response);
    this.turn();
    const { desk, broker, world } = this.#parts;
    const reply = desk.serves(asked.path) ? desk.request(asked) : broker.request(asked);
    if (reply.kind !== 'silence' && reply.delayMs > 0)
      this.#waiting = [...this.#waiting, { at: instant(world.now + reply.delayMs), give: () => giveReply(reply, response) }];
    else giveReply(reply, response);
    this.turn();
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => {});
    if (this.#closed) return void socket.destroy();
    this.turn();
    const path = addressOf(request)?.pathname ?? '';
    const { broker, desk } = this.#parts;
    const connected = path === '/stream' ? broker.connect() : desk.connect(path);
    if (connected === null || !connected.ok) {
      const status = connected === null ? 404 : connected.status;
      return void socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    }
    const { stream } = connected;
    const writing = { binary: path === '/stream', packed: request.headers['content-type'] === 'application/msgpack' };
    this.#acceptor.accept(request, socket, head, (accepted) => {
      const line = new ServedLine(accepted, stream, writing, () => this.turn());
      this.#lines = [...this.#lines, line];
      if (isData(stream)) this.#introduce(stream, request);
      this.turn();
      return line;
    });
  }

  /** A client may say its keys in the handshake; one that says none in time is told so. */
  #introduce(stream: DataStream, request: IncomingMessage): void {
    const { keyId, secret } = keysIn(request);
    if (keyId !== '') stream.authenticate(keyId, secret);
    const patience = setTimeout(() => {
      stream.timeOut();
      this.turn();
    }, AUTH_MS_MAX);
    patience.unref();
  }
}

const isData = (stream: ServedStream | DataStream): stream is DataStream => 'timeOut' in stream;

const unknownMethod: ServedReply = {
  kind: 'answer',
  delayMs: 0,
  status: 405,
  headers: { 'content-type': 'application/json' },
  body: '{"message":"method not allowed"}',
};
