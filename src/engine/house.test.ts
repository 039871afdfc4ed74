import { describe, expect, test } from 'vitest';
import type { Entry, Event } from '#domain/events/event';
import type { Service } from '#domain/events/service';
import { tickRuleOn } from '#domain/market/ticks';
import type { Order, OrderId } from '#domain/orders/order';
import { evolveBook, openBook, type Position } from '#domain/portfolio/book';
import { bracketOf, exitOf, review } from '#domain/risk/approval';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { House } from '#engine/house';
import { type Recorder, unrecorded } from '#engine/journal/recorder';
import { calm, intentOf } from '#tests/one-service';

const stop: Event = { kind: 'stop_requested', level: 'flatten', by: 'a test', from: 'person', because: 'why not' };
const mode: Event = { kind: 'stop_cleared', by: 'a test', because: 'it is over' };
const warned: Event = { kind: 'loss_warned', pnl: cash(0), limit: cash(0), share: 0.75 };

/** What happened, in order, as words. */
type Log = string[];

function houseOf(services: readonly Service[]): { house: House; log: Log } {
  const log: Log = [];
  let sequence = 0;
  const recorder: Recorder = {
    ...unrecorded(),
    append(event, _at, cause, origin) {
      sequence++;
      log.push(`${sequence} ${event.kind} of ${cause} by ${origin}`);
      return sequence;
    },
    commit: () => void log.push('commit'),
  };
  const broker = {
    submit: (orders: readonly Order[]) => void log.push(`submit ${orders.map(({ id }) => id).join(' ')}`),
    cancel: (order: OrderId) => void log.push(`cancel ${order}`),
    suspend: () => void log.push('suspend'),
    resume: () => void log.push('resume'),
  };
  return { house: new House({ plan: services, recorder, broker, watch: ({ event }) => void log.push(`seen ${event.kind}`) }), log };
}

/** A service that answers the kinds it reads. */
const answering = (name: string, answers: Partial<Record<Event['kind'], readonly Event[]>>, emits: Service['emits']): Service => ({
  name,
  consumes: Object.keys(answers) as Event['kind'][],
  hears: [],
  emits,
  step({ event }: Entry, emit) {
    for (const answer of answers[event.kind] ?? []) emit(answer);
  },
  hashInto: (sink) => sink.text(name),
});

const words = (log: Log): Log => log.filter((line) => /^\d/.test(line));

describe('one step of the house', () => {
  test('what services emit is recorded after the entry that caused it, in the order of the plan, each with its cause', () => {
    const first = answering('first', { stop_requested: [mode] }, ['stop_cleared']);
    const second = answering('second', { stop_requested: [warned], stop_cleared: [warned] }, ['loss_warned']);
    const { house, log } = houseOf([first, second]);
    house.accept(stop, instant(5));
    expect(words(log)).toEqual([
      '1 stop_requested of 0 by door',
      '2 stop_cleared of 1 by derived',
      '3 loss_warned of 1 by derived',
      '4 loss_warned of 2 by derived',
    ]);
  });

  test('everybody has seen an entry before what follows from it is recorded', () => {
    const seen: string[] = [];
    const first = answering('first', { stop_requested: [mode] }, ['stop_cleared']);
    const last: Service = {
      ...answering('last', { stop_requested: [], stop_cleared: [] }, []),
      step: ({ event }) => void seen.push(event.kind),
    };
    const { house, log } = houseOf([first, last]);
    house.accept(stop, instant(5));
    expect(seen).toEqual(['stop_requested', 'stop_cleared']);
    expect(log.filter((line) => !line.startsWith('commit'))).toEqual([
      '1 stop_requested of 0 by door',
      'seen stop_requested',
      '2 stop_cleared of 1 by derived',
      'seen stop_cleared',
    ]);
  });

  test('a service that emits what it did not declare stops the house', () => {
    const { house } = houseOf([answering('rogue', { stop_requested: [warned] }, ['stop_cleared'])]);
    expect(() => house.accept(stop, instant(5))).toThrow('rogue may not emit loss_warned');
  });

  test('a service is shown only what it reads', () => {
    const { house, log } = houseOf([answering('deaf', { stop_cleared: [warned] }, ['loss_warned'])]);
    house.accept(stop, instant(5));
    expect(words(log)).toHaveLength(1);
  });

  test('time runs forward', () => {
    const { house } = houseOf([]);
    house.accept(stop, instant(5));
    house.accept(stop, instant(5));
    expect(() => house.accept(stop, instant(4))).toThrow('time runs forward');
  });
});

describe('orders', () => {
  const found = tickRuleOn('2018-03-12' as SessionDate);
  if (!found.ok) throw new Error('no tick rule');
  const verdict = review(intentOf(0), calm, found.value);
  if (verdict.kind !== 'approved') throw new Error('not approved');
  const ids = { entry: 'e' as OrderId, stop: 's' as OrderId, target: 't' as OrderId };
  const bracket = bracketOf(verdict.order, 1, ids).map((order): Event => ({ kind: 'order_requested', order }));
  const bought = evolveBook(openBook(cash(1_000_000_000)), {
    kind: 'order_filled',
    order: ids.entry,
    symbol: symbolIndex(0),
    side: 'buy',
    shares: quantity(5),
    price: price(1_000_000),
    fees: cash(0),
    bar: instant(0),
    flags: [],
  });
  const exit = exitOf(bought.positions[0] as Position, {
    id: 'x' as OrderId,
    role: 'exit',
    limit: null,
    stop: null,
    parent: ids.entry,
    intent: 1,
    reason: 'flat_by_close',
  });
  const trader = (orders: readonly Event[]) => answering('trader', { stop_requested: orders }, ['order_requested', 'cancel_requested']);

  test('are on the disk before they leave, and a bracket leaves as one', () => {
    const { house, log } = houseOf([trader(bracket)]);
    house.accept(stop, instant(5));
    expect(log.filter((line) => /^(commit|submit|cancel|\d+ order)/.test(line))).toEqual([
      '2 order_requested of 1 by derived',
      '3 order_requested of 1 by derived',
      '4 order_requested of 1 by derived',
      'commit',
      'submit e s t',
    ]);
  });

  test('cancels go before orders: what is given back may need the shares that a leg holds', () => {
    const { house, log } = houseOf([
      trader([
        { kind: 'order_requested', order: exit },
        { kind: 'cancel_requested', order: ids.stop, reason: 'flat_by_close' },
      ]),
    ]);
    house.accept(stop, instant(5));
    expect(log.slice(log.indexOf('commit'))).toEqual(['commit', 'cancel s', 'submit x']);
  });

  test('nothing is synced when nothing leaves', () => {
    const { house, log } = houseOf([trader([])]);
    house.accept(stop, instant(5));
    expect(log).not.toContain('commit');
  });
});

test('the hash of the state is recorded, and tells apart what services hold', () => {
  const hashed = (name: string): string => houseOf([answering(name, {}, [])]).house.hashState('2018-03-12' as SessionDate, instant(1));
  expect(hashed('one')).toMatch(/^[0-9a-f]{64}$/);
  expect(hashed('one')).toBe(hashed('one'));
  expect(hashed('one')).not.toBe(hashed('two'));
});
