import { BenzingaNews } from '#adapters/benzinga/benzinga-news';
import { EdgarFilings } from '#adapters/edgar/edgar-filings';
import { HttpClient, patience } from '#adapters/http/http-client';
import type { Rate } from '#adapters/http/token-bucket';
import { NewsApi } from '#adapters/newsapi/newsapi';
import { MINUTE_MS } from '#domain/values/instant';
import type { NewsSource, NewsStream } from '#engine/ports/news-source';
import type { Usage } from '#engine/ports/usage';
import { newsStreamIn } from '#main/broker/alpaca-settings';
import { countedBy, type Sent } from '#main/costs/counted';
import { addressIn, lackIn, setIn, type Variables } from '#main/environment/variables';
import { alpacaNews } from '#main/news/alpaca-news';
import { type Company, companiesFrom, companiesIn } from '#main/news/company-list';
import { systemClock } from '#main/news/system-clock';
import type { VendorName } from '#main/news/vendor-names';

/** What somebody wants to hear about. */
export type NewsWishes = {
  readonly symbols: readonly string[];
  readonly query: string | null;
  readonly ciks: string | null;
};

/** A vendor that can be asked, or what a person has to do first. */
export type Vendor =
  | { readonly name: VendorName; readonly state: 'on'; readonly asks: string; connect(stop: AbortSignal, usage?: Usage | null): Connected }
  | { readonly name: VendorName; readonly state: 'off'; readonly todo: string };

/** A vendor's headlines: those of before, and those that come where it tells them by itself. */
export type Connected = { readonly source: NewsSource; readonly stream: NewsStream | null };

/** What is asked of NewsAPI when nobody says: it has no list of everything. */
const QUERY = 'stocks OR shares OR earnings OR merger';

/** What NewsAPI documents for "q". */
const QUERY_MAX = 500;

/** What the environment allows. A key is never part of anything that is said here. */
export function vendorsOf(variables: Variables, wishes: NewsWishes): readonly Vendor[] {
  return [alpaca(variables, wishes), benzinga(variables, wishes), newsapi(variables, wishes), edgar(variables, wishes)];
}

const off = (name: VendorName, todo: string): Vendor => ({ name, state: 'off', todo });

function client(rate: Rate, secrets: readonly string[], stop: AbortSignal, sent: Sent): HttpClient {
  return new HttpClient({ rate, clock: systemClock, random: Math.random, secrets, stop, patience, sent });
}

function alpaca(variables: Variables, { symbols }: NewsWishes): Vendor {
  const lack = lackIn(variables, ['APCA_API_KEY_ID', 'APCA_API_SECRET_KEY']);
  if (lack !== null) return off('alpaca', lack);
  const data = addressIn(variables, 'ALPACA_DATA_URL', 'https://data.alpaca.markets');
  if (!data.ok) return off('alpaca', data.problem.said);
  const newsStream = newsStreamIn(variables);
  if (!newsStream.ok) return off('alpaca', newsStream.problem.said);
  const keys = { keyId: setIn(variables, 'APCA_API_KEY_ID'), secret: setIn(variables, 'APCA_API_SECRET_KEY') };
  const place = { data: data.value, newsStream: newsStream.value, keys, clock: systemClock, symbols };
  return {
    name: 'alpaca',
    state: 'on',
    asks: data.value.host,
    connect: (stop, usage = null) => alpacaNews({ ...place, sent: countedBy(usage, 'alpaca') }, stop),
  };
}

function benzinga(variables: Variables, { symbols }: NewsWishes): Vendor {
  const lack = lackIn(variables, ['BENZINGA_API_KEY']);
  if (lack !== null) return off('benzinga', lack);
  const base = addressIn(variables, 'BENZINGA_URL', 'https://api.benzinga.com');
  if (!base.ok) return off('benzinga', base.problem.said);
  const token = setIn(variables, 'BENZINGA_API_KEY');
  return {
    name: 'benzinga',
    state: 'on',
    asks: base.value.host,
    connect: (stop, usage = null) => {
      const http = client({ requests: 60, perMs: MINUTE_MS, burst: 5 }, [token], stop, countedBy(usage, 'benzinga'));
      return { source: new BenzingaNews({ http, clock: systemClock, base: base.value, token, symbols }), stream: null };
    },
  };
}

function newsapi(variables: Variables, { symbols, query }: NewsWishes): Vendor {
  const lack = lackIn(variables, ['NEWSAPI_KEY']);
  if (lack !== null) return off('newsapi', lack);
  const base = addressIn(variables, 'NEWSAPI_URL', 'https://newsapi.org');
  if (!base.ok) return off('newsapi', base.problem.said);
  const key = setIn(variables, 'NEWSAPI_KEY');
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
    asks: base.value.host,
    connect: (stop, usage = null) => {
      const http = client({ requests: 30, perMs: MINUTE_MS, burst: 5 }, [key], stop, countedBy(usage, 'newsapi'));
      return { source: new NewsApi({ http, clock: systemClock, base: base.value, key, query: question }), stream: null };
    },
  };
}

function edgar(variables: Variables, { symbols, ciks }: NewsWishes): Vendor {
  const lack = lackIn(variables, ['SEC_USER_AGENT']);
  if (lack !== null) return off('edgar', `${lack} to "Your Name you@example.com": the SEC refuses whoever does not say who asks`);
  const userAgent = setIn(variables, 'SEC_USER_AGENT');
  if (!/^\S.*\s\(?[^\s@]+@[^\s@]+\.[^\s@]+\)?$/.test(userAgent))
    return off('edgar', 'SEC_USER_AGENT must be a name and an e-mail address, such as "Your Name you@example.com"');
  if (ciks === null && setIn(variables, 'CATALYST_SEC_CIKS') === '')
    return off(
      'edgar',
      'set CATALYST_SEC_CIKS to numbers of companies such as AAPL=320193, or give --ciks with the file company_tickers.json of the SEC',
    );
  const companies = ciks === null ? companiesIn(setIn(variables, 'CATALYST_SEC_CIKS')) : companiesFrom(ciks, symbols);
  if (!companies.ok) return off('edgar', companies.problem.what);
  const lists = addressIn(variables, 'SEC_DATA_URL', 'https://data.sec.gov');
  const documents = addressIn(variables, 'SEC_WWW_URL', 'https://www.sec.gov');
  if (!lists.ok) return off('edgar', lists.problem.said);
  if (!documents.ok) return off('edgar', documents.problem.said);
  const wanted: readonly Company[] = companies.value;
  return {
    name: 'edgar',
    state: 'on',
    asks: `${lists.value.host} and ${documents.value.host}, ${wanted.length} companies`,
    connect: (stop, usage = null) => {
      // At most ten a second over both hosts; a fifth of it is left for a second program of yours.
      const http = client({ requests: 8, perMs: 1000, burst: 1 }, [], stop, countedBy(usage, 'edgar'));
      return {
        source: new EdgarFilings({
          http,
          clock: systemClock,
          lists: lists.value,
          documents: documents.value,
          userAgent,
          companies: wanted,
        }),
        stream: null,
      };
    },
  };
}
