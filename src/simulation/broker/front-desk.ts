import type { OrderRole } from '#domain/orders/order';
import { type Instant, instant } from '#domain/values/instant';
import { textIn } from '#domain/values/json-field';
import { parsed } from '#engine/ports/json-text';
import { type ApiAnswer, refuse } from '#simulation/broker/api-answer';
import type { Matched } from '#simulation/broker/fault-plan';
import type { RequestEffect } from '#simulation/broker/fault-rule';
import type { Floor } from '#simulation/broker/floor';
import type { Json } from '#simulation/broker/json';
import { withField, withoutField } from '#simulation/broker/json-edit';
import type { RateHeaders, RateWindow } from '#simulation/broker/rate-window';
import { route } from '#simulation/broker/routes';
import type { ClientRequest, ServedReply } from '#simulation/broker/served';

type Effect<Kind extends RequestEffect['kind']> = Extract<RequestEffect, { kind: Kind }>;

/** Lets requests in, has them answered, and spoils what the plan of faults says. */
export class FrontDesk {
  readonly #floor: Floor;
  readonly #window: RateWindow;
  readonly #knows: (keyId: string, secret: string) => boolean;

  constructor(floor: Floor, window: RateWindow, knows: (keyId: string, secret: string) => boolean) {
    this.#floor = floor;
    this.#window = window;
    this.#knows = knows;
  }

  serve(request: ClientRequest): ServedReply {
    const floor = this.#floor;
    const delay = floor.chance.delay(floor.options.delays, 'response');
    const id = floor.chance.uuid().replaceAll('-', '');
    const body = parsed(request.body);
    const effects = floor.faults.request(request.method, request.path, aboutOf(floor, request, body)).map(({ effect }) => effect);
    const of = <Kind extends RequestEffect['kind']>(kind: Kind): Effect<Kind> | undefined =>
      effects.find((effect): effect is Effect<Kind> => effect.kind === kind);
    const delayMs = delay + (of('delay')?.ms ?? 0);
    const dropped = of('drop_before');
    if (dropped !== undefined) return lost(dropped.how, delayMs);
    const answered = this.#answer(request, body, effects);
    const late = of('drop_after');
    if (late !== undefined) return lost(late.how, delayMs);
    const headers = { 'content-type': 'application/json; charset=UTF-8', 'x-request-id': id, ...answered.headers };
    return spoiled({ kind: 'answer', delayMs, status: answered.status, headers, body: bodyText(answered.body, effects) }, effects);
  }

  #answer(
    request: ClientRequest,
    body: unknown,
    effects: readonly RequestEffect[],
  ): ApiAnswer & { readonly headers: Readonly<Record<string, string>> } {
    const floor = this.#floor;
    const forced = effects.find((effect) => effect.kind === 'answer');
    const burst = effects.find((effect) => effect.kind === 'rate_limited');
    if (burst !== undefined) return { ...tooMany, headers: burstHeaders(burst.headers, this.#window, floor.now) };
    if (!this.#knows(request.keyId, request.secret)) return { ...refuse(401, 40110000, 'request is not authorized'), headers: {} };
    const admitted = this.#window.admits(floor.now);
    const headers = this.#window.headers(floor.now);
    if (!admitted) return { ...tooMany, headers };
    if (forced?.when === 'before') return { ...refuse(forced.status, forced.code, forced.message), headers };
    const stale = effects.find((effect) => effect.kind === 'stale');
    const seenAt = instant(floor.now - (stale?.ms ?? 0));
    const answered = route(request.method, request.path, { floor, query: request.query, body, seenAt });
    return forced === undefined ? { ...answered, headers } : { ...refuse(forced.status, forced.code, forced.message), headers };
  }
}

const tooMany = refuse(429, 42910000, 'rate limit exceeded');

const lost = (how: 'silence' | 'reset', delayMs: number): ServedReply =>
  how === 'silence' ? { kind: 'silence' } : { kind: 'reset', delayMs };

/** Without headers a client has to guess; with wrong ones it would come back at once. */
function burstHeaders(kind: 'right' | 'none' | 'wrong', window: RateWindow, now: Instant): Readonly<Record<string, string>> {
  if (kind === 'none') return {};
  const right: RateHeaders = window.headers(now);
  const seconds = Math.floor(now / 1000);
  if (kind === 'wrong') return { ...right, 'x-ratelimit-reset': String(seconds - 3600) };
  return { ...right, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(seconds + 1), 'retry-after': '1' };
}

function bodyText(body: Json, effects: readonly RequestEffect[]): string {
  let told = body;
  for (const effect of effects) {
    if (effect.kind === 'short_list' && Array.isArray(told)) told = told.slice(0, effect.rows);
    if (effect.kind === 'set_field') told = withField(told, effect.field, effect.value);
    if (effect.kind === 'remove_field') told = withoutField(told, effect.field);
  }
  return told === null ? '' : JSON.stringify(told);
}

const HTML = '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>';

type Spoken = Extract<ServedReply, { kind: 'answer' }>;

function spoiled(reply: Spoken, effects: readonly RequestEffect[]): ServedReply {
  let spoken = reply;
  for (const effect of effects) {
    if (effect.kind === 'empty_object') spoken = { ...spoken, body: '{}' };
    if (effect.kind === 'corrupt_json') spoken = { ...spoken, body: corrupted(spoken.body) };
    if (effect.kind === 'html')
      spoken = { ...spoken, status: effect.status, body: HTML, headers: { ...spoken.headers, 'content-type': 'text/html' } };
    if (effect.kind === 'truncate') return { ...spoken, kind: 'cut', bytes: effect.bytes };
  }
  return spoken;
}

/** Whole to the transport, and no JSON. */
const corrupted = (body: string): string => `${body.slice(0, Math.floor(body.length / 2))}\u0000${body.slice(Math.floor(body.length / 2))}`;

/** Which name, and which sort of order, a request is about: by its body, or by the order that its path names. */
function aboutOf(floor: Floor, { path, query }: ClientRequest, body: unknown): Matched {
  const last = path.slice(path.lastIndexOf('/') + 1);
  const order = floor.orders.find(last) ?? floor.orders.findByClient(query['client_order_id'] ?? '');
  if (order !== null) return order;
  const ticker = textIn(body, 'symbol') ?? (path.startsWith('/v2/positions/') ? last : null);
  return { ticker, role: ticker === null ? null : roleAsked(floor, ticker, body) };
}

/** What an order would be for, before anybody has looked at it. */
function roleAsked(floor: Floor, ticker: string, body: unknown): OrderRole {
  const { shares } = floor.holdings.position(ticker);
  const side = textIn(body, 'side');
  const closing = (shares > 0 && side !== 'buy') || (shares < 0 && side !== 'sell');
  if (!closing) return 'entry';
  if (textIn(body, 'order_class') === 'oco') return 'target';
  return (textIn(body, 'type') ?? '').includes('stop') ? 'stop' : 'exit';
}
