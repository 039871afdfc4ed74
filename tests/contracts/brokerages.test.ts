import { expect } from 'vitest';
import { answerOf, type More } from '#adapters/alpaca/answer-of';
import { messagesOf } from '#adapters/alpaca/order-message';
import { requestOf } from '#adapters/alpaca/request-of';
import { leadsOn, wholeList } from '#adapters/alpaca/whole-list';
import { instant } from '#domain/values/instant';
import { ticker } from '#domain/values/symbol';
import type { Answer, Ask, Brokerage, BrokerNews } from '#engine/ports/brokerage';
import type { WireReply } from '#engine/ports/wire';
import { commonAsset, noDelays } from '#simulation/broker/options';
import type { ServedReply } from '#simulation/broker/served';
import { SimulatedBroker } from '#simulation/broker/simulated-broker';
import { atBroker } from '../paper/at-broker.js';
import { runningBroker } from '../sim-broker/running-broker.js';
import { brokerageContract, type TriedBroker } from './brokerage-contract.js';

const keys = { keyId: 'SIMULATED', secret: 'SIMULATED-NOT-A-SECRET' };
const TEN = instant(Date.UTC(2026, 2, 16, 14));
const e4 = (dollars: string): number => Math.round(Number(dollars) * 10_000);

/** The simulated broker itself: no socket, no clock, the adapter's reading of the wire and nothing else of it. */
async function inMemory(): Promise<TriedBroker> {
  const name = ticker('ZZA');
  const habits = { partialShare: 0, pendingCancelShare: 0 };
  const broker = new SimulatedBroker({
    seed: 1,
    now: TEN,
    cash: 1_000_000_000,
    assets: [commonAsset(name)],
    keys,
    accountId: 'a',
    delays: noDelays,
    habits,
  });
  const connected = broker.connect();
  if (!connected.ok) throw new Error('the line was refused');
  const { stream } = connected;
  const news: BrokerNews[] = [];
  const listen = (): void => {
    for (const text of stream.take())
      for (const message of messagesOf(text)) if (message.kind === 'order_news' || message.kind === 'unreadable_news') news.push(message);
  };
  const pass = (ms: number): void => {
    broker.advanceTo(instant(broker.now + ms));
    listen();
  };
  stream.receive(JSON.stringify({ action: 'authenticate', data: { key_id: keys.keyId, secret_key: keys.secret } }));
  stream.receive(JSON.stringify({ action: 'listen', data: { streams: ['trade_updates'] } }));
  pass(1);
  const brokerage: Brokerage = { ask: async (ask) => answered(broker, ask), follow: async () => {} };
  return {
    brokerage,
    ticker: name,
    news,
    quote: async (bid, ask) => {
      broker.quote(name, e4(bid), e4(ask), 10_000, 10_000);
      pass(1);
    },
    print: async (at) => {
      broker.trade(name, e4(at), 100);
      pass(1);
    },
    settle: async () => pass(1_000),
    loseNextAnswer: async (method) =>
      broker.addFault({ name: 'lost answer', on: 'request', method, nth: 1, effect: { kind: 'drop_after', how: 'reset' } }),
    close: async () => {},
  };
}

function answered(broker: SimulatedBroker, ask: Ask): Answer {
  const parts: More[] = [];
  for (let page: string | null = null; ; ) {
    const step: Answer | More = answerOf(ask, wired(broker.request({ ...requestOf(ask, page), ...keys })), broker.now);
    if (step.kind !== 'more' || !leadsOn(parts, step)) return wholeList(parts, step as Answer);
    parts.push(step);
    page = step.page;
  }
}

function wired(reply: ServedReply): WireReply {
  if (reply.kind === 'answer') return { kind: 'answer', status: reply.status, headers: reply.headers, body: reply.body };
  return { kind: 'fault', why: reply.kind === 'silence' ? 'timeout' : reply.kind === 'cut' ? 'cut_body' : 'reset', sent: true };
}

/** The adapter as it trades, over real sockets to the served broker. */
async function overSockets(): Promise<TriedBroker> {
  const served = await runningBroker();
  const [name = ''] = served.tickers;
  const stop = new AbortController();
  const connection = atBroker(served, stop.signal);
  const news: BrokerNews[] = [];
  const ready = new Promise<void>((resolve) => {
    void connection.brokerage.follow((one) => {
      news.push(one);
      if (one.kind === 'line_ready') resolve();
    }, stop.signal);
  });
  await ready;
  // Nothing is told before it is said that news are told.
  expect(news).toEqual([{ kind: 'line_ready' }]);
  /** Messages travel: they have come when a whole while brings none. */
  const settle = async (): Promise<void> => {
    // Nothing takes time here, and any time that passes would bring the name its own market.
    await served.step(0);
    for (let before = -1; before !== news.length; ) {
      before = news.length;
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  };
  return {
    brokerage: connection.brokerage,
    ticker: ticker(name),
    news,
    quote: async (bid, ask) => void (await served.quote(name, bid, ask)),
    print: async (price) => void (await served.trade(name, price)),
    settle,
    loseNextAnswer: async (method) =>
      void (await served.admin('POST', '/faults', {
        name: 'lost answer',
        on: 'request',
        method,
        nth: 1,
        effect: { kind: 'drop_after', how: 'reset' },
      })),
    close: async () => {
      stop.abort();
      connection.close();
      await served.close();
    },
  };
}

brokerageContract('the simulated broker', inMemory);
brokerageContract('Alpaca at the served broker', overSockets);
