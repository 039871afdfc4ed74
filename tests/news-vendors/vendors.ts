import { AlpacaNews } from '#adapters/alpaca/alpaca-news';
import { BenzingaNews } from '#adapters/benzinga/benzinga-news';
import { EdgarFilings } from '#adapters/edgar/edgar-filings';
import { HttpClient, patience } from '#adapters/http/http-client';
import { NewsApi } from '#adapters/newsapi/newsapi';
import type { NewsSource } from '#engine/ports/news-source';
import type { TestClock } from './test-clock.js';
import type { Answer, VendorServer } from './vendor-server.js';

/** A story as all vendors could tell it. */
export type Story = {
  readonly id: number;
  readonly text: string;
  readonly at: string;
  readonly created?: string;
  readonly symbols?: readonly string[];
};

export const KEY = 'key+of/tests=42';

export type VendorMaker = {
  readonly name: string;
  source(server: VendorServer, clock: TestClock, stop?: AbortSignal): NewsSource;
  /** A server's answers over these stories, by the vendor's rules of filtering, order and pages. */
  telling(stories: () => readonly Story[]): Answer;
  /** Raw items in the place of stories. */
  tellingRaw(items: readonly unknown[]): Answer;
  raw(story: Story): Record<string, unknown>;
  /** Values that make an item unusable, and the reason. */
  readonly odd: readonly [change: Record<string, unknown>, reason: string][];
  /** The key of the field with the text. */
  readonly textField: string;
};

export const impatient = { ...patience, headersMsMax: 400, bodyMsMax: 400, bodyBytesMax: 3_000_000 };

const client = (clock: TestClock, stop = new AbortController().signal): HttpClient =>
  new HttpClient({
    rate: { requests: 1000, perMs: 1000, burst: 1000 },
    clock,
    random: () => 0.5,
    secrets: [KEY],
    stop,
    patience: impatient,
  });

const rfc2822 = (text: string): string => new Date(text).toUTCString().replace('GMT', '-0000');
const byTime = (a: Story, b: Story): number => Date.parse(a.at) - Date.parse(b.at);
const parameter = (url: URL, name: string): string | null => url.searchParams.get(name);

export const alpaca: VendorMaker = {
  name: 'alpaca',
  source: (server, clock, stop) =>
    new AlpacaNews({ http: client(clock, stop), clock, base: server.base, keyId: 'id', secret: KEY, symbols: [] }),
  telling: (stories) => (asked) => {
    const start = Date.parse(parameter(asked.url, 'start') ?? '');
    const end = Date.parse(parameter(asked.url, 'end') ?? '2999-01-01T00:00:00Z');
    const fitting = [...stories()].sort(byTime).filter(({ at }) => Date.parse(at) >= start && Date.parse(at) <= end);
    const from = Number(parameter(asked.url, 'page_token') ?? 0);
    const next = from + Number(parameter(asked.url, 'limit'));
    return { news: fitting.slice(from, next).map(alpaca.raw), next_page_token: next < fitting.length ? String(next) : null };
  },
  tellingRaw: (items) => () => ({ news: items, next_page_token: null }),
  raw: ({ id, text, at, created = at, symbols = [] }) => ({
    id,
    headline: text,
    author: 'A. Author',
    source: 'benzinga',
    summary: '',
    content: '',
    url: `https://news.example/${id}`,
    created_at: created,
    updated_at: at,
    symbols,
    images: [],
  }),
  odd: [
    [{ id: null }, 'no_id'],
    [{ headline: null }, 'no_text'],
    [{ headline: '  ' }, 'no_text'],
    [{ headline: '\u0000&#8203;\u200b' }, 'no_text'],
    [{ updated_at: '9999-12-31T23:59:59-05:00' }, 'bad_time'],
    [{ updated_at: '0001-01-01T00:00:00+05:00' }, 'bad_time'],
    [{ updated_at: 'yesterday' }, 'bad_time'],
    [{ created_at: '2026-11-24T10:00:00' }, 'bad_time'],
  ],
  textField: 'headline',
};

export const benzinga: VendorMaker = {
  name: 'benzinga',
  source: (server, clock, stop) => new BenzingaNews({ http: client(clock, stop), clock, base: server.base, token: KEY, symbols: [] }),
  telling: (stories) => (asked) => {
    const since = Number(parameter(asked.url, 'updatedSince'));
    const size = Number(parameter(asked.url, 'pageSize'));
    const from = Number(parameter(asked.url, 'page')) * size;
    return [...stories()]
      .sort(byTime)
      .filter(({ at }) => Math.floor(Date.parse(at) / 1000) >= since)
      .slice(from, from + size)
      .map(benzinga.raw);
  },
  tellingRaw: (items) => (asked) => (parameter(asked.url, 'page') === '0' ? items : []),
  raw: ({ id, text, at, created = at, symbols = [] }) => ({
    id,
    author: 'A. Author',
    created: rfc2822(created),
    updated: rfc2822(at),
    title: text,
    teaser: '',
    body: '',
    url: `https://news.example/${id}`,
    image: [],
    channels: [{ name: 'News' }],
    stocks: symbols.map((name) => ({ name })),
    tags: [],
  }),
  odd: [
    [{ id: null }, 'no_id'],
    [{ title: null }, 'no_text'],
    [{ title: '\u202e\u200b' }, 'no_text'],
    [{ updated: 'yesterday' }, 'bad_time'],
    [{ created: '2026-11-24T10:00:00Z' }, 'bad_time'],
  ],
  textField: 'title',
};

export const newsapi: VendorMaker = {
  name: 'newsapi',
  source: (server, clock, stop) => new NewsApi({ http: client(clock, stop), clock, base: server.base, key: KEY, query: 'earnings' }),
  telling: (stories) => (asked) => {
    const from = Date.parse(parameter(asked.url, 'from') ?? '');
    const to = Date.parse(parameter(asked.url, 'to') ?? '2999-01-01T00:00:00Z');
    if (Number(parameter(asked.url, 'page')) > 1) return { status: 'error', code: 'maximumResultsReached', message: 'upgrade' };
    const fitting = [...stories()].sort((a, b) => byTime(b, a)).filter(({ at }) => Date.parse(at) >= from && Date.parse(at) <= to);
    return { status: 'ok', totalResults: fitting.length, articles: fitting.slice(0, 100).map(newsapi.raw) };
  },
  tellingRaw: (items) => () => ({ status: 'ok', totalResults: items.length, articles: items }),
  raw: ({ id, text, at }) => ({
    source: { id: null, name: 'A. Paper' },
    author: null,
    title: text,
    description: null,
    url: `https://news.example/${id}`,
    urlToImage: null,
    publishedAt: at,
    content: null,
  }),
  odd: [
    [{ url: null }, 'no_id'],
    [{ title: null }, 'no_text'],
    [{ title: '\u202e\u200b' }, 'no_text'],
    [{ title: '[Removed]' }, 'removed'],
    [{ publishedAt: null }, 'bad_time'],
  ],
  textField: 'title',
};

const accession = (id: number): string => `0001234567-26-${String(id).padStart(6, '0')}`;

const submissions = (rows: readonly Record<string, unknown>[]): unknown => ({
  cik: '320193',
  name: 'Example Inc.',
  tickers: ['EXMP'],
  filings: {
    recent: Object.fromEntries(
      ['accessionNumber', 'filingDate', 'acceptanceDateTime', 'form', 'items', 'primaryDocument'].map((name) => [
        name,
        // A filing of another form at three in the morning of New York would be a wrong reading: this filer writes UTC.
        [...rows.map((row) => row[name]), { form: '4', acceptanceDateTime: '2026-11-20T02:30:00.000Z' }[name] ?? ''],
      ]),
    ),
    files: [],
  },
});

export const edgar: VendorMaker & {
  source(server: VendorServer, clock: TestClock, stop?: AbortSignal, ciks?: readonly number[]): NewsSource;
} = {
  name: 'edgar',
  source: (server: VendorServer, clock: TestClock, stop?: AbortSignal, ciks: readonly number[] = [320193]) =>
    new EdgarFilings({
      http: client(clock, stop),
      clock,
      lists: server.base,
      documents: server.base,
      userAgent: 'Tester tester@example.com',
      companies: ciks.map((cik) => ({ cik, symbol: null })),
    }),
  telling: (stories) => (asked) => {
    const found = stories().find(({ id }) => asked.url.pathname.includes(accession(id).replaceAll('-', '')));
    if (found !== undefined)
      return `<html><body><p>Item 8.01 Other Events</p><p>${found.text} was announced by the company on this very day.</p></body></html>`;
    return submissions(stories().map(edgar.raw));
  },
  tellingRaw: (items) => (asked) =>
    asked.url.pathname.startsWith('/submissions/') ? submissions(items.map((item) => item as Record<string, unknown>)) : null,
  raw: ({ id, at }) => ({
    accessionNumber: accession(id),
    filingDate: at.slice(0, 10),
    acceptanceDateTime: at,
    form: '8-K',
    items: '8.01,9.01',
    primaryDocument: 'report.htm',
  }),
  odd: [
    [{ accessionNumber: null }, 'no_id'],
    [{ accessionNumber: '../../etc' }, 'no_id'],
    [{ acceptanceDateTime: null }, 'bad_time'],
  ],
  textField: 'items',
};
