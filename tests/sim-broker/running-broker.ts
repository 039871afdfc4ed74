import { Alpaca } from '@alpacahq/alpaca-trade-api';
import { WebSocket } from 'ws';
import { cash } from '#domain/values/cash';
import { buildWorld } from '#main/sim-broker/build-world';
import type { AnyFault } from '#main/sim-broker/fault-shape';
import { madeUpKeys } from '#main/sim-broker/made-up-keys';
import { madeUpSource } from '#main/sim-broker/market-source';
import { runSim } from '#main/sim-broker/running-sim';
import { type Delays, type Habits, noDelays } from '#simulation/broker/options';
import { day } from './made-market.js';

const HOST = '127.0.0.1';

export type Running = Awaited<ReturnType<typeof runningBroker>>;

type Wanted = {
  readonly seed?: number;
  readonly date?: string;
  readonly atMinute?: number;
  readonly speed?: number;
  readonly plan?: 'free' | 'paid';
  readonly faults?: readonly AnyFault[];
  readonly delays?: Delays;
  readonly habits?: Partial<Habits>;
};

/** A simulated broker on two free ports. Its time stands still unless it is said otherwise, and nothing takes any. */
export async function runningBroker({
  seed = 5,
  date = '2026-03-16',
  atMinute = 600,
  speed = 0,
  plan = 'free',
  faults = [],
  delays = noDelays,
  habits = {},
}: Wanted = {}) {
  const market = madeUpSource({ seed, symbols: 12, from: day(date) });
  const keys = madeUpKeys(seed);
  const built = await buildWorld({
    seed,
    market,
    from: day(date),
    atMinute,
    cash: cash(1_000_000_000),
    plan,
    keys,
    faults,
    delays,
    habits: { partialShare: 0, pendingCancelShare: 0, ...habits },
  });
  const sim = await runSim({ built, seed, speed, host: HOST, port: 0, adminPort: 0 });
  const base = `${HOST}:${sim.port}`;
  const admin = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`http://${HOST}:${sim.adminPort}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const said: unknown = await answer.json();
    if (!answer.ok) throw new Error(JSON.stringify(said));
    return said;
  };
  const headers = { 'APCA-API-KEY-ID': keys.keyId, 'APCA-API-SECRET-KEY': keys.secret };
  return {
    ...sim,
    keys,
    base,
    tickers: built.tickers,
    broker: built.broker,
    parts: { ...built, speed },
    admin,
    /** A name's market by hand: dollars as they are written. */
    quote: (ticker: string, bid: string, ask: string) => admin('POST', '/market/quote', { ticker, bid, ask }),
    trade: (ticker: string, price: string) => admin('POST', '/market/trade', { ticker, price }),
    step: (ms: number) => admin('POST', '/step', { ms }),
    /** What a client without the SDK asks. */
    ask: (path: string, init: RequestInit = {}) => fetch(`http://${base}${path}`, { ...init, headers: { ...headers, ...init.headers } }),
    dial: (path: string, options: { readonly headers?: Record<string, string> } = {}) => new WebSocket(`ws://${base}${path}`, options),
    /** The SDK as it comes; only where it connects to is another place. */
    sdk: (other: Partial<typeof keys> = {}) =>
      new Alpaca({
        ...keys,
        ...other,
        rateLimit: false,
        retry: false,
        fetchApi: (input, init) => fetch(String(input).replace(/^https:\/\/[^/]+/, `http://${base}`), init as RequestInit),
      }),
  };
}

/** Waits until it holds; what never does is told by whoever expects it. */
export async function until(holds: () => boolean | Promise<boolean>, msMax = 5_000): Promise<void> {
  const end = Date.now() + msMax;
  while (!(await holds()) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
}
