import { type Instant, instant } from '#domain/values/instant';
import { fieldIn, listOf, textIn } from '#domain/values/json-field';
import { parseRfc3339 } from '#domain/values/rfc3339';
import { type BrokerSettings, commonAsset, noDelays } from '#simulation/broker/options';
import type { ServedReply, ServedStream } from '#simulation/broker/served';
import { SimulatedBroker } from '#simulation/broker/simulated-broker';

export const keys = { keyId: 'PKTEST', secret: 'secret-of-a-test' };

export function at(text: string): Instant {
  const parsed = parseRfc3339(text);
  if (parsed === null) throw new Error(`no time: ${text}`);
  return parsed;
}

/** 10:00 in New York on a Monday of full length. */
export const MORNING = at('2026-11-30T15:00:00Z');

export type Reply = { readonly status: number; readonly body: unknown; readonly headers: Readonly<Record<string, string>> };

/** A client at a broker: what it asks is answered at once, and what follows has happened before it asks again. */
export class Desk {
  readonly broker: SimulatedBroker;
  readonly stream: ServedStream;

  constructor(settings: Partial<BrokerSettings> = {}) {
    this.broker = new SimulatedBroker({
      seed: 1,
      now: MORNING,
      cash: 1_000_000_000,
      assets: [commonAsset('AAA'), commonAsset('BBB'), commonAsset('WHOLE', { fractionable: false })],
      keys,
      accountId: '0b2f64f0-1111-4222-8333-444455556666',
      delays: noDelays,
      ...settings,
      habits: { partialShare: 0, pendingCancelShare: 0, ...settings.habits },
    });
    const connected = this.broker.connect();
    if (!connected.ok) throw new Error('no stream');
    this.stream = connected.stream;
    this.stream.receive(JSON.stringify({ action: 'authenticate', data: { key_id: keys.keyId, secret_key: keys.secret } }));
    this.stream.receive(JSON.stringify({ action: 'listen', data: { streams: ['trade_updates'] } }));
    this.stream.take();
  }

  raw(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): ServedReply {
    const [bare = '', search = ''] = path.split('?');
    const query = Object.fromEntries(new URLSearchParams(search));
    return this.broker.request({ method, path: bare, query, body: body === undefined ? '' : JSON.stringify(body), ...keys });
  }

  ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Reply {
    const reply = this.raw(method, path, body);
    if (reply.kind !== 'answer') throw new Error(`no answer but ${reply.kind}`);
    return { status: reply.status, headers: reply.headers, body: reply.body === '' ? null : json(reply.body) };
  }

  get(path: string): unknown {
    return this.ask('GET', path).body;
  }

  /** Places an order and gives its id; what follows at once has happened. */
  place(order: Readonly<Record<string, unknown>>): string {
    const { status, body } = this.ask('POST', '/v2/orders', {
      symbol: 'AAA',
      side: 'buy',
      type: 'market',
      time_in_force: 'day',
      qty: '10',
      ...order,
    });
    if (status !== 200) throw new Error(`refused: ${JSON.stringify(body)}`);
    this.settle();
    return text(body, 'id');
  }

  order(id: string): unknown {
    return this.get(`/v2/orders/${id}?nested=true`);
  }

  status(id: string): string {
    return text(this.order(id), 'status');
  }

  leg(id: string, role: 'target' | 'stop'): unknown {
    const legs = listOf(fieldIn(this.order(id), 'legs')) ?? [];
    const found = legs.find((leg) => (fieldIn(leg, 'stop_price') === null) === (role === 'target'));
    if (found === undefined) throw new Error(`no ${role} at ${id}`);
    return found;
  }

  /** 1.00 wide around a price in dollars, as deep as anybody wants. */
  quote(ticker: string, dollars: number): void {
    const e4 = Math.round(dollars * 10_000);
    this.broker.quote(ticker, e4 - 100, e4 + 100, 100_000, 100_000);
  }

  trade(ticker: string, dollars: number): void {
    this.broker.trade(ticker, Math.round(dollars * 10_000), 100);
  }

  settle(ms = 0): void {
    this.broker.advanceTo(instant(this.broker.now + ms));
  }

  /** The news that are due, as words: "fill entry-id". */
  news(): readonly unknown[] {
    return this.stream.take().map((message) => fieldIn(json(message), 'data'));
  }

  events(): readonly string[] {
    return this.news().map((data) => text(data, 'event'));
  }
}

/** The rows of an answer. */
export function rows(raw: unknown): readonly unknown[] {
  const found = listOf(raw);
  if (found === null) throw new Error(`no list: ${JSON.stringify(raw)}`);
  return found;
}

/** The value of a JSON text, of which nothing is known. */
export function json(said: string): unknown {
  const value: unknown = JSON.parse(said);
  return value;
}

export function text(raw: unknown, name: string): string {
  const found = textIn(raw, name);
  if (found === null) throw new Error(`no ${name} in ${JSON.stringify(raw)}`);
  return found;
}

export const bracket = {
  type: 'limit',
  limit_price: '10.10',
  time_in_force: 'gtc',
  order_class: 'bracket',
  take_profit: { limit_price: '11.00' },
  stop_loss: { stop_price: '9.50' },
};
