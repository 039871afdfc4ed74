import { AlpacaNews } from '#adapters/alpaca/alpaca-news';
import { AlpacaNewsStream } from '#adapters/alpaca/news-stream';
import { HttpClient, patience } from '#adapters/http/http-client';
import { dialer, liveness } from '#adapters/websocket/dial';
import { MINUTE_MS } from '#domain/values/instant';
import type { Clock } from '#engine/ports/clock';
import type { NewsSource, NewsStream } from '#engine/ports/news-source';
import type { Sent } from '#main/costs/counted';

/** Where Alpaca tells headlines, to whom, and of which symbols; none are all. */
export type AlpacaNewsPlace = {
  readonly data: URL;
  readonly newsStream: URL;
  readonly keys: { readonly keyId: string; readonly secret: string };
  readonly clock: Clock;
  readonly symbols: readonly string[];
  readonly sent: Sent;
};

/** 200 requests a minute to the data host, of which bars need their share. */
const rate = { requests: 100, perMs: MINUTE_MS, burst: 10 };
const ANSWER_MS_MAX = 10_000;

/** Alpaca's headlines, those of before and those that come. */
export function alpacaNews(
  { data, newsStream, keys, clock, symbols, sent }: AlpacaNewsPlace,
  stop: AbortSignal,
): { readonly source: NewsSource; readonly stream: NewsStream } {
  const common = { clock, random: Math.random, symbols, ...keys };
  const http = new HttpClient({ ...common, rate, secrets: [keys.keyId, keys.secret], stop, patience, sent });
  return {
    source: new AlpacaNews({ ...common, http, base: data }),
    stream: new AlpacaNewsStream({ ...common, dial: dialer(liveness), url: newsStream, answerMsMax: ANSWER_MS_MAX }),
  };
}
