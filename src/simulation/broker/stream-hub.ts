import type { Instant } from '#domain/values/instant';
import { instant } from '#domain/values/instant';
import { fieldIn, listIn, textIn } from '#domain/values/json-field';
import { parsed } from '#engine/ports/json-text';
import type { JsonObject } from '#simulation/broker/json';
import type { ServedStream } from '#simulation/broker/served';

const STREAM = 'trade_updates';

type Message = { readonly at: Instant; readonly text: string };

/** Whether a pair of keys is good now, and what time it is: what a line has to ask the broker. */
export type LineAsk = { readonly now: () => Instant; readonly knows: (keyId: string, secret: string) => boolean };

/** One connection to the stream of order news: the protocol of broker-alpaca §14, and what goes wrong on a line. */
export class OrderLine implements ServedStream {
  readonly #ask: LineAsk;
  #waiting: Message[] = [];
  #lastDue = 0;
  #authorized = false;
  #listening = false;
  #ended: number | null = null;
  #mute: { readonly until: Instant; readonly pings: boolean } | null = null;
  /** A message held back until so many later ones have gone. */
  #held: { readonly text: string; left: number }[] = [];
  closedAt: Instant | null = null;

  constructor(ask: LineAsk) {
    this.#ask = ask;
  }

  get ended(): number | null {
    return this.#ended;
  }

  get listens(): boolean {
    return this.#listening && this.#ended === null && this.closedAt === null;
  }

  get answersPings(): boolean {
    return this.#mute === null || this.#mute.pings || this.#ask.now() >= this.#mute.until;
  }

  /** When the first message falls due. */
  get next(): Instant | null {
    return this.#waiting[0]?.at ?? null;
  }

  receive(text: string): void {
    if (this.#ended !== null) return;
    const said = parsed(text);
    const action = textIn(said, 'action');
    if (action === 'authenticate' || action === 'auth') this.#authenticate(said);
    else if (action === 'listen') this.#listen(said);
  }

  take(): readonly string[] {
    const now = this.#ask.now();
    const due = this.#waiting.filter(({ at }) => at <= now);
    this.#waiting = this.#waiting.filter(({ at }) => at > now);
    return due.map(({ text }) => text);
  }

  close(): void {
    this.closedAt ??= this.#ask.now();
    this.#waiting = [];
  }

  /** The broker ends the connection. */
  end(code: number): void {
    this.#ended ??= code;
    this.#waiting = [];
  }

  mute(ms: number, pings: boolean): void {
    this.#mute = { until: instant(this.#ask.now() + ms), pings };
  }

  /** News in the order in which they were told: a later one is never due before an earlier one. */
  tell(text: string, delayMs: number): void {
    if (!this.listens || this.#isMute()) return;
    this.#push(text, delayMs);
    const free = this.#held.filter((each) => --each.left <= 0);
    this.#held = this.#held.filter((each) => each.left > 0);
    for (const each of free) this.#push(each.text, 0);
  }

  /** News that are told after so many others. */
  tellAfter(text: string, others: number): void {
    if (this.listens && !this.#isMute()) this.#held.push({ text, left: others });
  }

  /** News that overtake nothing and are overtaken: they alone come so much later. */
  tellLate(text: string, delayMs: number): void {
    if (this.listens && !this.#isMute()) this.#put({ at: instant(this.#ask.now() + delayMs), text });
  }

  #isMute(): boolean {
    return this.#mute !== null && this.#ask.now() < this.#mute.until;
  }

  #push(text: string, delayMs: number): void {
    this.#lastDue = Math.max(this.#lastDue, this.#ask.now() + delayMs);
    this.#put({ at: instant(this.#lastDue), text });
  }

  #put(message: Message): void {
    const place = this.#waiting.findIndex(({ at }) => at > message.at);
    if (place === -1) this.#waiting.push(message);
    else this.#waiting.splice(place, 0, message);
  }

  #authenticate(said: unknown): void {
    const data = fieldIn(said, 'data');
    const keyId = textIn(data, 'key_id') ?? textIn(said, 'key') ?? '';
    const secret = textIn(data, 'secret_key') ?? textIn(said, 'secret') ?? '';
    this.#authorized = this.#ask.knows(keyId, secret);
    const status = this.#authorized ? 'authorized' : 'unauthorized';
    this.#reply({ stream: 'authorization', data: { status, action: 'authenticate' } });
  }

  #listen(said: unknown): void {
    if (!this.#authorized) {
      this.#reply({ stream: 'authorization', data: { status: 'unauthorized', action: 'listen' } });
      return;
    }
    const wanted = listIn(fieldIn(said, 'data'), 'streams') ?? [];
    // The list replaces the one before; a stream that does not exist is silently missing from the acknowledgement.
    this.#listening = wanted.includes(STREAM);
    this.#reply({ stream: 'listening', data: { streams: this.#listening ? [STREAM] : [] } });
  }

  #reply(body: JsonObject): void {
    if (!this.#isMute()) this.#push(JSON.stringify(body), 0);
  }
}

/** All connections of the account. */
export class StreamHub {
  readonly #ask: LineAsk;
  #lines: OrderLine[] = [];

  constructor(ask: LineAsk) {
    this.#ask = ask;
  }

  open(): OrderLine {
    const line = new OrderLine(this.#ask);
    this.#lines.push(line);
    return line;
  }

  /** Those that listen now. */
  get listening(): readonly OrderLine[] {
    return this.#lines.filter((line) => line.listens);
  }

  /** Whether a connection stands, or its place is not free yet. */
  occupied(heldMs: number): boolean {
    const now = this.#ask.now();
    return this.#lines.some(({ ended, closedAt }) => ended === null && (closedAt === null || now < closedAt + heldMs));
  }

  endAll(code: number): void {
    for (const line of this.#lines) line.end(code);
    this.#lines = [];
  }

  get next(): Instant | null {
    let first: Instant | null = null;
    for (const { next } of this.#lines) if (next !== null && (first === null || next < first)) first = next;
    return first;
  }

  /** Connections that have ended are forgotten once their places are free. */
  forget(heldMs: number): void {
    const now = this.#ask.now();
    this.#lines = this.#lines.filter(({ ended, closedAt }) => ended === null && (closedAt === null || now < closedAt + heldMs));
  }
}
