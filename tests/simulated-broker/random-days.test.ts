import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import { fieldIn, listOf, textIn } from '#domain/values/json-field';
import type { FaultRule } from '#simulation/broker/fault-rule';
import { commonAsset } from '#simulation/broker/options';
import { SimulatedBroker } from '#simulation/broker/simulated-broker';
import { RandomStream } from '#simulation/market/seeded-random';
import { at, keys } from './desk.js';

const tickers = ['AAA', 'BBB'] as const;

/** What goes wrong in every other run. None of it may break what must hold. */
const faults: readonly FaultRule[] = [
  { name: 'lost', on: 'event', effect: { kind: 'lose' }, nth: 5, times: 3 },
  { name: 'thrice', on: 'event', event: 'fill', effect: { kind: 'duplicate', copies: 3 }, times: 0 },
  { name: 'shuffled', on: 'event', event: 'new', effect: { kind: 'reorder', window: 3 }, times: 0 },
  { name: 'late', on: 'request', method: 'POST', effect: { kind: 'drop_after', how: 'silence' }, nth: 3, times: 2 },
  { name: 'leg', on: 'order', effect: 'leg_rejected', nth: 2, times: 1 },
  { name: 'later', on: 'order', effect: 'rejected_later', nth: 4, times: 2 },
  { name: 'stuck', on: 'order', effect: 'cancel_stuck', nth: 3, times: 1 },
  { name: 'over', on: 'order', effect: 'fill_over_cancel', nth: 2, times: 2 },
  { name: 'renamed', on: 'order', effect: 'stop_by_replacement', times: 0 },
  { name: 'both', on: 'order', effect: 'both_legs_fill', nth: 3, times: 1 },
  { name: 'dead', on: 'order', effect: 'target_deadlock', nth: 2, times: 1 },
];

/** A day of orders, cancels, replacements and quotes from a seed; gives all that was said, and what was violated. */
function day(seed: number): { readonly said: string; readonly violated: readonly string[]; readonly filled: number } {
  const chance = new RandomStream(seed, 'random-day');
  const broker = new SimulatedBroker({
    seed,
    now: at('2026-11-27T14:25:00Z'),
    cash: 1_000_000_000,
    assets: tickers.map((ticker) => commonAsset(ticker)),
    keys,
    accountId: 'account',
    rateLimit: 100_000,
    faults: seed % 2 === 0 ? [] : faults,
    habits: { depth: seed % 3 === 0 ? 'displayed' : 'any_size', activeStop: seed % 5 === 0 ? 'new' : 'held', partialShare: 0.4 },
  });
  const said: string[] = [];
  const violated: string[] = [];
  const connected = broker.connect();
  const stream = connected.ok ? connected.stream : null;
  stream?.receive(JSON.stringify({ action: 'auth', key: keys.keyId, secret: keys.secret }));
  stream?.receive(JSON.stringify({ action: 'listen', data: { streams: ['trade_updates'] } }));
  const ask = (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    query: Record<string, string> = {},
    body: unknown = null,
  ): unknown => {
    const reply = broker.request({ method, path, query, body: body === null ? '' : JSON.stringify(body), ...keys });
    said.push(`${broker.now} ${method} ${path} ${JSON.stringify(reply)}`);
    return reply.kind === 'answer' && reply.body !== '' ? (JSON.parse(reply.body) as unknown) : null;
  };
  const prices = new Map<string, number>(tickers.map((ticker) => [ticker, 200_000]));
  const dollars = (e4: number): string => (Math.round(e4 / 100) / 100).toFixed(2);
  const openIds = (): readonly string[] =>
    (listOf(ask('GET', '/v2/orders', { status: 'open' })) ?? []).flatMap((order) => textIn(order, 'id') ?? []);

  for (let step = 0; step < 250; step++) {
    broker.advanceTo(instant(broker.now + chance.below(90_000)));
    const ticker = chance.pick(tickers);
    const price = Math.max(20_000, (prices.get(ticker) ?? 0) + 100 * chance.integer(-25, 25));
    prices.set(ticker, price);
    broker.quote(ticker, price - 100, price + 100, chance.integer(0, 60), chance.integer(0, 60));
    broker.trade(ticker, price, 10);
    const side = chance.chance(0.6) ? 'buy' : 'sell';
    const near = dollars(price + 100 * chance.integer(-20, 20));
    const qty = String(chance.integer(1, 40));
    const tif = chance.pick(['day', 'gtc', 'gtc', 'ioc', 'fok', 'cls', 'opg']);
    const common = { symbol: ticker, side, qty, time_in_force: tif };
    const act = chance.below(12);
    if (act < 2) ask('POST', '/v2/orders', {}, { ...common, type: 'market' });
    else if (act < 4) ask('POST', '/v2/orders', {}, { ...common, type: 'limit', limit_price: near });
    else if (act === 4) ask('POST', '/v2/orders', {}, { ...common, type: 'stop', stop_price: near, time_in_force: 'gtc' });
    else if (act < 7) {
      const shape = chance.pick(['bracket', 'bracket', 'oco', 'oco', 'oto']);
      const away = (points: number): string => dollars(price + ((side === 'buy') !== (shape === 'oco') ? points : -points));
      const exits = {
        take_profit: { limit_price: away(chance.integer(1, 40) * 100) },
        stop_loss: { stop_price: away(chance.integer(-40, -1) * 100) },
      };
      const taken = shape === 'oto' ? { stop_loss: exits.stop_loss } : exits;
      ask(
        'POST',
        '/v2/orders',
        {},
        { ...common, type: 'limit', limit_price: near, time_in_force: chance.pick(['day', 'gtc']), order_class: shape, ...taken },
      );
    } else if (act === 7)
      ask(
        'POST',
        '/v2/orders',
        {},
        { symbol: ticker, side, notional: dollars(price * chance.integer(1, 9)), type: 'market', time_in_force: 'day' },
      );
    else if (act === 8) ask('DELETE', `/v2/positions/${ticker}`);
    else if (act === 9) ask('DELETE', '/v2/positions', { cancel_orders: chance.chance(0.2) ? 'true' : 'false' });
    else {
      const open = openIds();
      const nested = (listOf(ask('GET', '/v2/orders', { status: 'open', nested: 'true' })) ?? []).flatMap(
        (order) => listOf(fieldIn(order, 'legs')) ?? [],
      );
      const any = [...open, ...nested.flatMap((leg) => textIn(leg, 'id') ?? [])];
      if (any.length > 0 && act === 10) ask('DELETE', `/v2/orders/${chance.pick(any)}`);
      if (any.length > 0 && act === 11) {
        const patch = chance.pick([{ limit_price: near }, { stop_price: near }, { qty }]);
        ask('PATCH', `/v2/orders/${chance.pick(any)}`, {}, patch);
      }
    }
    said.push(...(stream?.take() ?? []));
    violated.push(...broker.invariants());
    if (violated.length > 0) break;
  }
  const filled = broker.ledger().filter(({ cause }) => cause.kind === 'execution').length;
  said.push(JSON.stringify(broker.ledger()), JSON.stringify(ask('GET', '/v2/account')), JSON.stringify(broker.faultsFired));
  return { said: said.join('\n'), violated, filled };
}

test('whatever is asked, every share and cent has a cause and no exit holds what is not there', () => {
  let filled = 0;
  for (let seed = 1; seed <= 12; seed++) {
    const { violated, filled: fills } = day(seed);
    expect(violated, `seed ${seed}`).toEqual([]);
    filled += fills;
  }
  expect(filled).toBeGreaterThan(300);
});

test('the same seed, the same questions and the same instants give the same answers to the byte', () => {
  for (const seed of [3, 4]) expect(day(seed).said).toBe(day(seed).said);
  expect(day(3).said).not.toBe(day(5).said);
});
