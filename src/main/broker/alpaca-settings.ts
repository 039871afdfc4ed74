import type { Environment } from '#domain/brokerage/client-order-id';
import { ok, type Result } from '#domain/values/result';
import { type KeyPair, keyPairIn } from '#main/broker/alpaca-keys';
import { addressIn, type BadSettings, isHere, refuse, setIn, type Variables } from '#main/environment/variables';

/** How Alpaca is reached. */
export type AlpacaSettings = {
  /** Whose money orders move; part of every client order id. */
  readonly environment: Environment;
  readonly keys: KeyPair;
  readonly trading: URL;
  readonly orderStream: URL;
  readonly data: URL;
  readonly dataStream: URL;
  readonly newsStream: URL;
  readonly feed: 'iex' | 'sip';
};

/** What must be set before real money may move: a variable for the machine, and words that a person types for each start. */
const liveVariable = { name: 'CATALYST_ALLOW_LIVE', value: 'yes-real-money' } as const;
/** What a person types at each start of live trading. */
export const liveWords = 'trade real money';

const hosts: Readonly<Record<'paper' | 'live', string>> = { paper: 'paper-api.alpaca.markets', live: 'api.alpaca.markets' };

/** Alpaca's keys begin with two letters that say where they work. Whatever begins otherwise is left for the host to judge. */
const foreignKey: Readonly<Record<'paper' | 'live', string>> = { paper: 'AK', live: 'PK' };

/**
 * How Alpaca is reached, from the environment. Paper is the usual one; a key, a host and an environment that do not belong
 * together are refused, and never corrected (K5, A15). `typed` is what a person has typed for live trading; null where
 * nobody was asked.
 */
export function alpacaSettings(variables: Variables, typed: string | null): Result<AlpacaSettings, BadSettings> {
  const environment = environmentIn(variables);
  if (!environment.ok) return environment;
  const trading = hostIn(variables, 'APCA_API_BASE_URL', `https://${hosts[environment.value === 'live' ? 'live' : 'paper']}`);
  if (!trading.ok) return trading;
  const data = hostIn(variables, 'ALPACA_DATA_URL', 'https://data.alpaca.markets');
  if (!data.ok) return data;
  const feed = setIn(variables, 'CATALYST_ALPACA_FEED') || 'iex';
  if (feed !== 'iex' && feed !== 'sip') return refuse('CATALYST_ALPACA_FEED must be iex or sip');
  const dataStream = addressIn(variables, 'ALPACA_DATA_STREAM_URL', `wss://stream.data.alpaca.markets/v2/${feed}`);
  if (!dataStream.ok) return dataStream;
  const newsStream = newsStreamIn(variables);
  if (!newsStream.ok) return newsStream;
  const misplaced = hostProblem(environment.value, trading.value);
  if (misplaced !== null) return refuse(misplaced);
  const forbidden = environment.value === 'live' ? liveProblem(variables, typed) : null;
  if (forbidden !== null) return refuse(forbidden);
  const keys = keyPairIn(variables);
  if (!keys.ok) return keys;
  if (environment.value !== 'simulated' && keys.value.keyId.startsWith(foreignKey[environment.value]))
    return refuse(
      `the key id is of the ${environment.value === 'live' ? 'paper' : 'live'} environment: set the one for ${environment.value}`,
    );
  return ok({
    environment: environment.value,
    keys: keys.value,
    trading: trading.value,
    orderStream: streamOf(trading.value),
    data: data.value,
    dataStream: dataStream.value,
    newsStream: newsStream.value,
    feed,
  });
}

/** Where Alpaca tells headlines as they come. */
export const newsStreamIn = (variables: Variables): Result<URL, BadSettings> =>
  addressIn(variables, 'ALPACA_NEWS_STREAM_URL', 'wss://stream.data.alpaca.markets/v1beta1/news');

function environmentIn(variables: Variables): Result<Environment, BadSettings> {
  const word = setIn(variables, 'CATALYST_ALPACA_ENVIRONMENT') || 'paper';
  return word === 'paper' || word === 'live' || word === 'simulated'
    ? ok(word)
    : refuse('CATALYST_ALPACA_ENVIRONMENT must be paper, live or simulated');
}

/** A host of Alpaca's, whose paths stand in each request; `/v2` is what its own SDK wants there. */
function hostIn(variables: Variables, name: string, usual: string): Result<URL, BadSettings> {
  const url = addressIn(variables, name, usual);
  if (!url.ok) return url;
  return /^\/(v2\/)?$/.test(url.value.pathname)
    ? ok(new URL('/', url.value))
    : refuse(`${name} must be a host without a path, such as ${usual}`);
}

/** The host decides whose money moves, so it must be the one of the environment; this machine is nobody's. */
function hostProblem(environment: Environment, url: URL): string | null {
  const here = isHere(url);
  if (environment === 'simulated') return here ? null : 'CATALYST_ALPACA_ENVIRONMENT=simulated needs APCA_API_BASE_URL on this machine';
  if (url.host === hosts[environment] || (environment === 'paper' && here)) return null;
  return `APCA_API_BASE_URL is not the ${environment} host: unset it, or set https://${hosts[environment]}`;
}

function liveProblem(variables: Variables, typed: string | null): string | null {
  if (setIn(variables, liveVariable.name) !== liveVariable.value)
    return `live trading needs ${liveVariable.name}=${liveVariable.value}; set CATALYST_ALPACA_ENVIRONMENT=paper to trade on paper`;
  return typed?.trim() === liveWords ? null : `live trading needs the words "${liveWords}", typed by a person at each start`;
}

/** The order stream stands at the trading host itself. */
function streamOf(trading: URL): URL {
  const url = new URL('/stream', trading);
  url.protocol = trading.protocol === 'https:' ? 'wss:' : 'ws:';
  return url;
}
