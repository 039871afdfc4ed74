import { AlpacaNews } from '#adapters/alpaca/alpaca-news';
import { AlpacaNewsStream } from '#adapters/alpaca/news-stream';
import { BenzingaNews } from '#adapters/benzinga/benzinga-news';
import { EdgarFilings } from '#adapters/edgar/edgar-filings';
import { HttpClient, patience } from '#adapters/http/http-client';
import type { Rate } from '#adapters/http/token-bucket';
import { NewsApi } from '#adapters/newsapi/newsapi';
import { dialer, liveness } from '#adapters/websocket/dial';
import { MINUTE_MS } from '#domain/values/instant';
import type { NewsSource, NewsStream } from '#engine/ports/news-source';
import { type Company, companiesFrom, companiesIn } from '#main/news/company-list';
import { systemClock } from '#main/news/system-clock';
import type { VendorName } from '#main/news/vendor-names';

type Environment = Readonly<Record<string, string | undefined>>;

export type NewsWishes = {
  readonly symbols: readonly string[];
  readonly query: string | null;
  readonly ciks: string | null;
};

/** A vendor that can be asked, or what a person has to do first. */
export type Vendor =
  | { readonly name: VendorName; readonly state: 'on'; readonly asks: string; connect(stop: AbortSignal): Connected }
  | { readonly name: VendorName; readonly state: 'off'; readonly todo: string };

export type Connected = { readonly source: NewsSource; readonly stream: NewsStream | null };

/** What is asked of NewsAPI when nobody says: it has no list of everything. */
const QUERY = 'stocks OR shares OR earnings OR merger';

/** What NewsAPI documents for "q". */
const QUERY_MAX = 500;

/** What the environment allows. A key is never part of anything that is said here. */
export function vendorsOf(environment: Environment, wishes: NewsWishes): readonly Vendor[] {
  const set = (name: string): string => environment[name]?.trim() ?? '';
  return [alpaca(set, wishes), benzinga(set, wishes), newsapi(set, wishes), edgar(set, wishes)];
}

type Setting = (name: string) => string;

const off = (name: VendorName, todo: string): Vendor => ({ name, state: 'off', todo });

/** "set A and B" for those that are missing; null when all are there and can stand in a header. */
function missing(set: Setting, names: readonly string[]): string | null {
  const unset = names.filter((name) => set(name) === '');
  if (unset.length > 0) return `set ${unset.join(' and ')}`;
  const odd = names.filter((name) => !/^[\x20-\x7e]+$/.test(set(name)));
  return odd.length > 0 ? `${odd.join(' and ')} has characters that no key has` : null;
}

/** Keys travel to this address: encrypted, or not beyond this machine. */
function addressIn(set: Setting, name: string, usual: string): URL | string {
  const text = set(name) || usual;
  const url = URL.canParse(text) ? new URL(text.endsWith('/') ? text : `${text}/`) : null;
  if (url === null) return `${name} is no address such as ${usual}`;
  const isSafe = ['https:', 'wss:'].includes(url.protocol);
  const isHere = ['http:', 'ws:'].includes(url.protocol) && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (!isSafe && !isHere) return `${name} must begin with https:// or wss://, since keys are sent there; http:// only to this machine`;
  return url.username === '' && url.password === '' ? url : `${name} must hold no name and no password`;
}

function client(rate: Rate, secrets: readonly string[], stop: AbortSignal): HttpClient {
  return new HttpClient({ rate, clock: systemClock, random: Math.random, secrets, stop, patience });
}

function alpaca(set: Setting, { symbols }: NewsWishes): Vendor {
  const lack = missing(set, ['APCA_API_KEY_ID', 'APCA_API_SECRET_KEY']);
  if (lack !== null) return off('alpaca', lack);
  const base = addressIn(set, 'ALPACA_DATA_URL', 'https://data.alpaca.markets');
  const url = addressIn(set, 'ALPACA_NEWS_STREAM_URL', 'wss://stream.data.alpaca.markets/v1beta1/news');
  if (typeof base === 'string') return off('alpaca', base);
  if (typeof url === 'string') return off('alpaca', url);
  url.pathname = url.pathname.replace(/\/$/, '');
  const keyId = set('APCA_API_KEY_ID');
  const secret = set('APCA_API_SECRET_KEY');
  return {
    name: 'alpaca',
    state: 'on',
    asks: base.host,
    connect: (stop) => {
      // 200 requests a minute, of which trading needs its share.
      const http = client({ requests: 100, perMs: MINUTE_MS, burst: 10 }, [keyId, secret], stop);
      const common = { clock: systemClock, keyId, secret, symbols };
      return {
        source: new AlpacaNews({ ...common, http, base }),
        stream: new AlpacaNewsStream({ ...common, dial: dialer(liveness), random: Math.random, url, answerMsMax: 10_000 }),
      };
    },
  };
}

function benzinga(set: Setting, { symbols }: NewsWishes): Vendor {
  const lack = missing(set, ['BENZINGA_API_KEY']);
  if (lack !== null) return off('benzinga', lack);
  const base = addressIn(set, 'BENZINGA_URL', 'https://api.benzinga.com');
  if (typeof base === 'string') return off('benzinga', base);
  const token = set('BENZINGA_API_KEY');
  return {
    name: 'benzinga',
    state: 'on',
    asks: base.host,
    connect: (stop) => {
      const http = client({ requests: 60, perMs: MINUTE_MS, burst: 5 }, [token], stop);
      return { source: new BenzingaNews({ http, clock: systemClock, base, token, symbols }), stream: null };
    },
  };
}

function newsapi(set: Setting, { symbols, query }: NewsWishes): Vendor {
  const lack = missing(set, ['NEWSAPI_KEY']);
  if (lack !== null) return off('newsapi', lack);
  const base = addressIn(set, 'NEWSAPI_URL', 'https://newsapi.org');
  if (typeof base === 'string') return off('newsapi', base);
  const key = set('NEWSAPI_KEY');
  const bySymbols = symbols.length === 0 ? null : symbols.map((symbol) => `"${symbol}"`).join(' OR ');
  const question = query ?? bySymbols ?? QUERY;
  if (question.length > QUERY_MAX)
    return off(
      'newsapi',
      `its question may have ${QUERY_MAX} characters and this has ${question.length}: give fewer --symbols, or a --query`,
    );
  return {
    name: 'newsapi',
    state: 'on',
    asks: base.host,
    connect: (stop) => {
      const http = client({ requests: 30, perMs: MINUTE_MS, burst: 5 }, [key], stop);
      return { source: new NewsApi({ http, clock: systemClock, base, key, query: question }), stream: null };
    },
  };
}

function edgar(set: Setting, { symbols, ciks }: NewsWishes): Vendor {
  const lack = missing(set, ['SEC_USER_AGENT']);
  if (lack !== null) return off('edgar', `${lack} to "Your Name you@example.com": the SEC refuses whoever does not say who asks`);
  const userAgent = set('SEC_USER_AGENT');
  if (!/^\S.*\s\(?[^\s@]+@[^\s@]+\.[^\s@]+\)?$/.test(userAgent))
    return off('edgar', 'SEC_USER_AGENT must be a name and an e-mail address, such as "Your Name you@example.com"');
  if (ciks === null && set('CATALYST_SEC_CIKS') === '')
    return off(
      'edgar',
      'set CATALYST_SEC_CIKS to numbers of companies such as AAPL=320193, or give --ciks with the file company_tickers.json of the SEC',
    );
  const companies = ciks === null ? companiesIn(set('CATALYST_SEC_CIKS')) : companiesFrom(ciks, symbols);
  if (!companies.ok) return off('edgar', companies.problem.what);
  const lists = addressIn(set, 'SEC_DATA_URL', 'https://data.sec.gov');
  const documents = addressIn(set, 'SEC_WWW_URL', 'https://www.sec.gov');
  if (typeof lists === 'string') return off('edgar', lists);
  if (typeof documents === 'string') return off('edgar', documents);
  const wanted: readonly Company[] = companies.value;
  return {
    name: 'edgar',
    state: 'on',
    asks: `${lists.host} and ${documents.host}, ${wanted.length} companies`,
    connect: (stop) => {
      // At most ten a second over both hosts; a fifth of it is left for a second program of yours.
      const http = client({ requests: 8, perMs: 1000, burst: 1 }, [], stop);
      return { source: new EdgarFilings({ http, clock: systemClock, lists, documents, userAgent, companies: wanted }), stream: null };
    },
  };
}
