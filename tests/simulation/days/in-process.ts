import { type Bounds, WireLine } from '#adapters/alpaca/wire-line';
import { fail, ok, type Result } from '#domain/values/result';
import type { Dial, Socket, SocketLost } from '#engine/ports/socket';
import type { WireReply, WireRequest } from '#engine/ports/wire';
import type { Keys } from '#simulation/broker/options';
import type { ServedReply, ServedStream } from '#simulation/broker/served';
import type { Deliver, VirtualTime } from '#tests/simulation/days/virtual-time';

/** What a request meets between the process and the broker. */
export type Network = {
  /** Whether anything gets through at all. */
  readonly isUp: () => boolean;
  /** Milliseconds from here to there, drawn anew. */
  readonly travel: () => number;
  /** The request arrives: null where it got lost on its way. */
  readonly serve: (request: WireRequest) => ServedReply | null;
  /** The first byte leaves; false ends the process there. */
  readonly leaving: (request: WireRequest) => boolean;
  /** The answer is here; false ends the process there. */
  readonly arriving: (request: WireRequest) => boolean;
};

/** The wire of the adapter without sockets: the same replies, in virtual time. */
export class VirtualLine extends WireLine {
  readonly #time: VirtualTime;
  readonly #deliver: Deliver;
  readonly #network: Network;

  constructor(time: VirtualTime, deliver: Deliver, network: Network, keys: Keys) {
    super({ base: new URL('http://127.0.0.1'), ...keys });
    this.#time = time;
    this.#deliver = deliver;
    this.#network = network;
  }

  override send(request: WireRequest, { msMax }: Bounds): Promise<WireReply> {
    const time = this.#time;
    const network = this.#network;
    return new Promise((resolve) => {
      let isOver = false;
      const end = (reply: WireReply): void => {
        if (isOver) return;
        isOver = true;
        time.stir();
        resolve(reply);
      };
      const answer = (ms: number, reply: WireReply): void =>
        time.in(ms, () =>
          this.#deliver(() => {
            if (isOver) return;
            if (reply.kind === 'fault' || network.arriving(request)) end(reply);
          }),
        );
      if (!network.leaving(request)) return;
      if (!network.isUp()) return answer(5, { kind: 'fault', why: 'no_connection', sent: false });
      answer(msMax, { kind: 'fault', why: 'timeout', sent: true });
      time.in(network.travel(), () => {
        const served = network.isUp() ? network.serve(request) : null;
        if (served === null) return answer(0, { kind: 'fault', why: 'reset', sent: true });
        const back = network.travel();
        if (served.kind === 'answer') {
          const { status, headers, body } = served;
          answer(served.delayMs + back, { kind: 'answer', status, headers, body });
        } else if (served.kind === 'cut') answer(served.delayMs + back, { kind: 'fault', why: 'cut_body', sent: true });
        else if (served.kind === 'reset') answer(served.delayMs + back, { kind: 'fault', why: 'reset', sent: true });
      });
    });
  }
}

const lost = (why: SocketLost['why'], code: number | null = null): SocketLost => ({ kind: 'socket_lost', why, code });

/** Pings and their answers, as the real line has them: a peer that is mute for so long is lost. */
const PING_MS = 20_000;
const PONG_MS_MAX = 10_000;

/** One line of order news on the process's side. */
class VirtualSocket implements Socket {
  readonly #time: VirtualTime;
  readonly #stream: ServedStream;
  readonly #deliver: Deliver;
  readonly #waiting: string[] = [];
  #taker: ((message: Result<string, SocketLost>) => void) | null = null;
  #end: SocketLost | null = null;

  constructor(time: VirtualTime, deliver: Deliver, stream: ServedStream) {
    this.#time = time;
    this.#stream = stream;
    this.#deliver = deliver;
    this.#ping();
  }

  get isOver(): boolean {
    return this.#end !== null;
  }

  send(text: string): void {
    this.#time.in(2, () => {
      if (this.#end === null) this.#stream.receive(text);
    });
  }

  /** What the broker has said by now. */
  pump(): void {
    if (this.#end !== null) return;
    for (const text of this.#stream.take()) this.#deliver(() => this.#take(text));
    const code = this.#stream.ended;
    if (code !== null) this.#deliver(() => this.lose(lost('closed', code)));
  }

  lose(end: SocketLost): void {
    if (this.#end !== null) return;
    this.#end = end;
    this.#stream.close();
    this.#time.stir();
    this.#taker?.(fail(end));
  }

  async next(msMax?: number): Promise<Result<string, SocketLost>> {
    const first = this.#waiting.shift();
    if (first !== undefined) return ok(first);
    if (this.#end !== null) return fail(this.#end);
    return new Promise((resolve) => {
      const taker = (message: Result<string, SocketLost>): void => {
        if (this.#taker === taker) this.#taker = null;
        resolve(message);
      };
      this.#taker = taker;
      if (msMax === undefined) return;
      this.#time.in(msMax, () =>
        this.#deliver(() => {
          if (this.#taker !== taker) return;
          this.#time.stir();
          taker(fail(lost('timeout')));
        }),
      );
    });
  }

  close(): void {
    this.lose(lost('closed'));
  }

  #take(text: string): void {
    if (this.#end !== null) return;
    this.#time.stir();
    if (this.#taker === null) this.#waiting.push(text);
    else this.#taker(ok(text));
  }

  #ping(): void {
    this.#time.in(PING_MS, () => {
      if (this.#end !== null) return;
      if (!this.#stream.answersPings) this.#time.in(PONG_MS_MAX, () => this.#deliver(() => this.lose(lost('mute'))));
      this.#ping();
    });
  }
}

export type Lines = {
  readonly dial: Dial;
  /** Brings what the broker has said to those who listen. */
  pump(): void;
  /** The network ends every line. */
  cut(): void;
  /** The process that listened has died. */
  close(): void;
};

type Connecting = Pick<Network, 'isUp' | 'travel'> & {
  readonly connect: () => { readonly ok: true; readonly stream: ServedStream } | { readonly ok: false; readonly status: number };
};

/** The way to the stream of order news, in virtual time. */
export function linesOf(time: VirtualTime, deliver: Deliver, { isUp, travel, connect }: Connecting): Lines {
  let sockets: VirtualSocket[] = [];
  let isClosed = false;
  return {
    dial: (_url, stop) =>
      new Promise((resolve) => {
        const answer = (ms: number, result: Result<Socket, SocketLost>): void =>
          time.in(ms, () =>
            deliver(() => {
              time.stir();
              resolve(result);
            }),
          );
        time.in(travel(), () => {
          if (isClosed) return;
          if (stop.aborted) return answer(0, fail(lost('stopped')));
          if (!isUp()) return answer(5, fail(lost('no_connection')));
          const connected = connect();
          if (!connected.ok) return answer(5, fail(lost('handshake_refused', connected.status)));
          const socket = new VirtualSocket(time, deliver, connected.stream);
          sockets = [...sockets.filter((each) => !each.isOver), socket];
          answer(travel(), ok(socket));
        });
      }),
    pump: () => {
      for (const socket of sockets) socket.pump();
    },
    cut: () => {
      for (const socket of sockets) deliver(() => socket.lose(lost('closed', 1006)));
    },
    close: () => {
      isClosed = true;
      for (const socket of sockets) socket.close();
      sockets = [];
    },
  };
}
