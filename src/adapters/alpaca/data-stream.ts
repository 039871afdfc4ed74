import { type DataEnd, errorIn, introduce, messagesOf, refusals } from '#adapters/alpaca/data-host';
import { keepLine, type LastingLineSettings, type LineEnd } from '#adapters/alpaca/lasting-line';
import { marketNewsOf } from '#adapters/alpaca/market-message';
import { listIn, textIn } from '#domain/values/json-field';
import type { Ticker } from '#domain/values/symbol';
import { type Channel, channels, type MarketLine, type MarketNews, type Wanted } from '#engine/ports/market-data';
import type { Socket } from '#engine/ports/socket';

/** An introduction that was too slow is one that will be too slow again. */
const refused: Readonly<Record<number, string>> = { ...refusals, 404: 'authentication took too long' };
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
    const end = await introduce(socket, this.#settings);
    if (end !== null) return endOf(end);
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
      if (!text.ok) return text.problem.why === 'timeout' ? { kind: 'no_answer', to: 'the subscription' } : text.problem;
      for (const message of messagesOf(text.value)) {
        const end = this.#take(open, message);
        if (end !== null) return end;
      }
    }
  }

  #take(open: Open, message: unknown): LineEnd | null {
    const error = errorIn(message);
    if (error !== null) {
      const wish = wishRefusals.has(error.code) ? open.pending.shift() : undefined;
      if (wish === undefined) return endOf(error);
      this.#refuse(open, wish.channel, wish.tickers, error.code);
    } else if (textIn(message, 'T') === 'subscription') this.#confirm(open, message);
    else {
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
    const missing = wish.tickers.filter((name) => !covered.has(name));
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

function endOf(end: DataEnd): LineEnd {
  if (end.kind !== 'error') return end;
  const said = refused[end.code];
  return said === undefined ? { kind: 'lost', why: `error ${end.code}` } : { kind: 'refused', said: `${end.code} ${said}` };
}
