import { AlpacaNews } from '#adapters/alpaca/alpaca-news';
import { AlpacaNewsStream } from '#adapters/alpaca/news-stream';
import { HttpClient, patience } from '#adapters/http/http-client';
import { dialer, liveness } from '#adapters/websocket/dial';
import { MINUTE_MS } from '#domain/values/instant';
import type { Clock } from '#engine/ports/clock';
import type { NewsSource, NewsStream } from '#engine/ports/news-source';
import { type AlpacaConnection, alpacaConnection } from '#main/broker/alpaca-connection';
import type { AlpacaSettings } from '#main/broker/alpaca-settings';

export type Connected = AlpacaConnection & {
  readonly settings: AlpacaSettings;
  readonly clock: Clock;
  readonly news: { readonly source: NewsSource; readonly stream: NewsStream };
};

/** Where a broker is, whose time holds there, and where it tells headlines. */
export type Place = { readonly settings: AlpacaSettings; readonly clock: Clock; readonly newsStream: URL };

/** 200 requests a minute to the data host, of which bars need their share. */
const NEWS_A_MINUTE = 100;

/** Everything that is reached at one broker: orders, market data, headlines. */
export function connect({ settings, clock, newsStream }: Place, stop: AbortSignal): Connected {
  const { keys, data } = settings;
  const nothing = { bars: [], updatedBars: [], statuses: [], lulds: [], trades: [], quotes: [] };
  const secrets = [keys.keyId, keys.secret];
  const http = new HttpClient({
    rate: { requests: NEWS_A_MINUTE, perMs: MINUTE_MS, burst: 10 },
    clock,
    random: Math.random,
    secrets,
    stop,
    patience,
  });
  const common = { clock, ...keys, symbols: [] };
  return {
    ...alpacaConnection(settings, { wanted: nothing, clock, stop }),
    settings,
    clock,
    news: {
      source: new AlpacaNews({ ...common, http, base: data }),
      stream: new AlpacaNewsStream({ ...common, dial: dialer(liveness), random: Math.random, url: newsStream, answerMsMax: 10_000 }),
    },
  };
}
