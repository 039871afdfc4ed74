import type { Alert } from '#domain/alerts/alert';
import { Deliveries, type DeliveryState } from '#domain/alerts/deliveries';
import { Desk, type DeskState } from '#domain/alerts/desk';
import type { Message } from '#domain/alerts/message';
import type { Policy } from '#domain/alerts/policy';
import { unreachable } from '#domain/values/assert';
import type { Instant } from '#domain/values/instant';

/** How far the journal has been read: everything up to the alert `index` of the entry `sequence`. */
export type Cursor = { readonly sequence: number; readonly index: number };

/** One line of the log of alerts, in the order in which they are written. */
export type LogLine =
  /** The first line of each file; `log` is the name that stands in every message. */
  | { readonly kind: 'begun'; readonly log: string; readonly at: Instant; readonly carried: Carry }
  | { readonly kind: 'raised'; readonly alert: Alert; readonly index: number }
  | { readonly kind: 'read'; readonly sequence: number; readonly at: Instant }
  | { readonly kind: 'posted'; readonly message: Message; readonly channels: readonly string[] }
  | { readonly kind: 'rerouted'; readonly message: number; readonly channels: readonly string[]; readonly at: Instant }
  | { readonly kind: 'tried'; readonly message: number; readonly channel: string; readonly at: Instant }
  | { readonly kind: 'delivered'; readonly message: number; readonly channel: string; readonly at: Instant; readonly said: string }
  | {
      readonly kind: 'failed';
      readonly message: number;
      readonly channel: string;
      readonly at: Instant;
      readonly why: string;
      readonly nextAt: Instant | null;
    }
  | { readonly kind: 'acknowledged'; readonly alert: number; readonly by: string; readonly because: string; readonly at: Instant };

/** What a new file of the log takes over from the one before, so that only the newest has to be read to go on. */
export type Carry = {
  readonly desk: DeskState;
  readonly deliveries: DeliveryState;
  readonly cursor: Cursor | null;
  /** Alerts that are open or on their way, which messages may still have to tell. */
  readonly alerts: readonly Alert[];
};

/** What the log of alerts comes to. Seeing the same lines again makes the same record again: a crash loses nothing that was written. */
export class AlertRecord {
  readonly #policy: Policy;
  #desk: Desk;
  #deliveries: Deliveries;
  #alerts: Map<number, Alert>;
  #cursor: Cursor | null;
  #log = '';

  constructor(policy: Policy) {
    this.#policy = policy;
    this.#desk = new Desk(policy);
    this.#deliveries = new Deliveries();
    this.#alerts = new Map();
    this.#cursor = null;
  }

  get desk(): Desk {
    return this.#desk;
  }

  get deliveries(): Deliveries {
    return this.#deliveries;
  }

  /** null before anything of the journal was read. */
  get cursor(): Cursor | null {
    return this.#cursor;
  }

  /** The name of the log; '' before it has begun. */
  get log(): string {
    return this.#log;
  }

  get carry(): Carry {
    this.#forgetSettled();
    return { desk: this.#desk.state, deliveries: this.#deliveries.state, cursor: this.#cursor, alerts: [...this.#alerts.values()] };
  }

  /** Those that are still known, in the order asked for. */
  alertsOf(ids: readonly number[]): readonly Alert[] {
    return ids.flatMap((id) => this.#alerts.get(id) ?? []);
  }

  see(line: LogLine): void {
    switch (line.kind) {
      case 'begun':
        this.#log = line.log;
        this.#desk = new Desk(this.#policy, line.carried.desk);
        this.#deliveries = new Deliveries(line.carried.deliveries);
        this.#alerts = new Map(line.carried.alerts.map((alert) => [alert.id, alert]));
        this.#cursor = line.carried.cursor;
        return;
      case 'raised': {
        const { alert, index } = line;
        this.#alerts.set(alert.id, alert);
        this.#desk.raised(alert);
        if (alert.sequence !== null) this.#cursor = { sequence: alert.sequence, index };
        return;
      }
      case 'read':
        this.#cursor = { sequence: line.sequence, index: Number.MAX_SAFE_INTEGER };
        return;
      case 'posted':
        this.#desk.posted(line.message);
        this.#deliveries.posted(line.message, line.channels);
        return;
      case 'rerouted':
        return this.#deliveries.rerouted(line.message, line.channels);
      case 'tried':
        return this.#deliveries.tried(line.message, line.channel);
      case 'delivered':
        this.#deliveries.delivered(line.message, line.channel);
        return this.#tidy();
      case 'failed':
        return this.#deliveries.failed(line.message, line.channel, line.nextAt);
      case 'acknowledged':
        return this.#desk.acknowledged(line.alert);
      default:
        return unreachable(line);
    }
  }

  #tidy(): void {
    if (this.#alerts.size > ALERTS_KEPT) this.#forgetSettled();
  }

  #forgetSettled(): void {
    const needed = new Set<number>(this.#desk.waiting.map(({ id }) => id));
    for (const { alerts } of this.#desk.open) for (const id of alerts) needed.add(id);
    for (const { message } of this.#deliveries.carried) for (const id of [...message.alerts, ...message.open]) needed.add(id);
    for (const id of this.#alerts.keys()) if (!needed.has(id)) this.#alerts.delete(id);
  }
}

/** Beyond it those that nobody needs any more are looked for. */
const ALERTS_KEPT = 2_000;
