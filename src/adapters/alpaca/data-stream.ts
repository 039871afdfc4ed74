import { parsed } from '#adapters/alpaca/json-text';
import { keepLine, type LastingLineSettings, type LineEnd } from '#adapters/alpaca/lasting-line';
import { marketNewsOf } from '#adapters/alpaca/market-message';
import { fieldIn, listIn, listOf, textIn } from '#domain/values/json-field';
import type { Ticker } from '#domain/values/symbol';
import { type Channel, channels, type MarketLine, type MarketNews, type Wanted } from '#engine/ports/market-data';
import type { Socket } from '#engine/ports/socket';

/** A server that talks and talks without an answer gives none. */
const ANSWER_TEXTS_MAX = 100;

/** Codes after which the same again helps nobody. Source: broker-alpaca §15. */
const refusals: ReadonlyMap<number, string> = new Map([
  [401, 'not authenticated'],
  [402, 'authentication failed'],
  [403, 'already authenticated'],
  [404, 'authentication took too long'],
  [408, 'not enabled for this account'],
]);
/** Codes that answer a wish for names and leave the line as it is. */
const wishRefusals: ReadonlySet<number> = new Set([400, 405, 409, 410]);

/** What was sent and has no answer yet; the server answers in turn. */
type Wish = { readonly action: 'subscribe' | 'unsubscribe'; readonly channel: Channel; readonly tickers: readonly Ticker[] };

/** One connection: what it was asked for so far, and what of it is still open. */
type Open = {
  readonly socket: Socket;
  readonly pending: Wish[];
  readonly asked: ReadonlyMap<Channel, Set<Ticker>>;
  /** Asked for again when names are chosen the next time, and not before: the answer would be the same. */
  refused: Pick<Wish, 'channel' | 'tickers'>[];
  isReady: boolean;
};

/**
 * Alpaca's data stream: bars, trades, quotes, statuses and bands of the chosen names. Each channel is asked for by itself,
 * so that a plan with too few names for quotes still brings bars, and says which it does not cover (F9).
 */
export class DataStream implements MarketLine {
  readonly #settings: LastingLineSettings;
  #wanted: Wanted;
  #open: Open | null = null;
  #tell: (news: MarketNews) => void = () => {};

  constructor(settings: LastingLineSettings, wanted: Wanted) {
    this.#settings = settings;
    this.#wanted = wanted;
  }

  async follow(tell: (news: MarketNews) => void, stop: AbortSignal): Promise<void> {
    this.#tell = tell;
    await keepLine(this.#settings, (socket, ready) => this.#live(socket, ready), tell, stop);
  }

  choose(wanted: Wanted): void {
    this.#wanted = wanted;
    const open = this.#open;
    if (open?.isReady !== true) return;
    for (const { channel, tickers } of open.refused) for (const name of tickers) open.asked.get(channel)?.delete(name);
    open.refused = [];
    this.#askFor(open);
  }

  async #live(socket: Socket, ready: () => void): Promise<LineEnd> {
    const { keyId, secret, answerMsMax } = this.#settings;
    const unheard = await until(socket, 'connected', answerMsMax);
    if (unheard !== null) return unheard;
    socket.send(JSON.stringify({ action: 'auth', key: keyId, secret }));
    const refused = await until(socket, 'authenticated', answerMsMax);
    if (refused !== null) return refused;
    const open: Open = {
      socket,
      pending: [],
      asked: new Map(channels.map((channel) => [channel, new Set()])),
      refused: [],
      isReady: false,
    };
    this.#open = open;
    try {
      return await this.#listen(open, ready);
    } finally {
      this.#open = null;
    }
  }

  async #listen(open: Open, ready: () => void): Promise<LineEnd> {
    this.#askFor(open);
    for (;;) {
      if (!open.isReady && open.pending.length === 0) {
        open.isReady = true;
        ready();
        // Names may have been chosen while the first ones were asked for.
        this.#askFor(open);
      }
      const text = await open.socket.next(open.pending.length > 0 ? this.#settings.answerMsMax : undefined);
      if (!text.ok) return text.problem.why === 'timeout' ? { kind: 'lost', why: 'no answer of the subscription' } : text.problem;
      for (const message of messagesOf(text.value)) {
        const end = this.#take(open, message);
        if (end !== null) return end;
      }
    }
  }

  #take(open: Open, message: unknown): LineEnd | null {
    const type = textIn(message, 'T');
    if (type === 'subscription') this.#confirm(open, message);
    else if (type === 'error') {
      const code = codeIn(message);
      const wish = wishRefusals.has(code) ? open.pending.shift() : undefined;
      if (wish === undefined) return endOf(code);
      this.#refuse(open, wish.channel, wish.tickers, code);
    } else {
      const news = marketNewsOf(message);
      if (news !== null) this.#tell(news);
    }
    return null;
  }

  /** The confirmation lists all that is covered now: a name that is silently missing is not covered. */
  #confirm(open: Open, message: unknown): void {
    const wish = open.pending.shift();
    if (wish === undefined || wish.action === 'unsubscribe') return;
    const covered = new Set(listIn(message, wish.channel) ?? []);
    const missing = covered.has('*') ? [] : wish.tickers.filter((name) => !covered.has(name));
    if (missing.length > 0) this.#refuse(open, wish.channel, missing, 0);
  }

  #refuse(open: Open, channel: Channel, tickers: readonly Ticker[], code: number): void {
    open.refused.push({ channel, tickers });
    this.#tell({ kind: 'coverage_refused', channel, tickers, code });
  }

  /** What is wanted and not asked for, and the reverse. Names leave before others come, since their number may be limited. */
  #askFor(open: Open): void {
    for (const action of ['unsubscribe', 'subscribe'] as const) {
      for (const channel of channels) {
        const asked = open.asked.get(channel) ?? new Set<Ticker>();
        const wanted = new Set(this.#wanted[channel]);
        const tickers =
          action === 'subscribe' ? [...wanted].filter((name) => !asked.has(name)) : [...asked].filter((name) => !wanted.has(name));
        if (tickers.length === 0) continue;
        for (const name of tickers) action === 'subscribe' ? asked.add(name) : asked.delete(name);
        open.pending.push({ action, channel, tickers });
        open.socket.send(JSON.stringify({ action, [channel]: tickers }));
      }
    }
  }
}

/** Waits for a success of that name: null. What else ends the line is said. */
async function until(socket: Socket, wanted: 'connected' | 'authenticated', msMax: number): Promise<LineEnd | null> {
  for (let texts = 0; texts < ANSWER_TEXTS_MAX; texts++) {
    const text = await socket.next(msMax);
    if (!text.ok) return text.problem.why === 'timeout' ? { kind: 'lost', why: `no answer of ${wanted}` } : text.problem;
    for (const message of messagesOf(text.value)) {
      if (textIn(message, 'T') === 'error') return endOf(codeIn(message));
      if (textIn(message, 'T') === 'success' && textIn(message, 'msg') === wanted) return null;
    }
  }
  return { kind: 'lost', why: `no answer of ${wanted}` };
}

/** What is no JSON is passed over, since the next may be. */
function messagesOf(text: string): readonly unknown[] {
  const raw = parsed(text);
  return listOf(raw) ?? [raw];
}

function codeIn(message: unknown): number {
  const code = fieldIn(message, 'code');
  return typeof code === 'number' ? code : 0;
}

function endOf(code: number): LineEnd {
  const said = refusals.get(code);
  return said === undefined ? { kind: 'lost', why: `error ${code}` } : { kind: 'refused', said: `${code} ${said}` };
}
