import type { AcceptedLine, LineTaker } from '#adapters/websocket/accept';
import { packed, unpacked } from '#main/sim-broker/message-pack';
import type { ServedStream } from '#simulation/broker/served';

/** How a stream is written on its line: orders in binary frames, data in text frames, either as MessagePack where it was asked for. */
export type Writing = { readonly binary: boolean; readonly packed: boolean };

/** A client that leaves so much unread is too slow. */
const UNREAD_MAX = 8 * 1024 * 1024;

/** A stream of the simulated broker on a real connection. `serve` brings the time up to now before anything is received. */
export class ServedLine implements LineTaker {
  readonly #line: AcceptedLine;
  readonly #stream: ServedStream & { tooSlow?(): void };
  readonly #writing: Writing;
  readonly #serve: () => void;
  #over = false;

  constructor(line: AcceptedLine, stream: ServedStream & { tooSlow?(): void }, writing: Writing, serve: () => void) {
    this.#line = line;
    this.#stream = stream;
    this.#writing = writing;
    this.#serve = serve;
  }

  get isOver(): boolean {
    return this.#over;
  }

  message(data: Uint8Array, binary: boolean): void {
    this.#serve();
    this.#stream.receive(binary && this.#writing.packed ? unpacked(data) : Buffer.from(data).toString('utf8'));
    this.#serve();
  }

  answersPings(): boolean {
    return this.#stream.answersPings;
  }

  gone(): void {
    this.#over = true;
    this.#stream.close();
  }

  /** Sends what is due, and ends the line where the broker has ended it. */
  flush(): void {
    if (this.#over) return;
    if (this.#line.unread > UNREAD_MAX) this.#stream.tooSlow?.();
    for (const text of this.#stream.take()) {
      if (this.#writing.packed) this.#line.send(packed(text), true);
      else this.#line.send(this.#writing.binary ? Buffer.from(text, 'utf8') : text, this.#writing.binary);
    }
    const { ended } = this.#stream;
    if (ended === null) return;
    this.#over = true;
    // 1006 and its like are no codes that can be sent: they are a line that breaks.
    if (ended >= 1000 && ended < 5000 && ![1004, 1005, 1006, 1015].includes(ended)) this.#line.end(ended);
    else this.#line.cut();
  }
}
