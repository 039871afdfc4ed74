import { DAY_MS, type Instant, instant } from '#domain/values/instant';
import type { Ticker } from '#domain/values/symbol';
import { RateWindow } from '#simulation/broker/rate-window';
import type { ClientRequest, ServedReply } from '#simulation/broker/served';
import { BarHistory } from '#simulation/broker-market/bar-history';
import type { Channel } from '#simulation/broker-market/data-channels';
import { DataFaults } from '#simulation/broker-market/data-fault';
import { barJson, luldJson, quoteJson, statusJson, storyJson, tradeJson } from '#simulation/broker-market/data-json';
import { type DataPlan, dataPlans } from '#simulation/broker-market/data-plan';
import { answerData } from '#simulation/broker-market/data-routes';
import { type DataHub, DataStream, type Feed, type StreamErrorCode } from '#simulation/broker-market/data-stream';
import { LatestMarket } from '#simulation/broker-market/latest-market';
import type { MarketMoment } from '#simulation/broker-market/market-moment';
import { NewsArchive } from '#simulation/broker-market/news-archive';
import { FAKE, nextTest, testMoments } from '#simulation/broker-market/test-feed';

/** When it begins, what the account has paid for, and whose keys are right. */
export type DeskOptions = {
  readonly now: Instant;
  readonly plan: DataPlan['name'];
  readonly isAuthorized: (keyId: string, secret: string) => boolean;
};

const streamPaths: ReadonlyMap<string, Feed> = new Map([
  ['/v2/iex', 'iex'],
  ['/v2/sip', 'sip'],
  ['/v2/delayed_sip', 'delayed_sip'],
  ['/v2/test', 'test'],
  ['/v1beta1/news', 'news'],
]);

const isSip = (feed: Feed): boolean => feed === 'sip' || feed === 'delayed_sip';

const json = { 'content-type': 'application/json; charset=UTF-8' };

/** Market data on request and by stream, out of what it has seen. It has no clock: whoever serves it tells it the time. */
export class DataDesk implements DataHub {
  readonly history = new BarHistory();
  readonly faults = new DataFaults();
  readonly symbolsMax: number | null;
  readonly #plan: DataPlan;
  readonly #isAuthorized: DeskOptions['isAuthorized'];
  readonly #latest = new LatestMarket();
  readonly #news = new NewsArchive();
  readonly #window: RateWindow;
  readonly #streams = new Set<DataStream>();
  #now: Instant;

  constructor({ now, plan, isAuthorized }: DeskOptions) {
    this.#now = now;
    this.#plan = dataPlans[plan];
    this.#isAuthorized = isAuthorized;
    this.symbolsMax = this.#plan.symbolsMax;
    this.#window = new RateWindow(this.#plan.requestsAMinute);
  }

  get now(): Instant {
    return this.#now;
  }

  isAuthorized(keyId: string, secret: string): boolean {
    return this.#isAuthorized(keyId, secret);
  }

  /** Whether a path is one of market data; all others are the broker's. */
  serves(path: string): boolean {
    return /^\/(v2\/stocks\/|v1beta1\/|v1\/corporate-actions$)/.test(path);
  }

  request({ path, query, keyId, secret, method }: ClientRequest): ServedReply {
    const said = this.faults.take('answer', path, this.#now);
    if (said !== null) return { kind: 'answer', delayMs: 0, status: said.status, headers: json, body: said.body };
    if (this.faults.take('silence', path, this.#now) !== null) return { kind: 'silence' };
    if (this.faults.take('reset', path, this.#now) !== null) return { kind: 'reset', delayMs: 0 };
    if (!this.isAuthorized(keyId, secret)) return answer(401, { code: 40110000, message: 'request is not authorized' });
    if (!this.#window.admits(this.#now))
      return answer(429, { code: 42910000, message: 'rate limit exceeded' }, this.#window.headers(this.#now));
    const shelf = { history: this.history, latest: this.#latest, news: this.#news, plan: this.#plan, now: this.#now };
    const answered = method === 'GET' ? answerData(shelf, path, query) : null;
    const headers = this.#window.headers(this.#now);
    if (answered === null) return answer(404, { message: 'endpoint not found.' }, headers);
    return answered.ok
      ? answer(200, answered.value, headers)
      : answer(answered.problem.kind === 'misunderstood' ? 400 : 403, { message: answered.problem.message }, headers);
  }

  /** Null for a path that is no stream of market data. */
  connect(path: string): { readonly ok: true; readonly stream: DataStream } | { readonly ok: false; readonly status: number } | null {
    const feed = streamPaths.get(path);
    if (feed === undefined) return null;
    const fault = this.faults.take('refuse_handshake', path, this.#now);
    if (fault !== null) return { ok: false, status: fault.status };
    const stream = new DataStream(this, feed);
    this.#streams.add(stream);
    return { ok: true, stream };
  }

  refusal(stream: DataStream, keyId: string): StreamErrorCode | null {
    if (isSip(stream.feed) && !this.#plan.sip) return 409;
    const same = [...this.#streams].filter((each) => each.ended === null && each.keyId === keyId && isSameHost(each.feed, stream.feed));
    return same.length >= this.#plan.connectionsMax ? 406 : null;
  }

  /** Everything that falls due up to then by itself: messages that lag, and the test feed while somebody listens. */
  advanceTo(at: Instant): void {
    for (const moment of this.#isTestHeard() ? testMoments(this.#now, at) : []) {
      this.#now = moment.at;
      this.#publish([moment], true);
    }
    if (at > this.#now) this.#now = at;
    for (const stream of this.#streams) if (stream.ended !== null && stream.nextDue() === null) this.#streams.delete(stream);
  }

  nextDue(): Instant | null {
    const due = [...this.#streams].flatMap((stream) => stream.nextDue() ?? []);
    if (this.#isTestHeard()) due.push(nextTest(this.#now));
    return due.length === 0 ? null : instant(Math.min(...due));
  }

  /** What the market did now; the clock must have come to it. */
  see(moments: readonly MarketMoment[]): void {
    this.#publish(moments, false);
  }

  #publish(moments: readonly MarketMoment[], isTest: boolean): void {
    const listening = [...this.#streams].filter(({ feed }) => (feed === 'test') === isTest);
    const told = new Map<DataStream, object[]>(listening.map((stream) => [stream, []]));
    for (const moment of moments) {
      this.#latest.see(moment);
      if (moment.kind === 'news') this.#news.see(moment.story);
      const channel = channelOf(moment);
      if (channel === null || listening.length === 0) continue;
      const names: readonly Ticker[] = moment.kind === 'news' ? moment.story.symbols : [moment.ticker];
      if (moment.kind === 'bar') for (const stream of listening) told.get(stream)?.push(...this.#dailyFor(stream, moment.ticker));
      const wanting = listening.filter((stream) => stream.wants(channel, names));
      if (wanting.length === 0) continue;
      const message = this.#messageOf(moment);
      if (message !== null) for (const stream of wanting) told.get(stream)?.push(message);
    }
    for (const [stream, messages] of told) stream.tell(messages);
  }

  /** With each minute the session so far, for whoever wants it. */
  #dailyFor(stream: DataStream, ticker: Ticker): readonly object[] {
    if (!stream.wants('dailyBars', [ticker])) return [];
    const timeframe = { unit: 'session', minutes: 0 } as const;
    const from = instant(this.#now - DAY_MS);
    const bar = this.history.bars({ ticker, timeframe, from, to: this.#now, splitAdjusted: false, now: this.#now }).at(-1);
    return bar === undefined ? [] : [{ T: 'd', S: ticker, ...barJson(bar) }];
  }

  #messageOf(moment: MarketMoment): object | null {
    switch (moment.kind) {
      case 'quote':
        return { T: 'q', S: moment.ticker, ...quoteJson(moment) };
      case 'trade': {
        const { trade } = this.#latest.of(moment.ticker);
        return trade === null ? null : { T: 't', S: moment.ticker, ...tradeJson(trade) };
      }
      case 'bar':
        return { T: 'b', S: moment.ticker, ...barJson(moment.bar) };
      case 'updated_bar':
        return { T: 'u', S: moment.ticker, ...barJson(moment.bar) };
      case 'status':
        return { T: 's', S: moment.ticker, ...statusJson(moment) };
      case 'luld':
        return { T: 'l', S: moment.ticker, ...luldJson(moment) };
      case 'news':
        return { T: 'n', ...storyJson(moment.story, true) };
      case 'split':
        return null;
    }
  }

  #isTestHeard(): boolean {
    return [...this.#streams].some(
      (stream) => stream.feed === 'test' && (['trades', 'quotes', 'bars'] as const).some((channel) => stream.wants(channel, [FAKE])),
    );
  }
}

function channelOf(moment: MarketMoment): Channel | null {
  switch (moment.kind) {
    case 'quote':
      return 'quotes';
    case 'trade':
      return 'trades';
    case 'bar':
      return 'bars';
    case 'updated_bar':
      return 'updatedBars';
    case 'status':
      return 'statuses';
    case 'luld':
      return 'lulds';
    case 'news':
      return 'news';
    case 'split':
      return null;
  }
}

/** Stocks and news are endpoints of their own, each with its connections. */
const isSameHost = (one: Feed, other: Feed): boolean => (one === 'news') === (other === 'news');

const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): ServedReply => ({
  kind: 'answer',
  delayMs: 0,
  status,
  headers: { ...json, ...headers },
  body: JSON.stringify(body),
});
