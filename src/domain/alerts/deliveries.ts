import type { Severity } from '#domain/alerts/alert';
import type { Message } from '#domain/alerts/message';
import { DAY_MS, type Instant, instant } from '#domain/values/instant';

/** A message that a channel still has to take. */
export type Pending = {
  readonly message: number;
  readonly channel: string;
  /** How often it was begun to be sent; what was begun and never answered may have arrived. */
  readonly attempts: number;
  readonly nextAt: Instant;
};

/** A message that is not settled on all of its channels. */
export type Carried = {
  readonly message: Message;
  readonly deliveredTo: readonly string[];
  readonly pending: readonly Pending[];
};

export type DeliveryState = {
  readonly carried: readonly Carried[];
  /** Tries that failed since the last one that did not, by channel. */
  readonly failures: readonly (readonly [channel: string, count: number])[];
};

const noDeliveries: DeliveryState = { carried: [], failures: [] };

/** Which message goes to which channel, and what came of it; made again from the lines of the log. */
export class Deliveries {
  readonly #carried: Map<number, Carried>;
  readonly #failures: Map<string, number>;

  constructor(state: DeliveryState = noDeliveries) {
    this.#carried = new Map(state.carried.map((each) => [each.message.id, each]));
    this.#failures = new Map(state.failures);
  }

  get state(): DeliveryState {
    return { carried: [...this.#carried.values()], failures: [...this.#failures] };
  }

  get carried(): readonly Carried[] {
    return [...this.#carried.values()];
  }

  failuresOf(channel: string): number {
    return this.#failures.get(channel) ?? 0;
  }

  messageOf(id: number): Message | null {
    return this.#carried.get(id)?.message ?? null;
  }

  posted(message: Message, channels: readonly string[]): void {
    this.#carried.set(message.id, { message, deliveredTo: [], pending: channels.map((channel) => pendingOf(message, channel)) });
  }

  /** Other channels are to take it as well. */
  rerouted(id: number, channels: readonly string[]): void {
    const found = this.#carried.get(id);
    if (found === undefined) return;
    const known = new Set([...found.deliveredTo, ...found.pending.map(({ channel }) => channel)]);
    const more = channels.filter((channel) => !known.has(channel)).map((channel) => pendingOf(found.message, channel));
    this.#carried.set(id, { ...found, pending: [...found.pending, ...more] });
  }

  tried(id: number, channel: string): void {
    this.#change(id, channel, (pending) => ({ ...pending, attempts: pending.attempts + 1 }));
  }

  delivered(id: number, channel: string): void {
    this.#failures.delete(channel);
    const found = this.#carried.get(id);
    if (found !== undefined) this.#keep({ ...found, deliveredTo: [...found.deliveredTo, channel], pending: without(found, channel) });
  }

  /** `nextAt` is null when nobody tries again. */
  failed(id: number, channel: string, nextAt: Instant | null): void {
    this.#failures.set(channel, this.failuresOf(channel) + 1);
    if (nextAt !== null) return this.#change(id, channel, (pending) => ({ ...pending, nextAt }));
    const found = this.#carried.get(id);
    if (found !== undefined) this.#keep({ ...found, pending: without(found, channel) });
  }

  #change(id: number, channel: string, change: (pending: Pending) => Pending): void {
    const found = this.#carried.get(id);
    if (found === undefined) return;
    this.#carried.set(id, { ...found, pending: found.pending.map((each) => (each.channel === channel ? change(each) : each)) });
  }

  /** A critical message that no channel has taken stays, so that others may be asked. */
  #keep(carried: Carried): void {
    const isSettled = carried.pending.length === 0 && (carried.deliveredTo.length > 0 || carried.message.severity !== 'critical');
    if (isSettled) this.#carried.delete(carried.message.id);
    else this.#carried.set(carried.message.id, carried);
  }
}

const pendingOf = ({ id, at }: Message, channel: string): Pending => ({ message: id, channel, attempts: 0, nextAt: at });

const without = ({ pending }: Carried, channel: string): readonly Pending[] => pending.filter((each) => each.channel !== channel);

/** The first pause; it doubles, and half of it is chance, so that clients do not come in step. */
const PAUSE_MS = 2_000;
const PAUSE_MS_MAX = 300_000;
/** What is not critical and was refused so often, or is so old, is not tried again. */
const REFUSED_MAX = 3;
const OLD_MS = DAY_MS;

export type Failure = {
  readonly severity: Severity;
  readonly postedAt: Instant;
  readonly now: Instant;
  /** How often it was tried, this one included. */
  readonly attempts: number;
  readonly isRefused: boolean;
  /** The pause that the other side wants; null when it has not said. */
  readonly wishMs: number | null;
  /** 0 to 1. */
  readonly chance: number;
};

/** When it is tried again; null for never, which no critical message ever hears. */
export function nextTry({ severity, postedAt, now, attempts, isRefused, wishMs, chance }: Failure): Instant | null {
  const isHopeless = (isRefused && attempts >= REFUSED_MAX) || now - postedAt > OLD_MS;
  if (severity !== 'critical' && isHopeless) return null;
  const whole = Math.min(PAUSE_MS_MAX, PAUSE_MS * (1 << Math.min(20, attempts - 1)));
  const pause = Math.round(whole / 2 + (whole / 2) * chance);
  return instant(now + Math.max(pause, Math.min(wishMs ?? 0, PAUSE_MS_MAX)));
}
