import { afterEach, expect, test } from 'vitest';
import type { BrokerOrderId, BrokerPosition, Execution as Fill } from '#domain/brokerage/broker-order';
import type { Entry } from '#domain/events/event';
import { defaultSettings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { type Instant, instant } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { symbolIndex, ticker } from '#domain/values/symbol';
import { Execution } from '#engine/execution/execution';
import { patience } from '#engine/execution/patience';
import { emptyDirectory, must } from '#engine/journal/testing/sample-journal';
import { LiveHouse } from '#engine/live/live-house';
import type { Answer, Ask } from '#engine/ports/brokerage';
import { openRecorder } from '#main/day/open-recorder';
import { orchestration } from '#production/orchestration/orchestration';
import { riskManager } from '#production/risk-manager/risk-manager';
import { at, intentOf, opened } from '../one-service.js';
import { id } from '../one-trade.js';

const tickers = ['AAA', 'BBB', 'CCC', 'DDD'].map(ticker);
const names = {
  tickerOf: (symbol: number) => tickers[symbol] ?? ticker('ZZZ'),
  indexOf: (name: string) => symbolIndex(tickers.indexOf(ticker(name))),
};

const closings: (() => void)[] = [];
afterEach(() => {
  for (const close of closings.splice(0)) close();
});

/** What the broker has: the test changes it. */
type World = { positions: readonly BrokerPosition[]; executions: readonly Fill[] };

/** A process on a journal: orchestration and the risk manager as they are, the execution, and a broker that only shows lists. */
function process(journal: string, world: World, begun: Instant) {
  const { recorder, past } = must(openRecorder(journal));
  const execution = new Execution({ book: { environment: 'paper', name: 'k3v9x2' }, names, feesOf: () => cash(0), patience });
  const seen: Entry[] = [];
  const plan = [orchestration(), riskManager()];
  const house = new LiveHouse({ plan, recorder, past, execution, watch: (entry) => void seen.push(entry) });
  let now = begun;
  const drain = (): void => {
    for (let asks = execution.takeAsks(); asks.length > 0; asks = execution.takeAsks())
      for (const { id: ask, ask: look } of asks) house.answered(ask, answerOf(world, look), now);
  };
  const wait = (ms: number): void => {
    for (const end = now + ms; now < end; now = instant(now + 500)) {
      house.tick(now);
      drain();
    }
    house.commit();
  };
  const refusals = (symbol: number): readonly string[] => {
    house.accept({ kind: 'intent_formed', intent: intentOf(symbol) }, now);
    return seen.flatMap(({ event }) => (event.kind === 'intent_refused' ? [event.refusals.map(({ kind }) => kind)] : [])).at(-1) ?? [];
  };
  const start = (): void => {
    for (const _ of house.makeAgain());
    if (past === null) {
      house.accept({ kind: 'run_started', settings: defaultSettings, source: 'live_market', version: 'test' }, now);
      house.accept(opened(tickers.length), now);
      house.accept({ kind: 'order_filled', ...bought }, now);
    }
    house.start(now);
    house.hear({ kind: 'line_ready' }, now);
    drain();
  };
  closings.push(() => recorder.close());
  return { house, seen, start, wait, refusals, now: () => now };
}

const bought = {
  order: id('entry'),
  symbol: symbolIndex(0),
  side: 'buy',
  shares: quantity(200),
  price: price(1_000_000),
  fees: cash(0),
  bar: at('10:00'),
  flags: [],
} as const;

function answerOf({ positions, executions }: World, ask: Ask): Answer {
  switch (ask.kind) {
    case 'list_positions':
      return { kind: 'positions', positions };
    case 'list_executions':
      return { kind: 'executions', executions };
    case 'read_account':
      return { kind: 'account', account: { id: 'account-1', cash: cash(0), equity: cash(0), blocked: null, suspended: false } };
    case 'list_open_orders':
    case 'list_orders':
      return { kind: 'orders', orders: [] };
    default:
      return { kind: 'not_found' };
  }
}

const held: BrokerPosition = { ticker: ticker('AAA'), shares: 200, available: 200, meanCost: 1_000_000, price: price(1_000_000) };
const theirs: Fill = {
  id: 'x-1',
  order: 'somebody' as BrokerOrderId,
  ticker: ticker('AAA'),
  side: 'sell',
  shares: 200,
  cumulative: 200,
  price: price(900_000),
  at: at('10:06'),
  busts: null,
  corrects: null,
};

test('D6: after the broker has sold for us no other name is entered either, across a restart, until a person clears it', () => {
  const journal = emptyDirectory();
  const world: World = { positions: [held], executions: [] };
  const first = process(journal, world, at('10:05'));
  first.start();
  first.wait(70_000);
  expect(first.refusals(1)).not.toContain('halted');
  world.positions = [];
  world.executions = [theirs];
  first.wait(140_000);
  expect(first.refusals(1)).toContain('halted');
  const kinds = first.seen.map(({ event }) => event.kind);
  expect(kinds.indexOf('halt_ordered')).toBeLessThan(kinds.indexOf('position_adjusted'));
  first.house.commit();
  for (const close of closings.splice(0)) close();

  const second = process(journal, world, instant(first.now() + 60_000));
  second.start();
  second.wait(70_000);
  expect(second.refusals(1)).toContain('halted');
  const request = { kind: 'clear_stop', by: 'ann', from: 'person', because: 'the margin call is settled' } as const;
  second.house.acceptDurably({ kind: 'request_received', request }, second.now());
  expect(second.refusals(1)).not.toContain('halted');
  expect(second.refusals(0)).toContain('name_quarantined');
});
