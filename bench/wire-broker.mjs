import { parentPort, workerData } from 'node:worker_threads';
import { parseSessionDate } from '../dist/domain/values/session-date.js';
import { buildWorld } from '../dist/main/sim-broker/build-world.js';
import { madeUpKeys } from '../dist/main/sim-broker/made-up-keys.js';
import { madeUpSource } from '../dist/main/sim-broker/market-source.js';
import { runSim } from '../dist/main/sim-broker/running-sim.js';
import { noDelays } from '../dist/simulation/broker/options.js';

// A thread of its own: what arrives is not kept waiting by whoever sends it. Its time stands still, and nothing takes any.
const { seed, names } = workerData;
const from = parseSessionDate('2026-03-16');
const keys = madeUpKeys(seed);
const market = madeUpSource({ seed, symbols: names, from });
const habits = { partialShare: 0, pendingCancelShare: 0 };
const built = await buildWorld({
  seed,
  market,
  from,
  atMinute: 600,
  cash: 1_000_000_000,
  plan: 'paid',
  keys,
  faults: [],
  delays: noDelays,
  habits,
  // What an account may send is not what is measured.
  rateLimit: 100_000,
});
const { broker, tickers } = built;
const request = broker.request.bind(broker);
broker.request = (asked) => {
  if (asked.method !== 'GET') parentPort.postMessage({ kind: 'arrived', method: asked.method, at: process.hrtime.bigint() });
  return request(asked);
};
const sim = await runSim({ built, seed, speed: 0, host: '127.0.0.1', port: 0, adminPort: 0 });
parentPort.on('message', ({ kind, ticker, bid, ask }) => {
  if (kind === 'quote') {
    broker.quote(ticker, bid, ask, 1e6, 1e6);
    broker.trade(ticker, ask, 100);
    sim.serving.turn();
  } else process.exit(0);
});
parentPort.postMessage({ kind: 'ready', base: `127.0.0.1:${sim.port}`, keys, tickers });
