import { readFileSync, writeFileSync } from 'node:fs';
import { assert } from '#domain/values/assert';
import type { Cash } from '#domain/values/cash';
import { formatInstant } from '#domain/values/instant';
import { parseSessionDate, type SessionDate } from '#domain/values/session-date';
import { BarsFailed, barProblemText } from '#main/bars/bar-problem';
import { Failure } from '#main/commands/failure';
import { buildWorld } from '#main/sim-broker/build-world';
import { type AnyFault, faultsIn } from '#main/sim-broker/fault-shape';
import { madeUpKeys, type SimulatedKeys } from '#main/sim-broker/made-up-keys';
import { type MarketSource, madeUpSource } from '#main/sim-broker/market-source';
import { recordedSource } from '#main/sim-broker/recorded-source';
import { type RunningSim, runSim } from '#main/sim-broker/running-sim';
import { note, show, showJson } from '#main/terminal';
import { noDelays } from '#simulation/broker/options';

export type SimBrokerOptions = {
  readonly port: number;
  readonly adminPort: number;
  readonly seed: number;
  readonly symbols: number;
  readonly from?: SessionDate;
  readonly at: number;
  readonly speed: number;
  readonly data?: string;
  readonly news: readonly string[];
  readonly barLabel: 'start' | 'end';
  readonly faults?: string;
  readonly cash: Cash;
  readonly plan: 'free' | 'paid';
  readonly keyFile?: string;
  readonly json: boolean;
};

const HOST = '127.0.0.1';
const DAY = '2026-03-16';

/** Serves until it is told to stop, by a signal or by its admin port. */
export async function simBrokerCommand(options: SimBrokerOptions): Promise<void> {
  const { seed, speed, port, adminPort, plan, cash } = options;
  const faults = options.faults === undefined ? [] : faultsOf(options.faults);
  const keys = madeUpKeys(seed);
  if (options.keyFile !== undefined) writeKeys(options.keyFile, keys);
  const { market, from } = await marketOf(options);
  const stop = new AbortController();
  const told = (): void => stop.abort();
  try {
    // While the time stands still, no delay would ever end.
    const delays = speed === 0 ? { delays: noDelays } : {};
    const built = await buildWorld({ seed, market, from, atMinute: options.at, cash, plan, keys, faults, ...delays });
    const running = await opened(() =>
      runSim({ built, seed, speed, host: HOST, port, adminPort, asked: told, failed: (error) => stop.abort(error) }),
    );
    process.on('SIGINT', told).on('SIGTERM', told);
    if (options.json) showJson({ simulated: true, now: formatInstant(running.serving.time.now()), ...addresses(running, keys) });
    else introduce(options, running, keys, built.tickers);
    await new Promise<void>((resolve) => {
      if (stop.signal.aborted) resolve();
      else stop.signal.addEventListener('abort', () => resolve());
    });
    await running.close();
    if (!options.json) note('the simulated broker has ended; its account is gone with it');
    if (stop.signal.reason instanceof BarsFailed) throw stop.signal.reason;
  } catch (error) {
    throw error instanceof BarsFailed ? new Failure('badInput', barProblemText(error.problem)) : error;
  } finally {
    process.off('SIGINT', told).off('SIGTERM', told);
    await market.source.close();
  }
}

async function marketOf(options: SimBrokerOptions): Promise<{ readonly market: MarketSource; readonly from: SessionDate }> {
  const { seed, symbols, data, news, barLabel } = options;
  if (data !== undefined) {
    if (options.from === undefined) throw new Failure('usage', '--data needs --from, the day on which to begin');
    return { market: await recordedSource({ data, news, barLabel, from: options.from }), from: options.from };
  }
  if (news.length > 0) throw new Failure('usage', '--news goes with --data: the made-up market has headlines of its own');
  if (symbols < 1) throw new Failure('usage', '--symbols must be at least 1');
  const from = options.from ?? parseSessionDate(DAY);
  assert(from !== null, 'the usual day is a date');
  return { market: madeUpSource({ seed, symbols, from }), from };
}

function faultsOf(file: string): readonly AnyFault[] {
  const faults = faultsIn(jsonIn(file));
  if (!faults.ok) throw new Failure('badInput', `${file}: ${faults.problem.said}`);
  return faults.value;
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Failure('badInput', `${file} is not JSON`);
    if (error instanceof Error && 'code' in error) throw new Failure('badInput', `${file} could not be read (${String(error.code)})`);
    throw error;
  }
}

/** For its owner alone, since whoever reads keys from files refuses any other. */
function writeKeys(file: string, { keyId, secret }: SimulatedKeys): void {
  try {
    writeFileSync(file, `APCA_API_KEY_ID=${keyId}\nAPCA_API_SECRET_KEY=${secret}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new Failure('badInput', `${file} could not be written (${String(error.code)})`);
    throw error;
  }
}

async function opened(open: () => Promise<RunningSim>): Promise<RunningSim> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new Failure('badInput', `the ports could not be opened (${String(error.code)}); --port 0 takes a free one`);
    throw error;
  }
}

function addresses({ port, adminPort }: RunningSim, { keyId, secret }: SimulatedKeys) {
  const base = `${HOST}:${port}`;
  return {
    trading: `http://${base}`,
    orders: `ws://${base}/stream`,
    data: `http://${base}`,
    dataStream: `ws://${base}/v2/iex`,
    newsStream: `ws://${base}/v1beta1/news`,
    admin: `http://${HOST}:${adminPort}`,
    keyId,
    secret,
  };
}

function introduce(options: SimBrokerOptions, running: RunningSim, keys: SimulatedKeys, tickers: readonly string[]): void {
  const { trading, orders, data, dataStream, newsStream, admin } = addresses(running, keys);
  const { speed } = options;
  const market = options.data === undefined ? `made up from seed ${options.seed}` : `recorded bars of ${options.data}`;
  show(
    `SIMULATED: a broker and a market on this machine alone (${market}). Nothing is forwarded to Alpaca, no order is real.`,
    '',
    `trading and orders   ${trading}/v2   ${orders}`,
    `market data          ${data}/v2/stocks   ${dataStream}   ${newsStream}`,
    `admin                ${admin}`,
    `time                 ${formatInstant(running.serving.time.now())}, ${speed === 0 ? 'standing still until it is stepped' : `${speed} s in one of yours`}`,
    `names                ${tickers.length}: ${tickers.slice(0, 8).join(' ')}${tickers.length > 8 ? ' …' : ''}`,
    '',
    'For a client, in another terminal (keys made up from the seed; they open nothing but this):',
    `  export APCA_API_KEY_ID=${keys.keyId}`,
    `  export APCA_API_SECRET_KEY=${keys.secret}`,
    `  export APCA_API_BASE_URL=${trading}`,
    `  export ALPACA_DATA_URL=${data}`,
    `  export ALPACA_DATA_STREAM_URL=${dataStream}`,
    `  export ALPACA_NEWS_STREAM_URL=${newsStream}`,
    '  export CATALYST_ALPACA_ENVIRONMENT=simulated',
    '',
    'Try it:',
    `  curl -H "APCA-API-KEY-ID: $APCA_API_KEY_ID" -H "APCA-API-SECRET-KEY: $APCA_API_SECRET_KEY" ${trading}/v2/account`,
    `  curl ${admin}/status`,
    `  curl -d '{"ticker":"${tickers[0] ?? 'ZZZ'}","bid":"20.00","ask":"20.02"}' ${admin}/market/quote`,
    '',
    'Ctrl-C ends it.',
  );
}
