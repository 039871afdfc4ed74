import { Drops } from '#domain/events/drops';
import type { EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import { type Candidate, dropBit } from '#domain/events/funnel';
import { HISTORY_SESSIONS_MIN } from '#domain/history';
import { VolumeRatio, type VolumeRatioPlan } from '#domain/indicators/volume-ratio';
import type { Settings } from '#domain/settings';
import { DailyHistory } from '#domain/universe/daily-history';
import { Universe } from '#domain/universe/universe';
import { Ranking } from '#domain/values/ranking';
import { symbolIndex } from '#domain/values/symbol';
import { type StateSink, SymbolColumns } from '#domain/values/symbol-columns';

const NO_HISTORY = dropBit('no_history');
const NO_BAR_TODAY = dropBit('no_bar_today');
const PRICE_TOO_LOW = dropBit('price_too_low');
/** More than this counts no further. */
const RELATIVE_VOLUME_MAX = 10;

type Numbered = { readonly scan: number; readonly minute: number };

/** What is remembered of a market to choose the names of a day, and to rank them by gap, move and relative volume. */
export class MarketScan {
  readonly #table = new SymbolColumns();
  readonly #volume: VolumeRatio;
  readonly #ranking: Ranking;
  readonly history = new DailyHistory(this.#table);
  readonly universe = new Universe(this.history);
  #known = 0;

  /** Daily bars are frames of one minute: `volume` says so. */
  constructor(candidatesMax: number, volume: Partial<VolumeRatioPlan> = {}) {
    this.#volume = new VolumeRatio(this.#table, volume);
    this.#ranking = new Ranking(candidatesMax);
  }

  startSession(listed: number): void {
    this.#known += listed;
    this.#table.ensure(this.#known);
    this.history.startSession();
    this.#volume.startSession();
  }

  /** A name that splits on the day stays in its universe, and each scan says why it can't be ranked. */
  forget(symbol: number): void {
    this.#table.forget(symbol);
  }

  /** Before the first bar of the day. */
  select(limits: Settings['scanner']): EventOf<'universe_selected'> {
    return this.universe.select(this.#known, limits);
  }

  update(frame: Frame): void {
    this.history.update(frame);
    if (frame.regular) this.#volume.update(frame);
  }

  endSession(): void {
    this.history.endSession();
    this.#volume.endSession();
  }

  /** Ranks the universe; its names that can't be ranked now are dropped with what this scan has against them. */
  scan({ scan, minute }: Numbered, limits: Settings['scanner']): EventOf<'candidates_found'> {
    const drops = new Drops();
    const ranking = this.#ranking;
    const { members } = this.universe;
    const traded = this.history.tradedToday.values;
    ranking.clear(this.#known);
    let universe = 0;
    for (let place = 0; place < members.length; place++) {
      const s = members[place] as number;
      universe += traded[s] as number;
      const mask = this.#dropMask(s, limits.priceMin);
      if (mask === 0) ranking.add(s, this.#score(s, limits.weights));
      else drops.add(s, mask);
    }
    const { kept, rest } = ranking.split();
    drops.ranked(rest);
    const candidates = Array.from(kept, (s) => this.#candidate(s, ranking.score(s)));
    return { kind: 'candidates_found', scan, minute, universe, kept: candidates, dropped: drops.taken() };
  }

  hashInto(sink: StateSink): void {
    this.#table.hashInto(sink);
    this.#volume.hashWritten(sink);
    sink.text(`${this.#known} ${this.history.marketSessions}`);
  }

  #dropMask(s: number, priceMin: number): number {
    if (this.history.tradedToday.values[s] === 0) return NO_BAR_TODAY;
    if ((this.history.sessions.values[s] as number) < HISTORY_SESSIONS_MIN) return NO_HISTORY;
    return (this.history.lastPrice.values[s] as number) < priceMin ? PRICE_TOO_LOW : 0;
  }

  /** Upward moves score; a fall scores nothing, since Stage 1 only buys. */
  #score(s: number, weights: Settings['scanner']['weights']): number {
    return (
      weights.gap * 100 * Math.max(0, this.history.gap(s)) +
      weights.change * 100 * Math.max(0, this.history.change(s)) +
      weights.relativeVolume * Math.min(this.#volume.relative(s), RELATIVE_VOLUME_MAX)
    );
  }

  #candidate(s: number, score: number): Candidate {
    const gap = this.history.gap(s);
    const change = this.history.change(s);
    return { symbol: symbolIndex(s), score, gap, change, relativeVolume: this.#volume.relative(s), minuteVolume: this.#volume.value(s) };
  }
}
