import type { Event } from '#domain/events/event';
import type { Instant } from '#domain/values/instant';
import type { Clock } from '#engine/ports/clock';
import type { MarketBar, MarketLine, MarketNews } from '#engine/ports/market-data';
import type { SymbolTable } from '#main/day/symbol-table';

type Heard = {
  readonly line: MarketLine;
  readonly clock: Clock;
  readonly symbols: SymbolTable;
  readonly bar: (bar: MarketBar) => void;
  readonly tell: (event: Event) => void;
  readonly say: (line: string) => void;
  /** Milliseconds of the machine, which nobody sets back. */
  readonly machine?: () => number;
};

/** All names together are never silent for so long while the market is open; a line that is has been lost without a word (C5). */
const MUTE_MS = 150_000;
/** And for so long of ours: where a made-up market's time runs ahead, a busy machine is no silent line. */
const MUTE_OURS_MS = 10_000;

/** The market's data line: bars for the minutes, halts and market-wide breakers for the house, the rest for whoever watches. */
export class MarketEar {
  readonly #heard: Heard;
  #restart: AbortController | null = null;
  #lastBar: Instant | null = null;
  #heardAt: number;
  readonly #machine: () => number;

  constructor(heard: Heard) {
    this.#heard = heard;
    this.#machine = heard.machine ?? (() => performance.now());
    this.#heardAt = this.#machine();
  }

  /** Until it is told to stop; a line that was found mute is dialled anew. */
  async follow(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const restart = new AbortController();
      this.#restart = restart;
      await this.#heard.line.follow((news) => this.#hear(news), AbortSignal.any([stop, restart.signal]));
    }
  }

  /** Looked at while the market is open: `since` is when it opened. */
  checkAlive(since: Instant): void {
    const { clock, say } = this.#heard;
    const now = clock.now();
    if (now - Math.max(since, this.#lastBar ?? since) < MUTE_MS || this.#machine() - this.#heardAt < MUTE_OURS_MS) return;
    this.#lastBar = now;
    this.#heardAt = this.#machine();
    say('data     connected and silent: dialled anew; no entries on prices that are old');
    this.#restart?.abort();
  }

  #hear(news: MarketNews): void {
    const { say, clock, bar } = this.#heard;
    switch (news.kind) {
      case 'bar':
        this.#lastBar = clock.now();
        this.#heardAt = this.#machine();
        return bar(news.bar);
      case 'status':
        return this.#status(news);
      case 'line_ready':
        return say('data     bars are told');
      case 'line_lost':
        return say(`data     lost: ${news.why}; no entries on prices that are old`);
      case 'line_refused':
        return say(`data     refused: ${news.said}`);
      case 'coverage_refused':
        return this.#uncovered(news);
      case 'bad_print':
        return say(`data     a ${news.what} of ${news.ticker ?? 'no name'} is none (${news.why.replaceAll('_', ' ')}), left out`);
      default:
        return;
    }
  }

  /** Whose bars or halts nobody tells may not be entered; the other channels only inform (F9). */
  #uncovered({ channel, tickers, code }: Extract<MarketNews, { readonly kind: 'coverage_refused' }>): void {
    const { symbols, tell, say } = this.#heard;
    say(`data     ${channel} of ${tickers.length} names are not told (code ${code})`);
    if (channel !== 'bars' && channel !== 'statuses') return;
    for (const name of tickers) {
      const symbol = symbols.indexOf(name);
      if (symbol !== null) tell({ kind: 'name_quarantined', symbol, why: `its ${channel} are not told` });
    }
  }

  #status({ ticker, trading, reason }: Extract<MarketNews, { readonly kind: 'status' }>): void {
    const { symbols, tell } = this.#heard;
    const symbol = symbols.indexOf(ticker);
    if (symbol !== null && trading !== null && trading !== 'quoting')
      tell({ kind: 'asset_status_changed', symbol, status: trading === 'halted' ? 'halted' : 'trading' });
    // Level 1 to 3 of the whole market: the day is over for entries until a person says otherwise (E6).
    if (/^MWC[1-3]$/.test(reason))
      tell({
        kind: 'request_received',
        request: {
          kind: 'stop_trading',
          level: 'cancel_entries',
          because: `market-wide breaker ${reason}`,
          by: 'the market',
          from: 'program',
        },
      });
  }
}
