import type { BarColumns, Frame } from '#domain/events/frame';
import { Atr } from '#domain/indicators/atr';
import { DayLevels } from '#domain/indicators/day-levels';
import type { LevelSource } from '#domain/indicators/level-source';
import { ResampledBars } from '#domain/indicators/resampled-bars';
import { Swings } from '#domain/indicators/swings';
import { VolumeProfile } from '#domain/indicators/volume-profile';
import { VwapBands } from '#domain/indicators/vwap-bands';
import type { Session } from '#domain/market/session-table';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { frameOf } from '#engine/frames';
import type { SessionBars } from '#engine/ports/bar-source';
import { LevelTally } from '#main/study/level-tally';
import { matchedPrice } from '#main/study/matched-price';
import { WatchedLevel } from '#main/study/watched-level';
import { RandomStream } from '#simulation/market/seeded-random';

const SPAN = 5;
const DAY = 1440;
/** Random levels for each real one: more of them cost only time, and take their own noise out of the comparison. */
const TWINS = 3;

/** The price, and the ATR, when a level is made. */
type Situation = { readonly close: number; readonly range: number };
type Fixed = { readonly s: number; readonly price: number; readonly source: LevelSource; readonly range: number };
/** A level with its random ones; those of a source that moves are drawn anew whenever they may move. */
type Watch = { readonly source: LevelSource; readonly level: WatchedLevel; readonly twins: readonly WatchedLevel[] };

/**
 * Do levels hold more often than random ones? Each level is watched from when it is known to the end of that session, on
 * five-minute bars, by the very rules of production; beside it random levels of the same name, made at the same instant, as
 * far from the price and with the same zone. Each source is judged alone: no source confirms or displaces another one here.
 */
export class LevelStudy {
  readonly tally = new LevelTally();
  readonly #table = new SymbolColumns();
  readonly #five = new ResampledBars(this.#table, SPAN);
  readonly #day = new ResampledBars(this.#table, DAY, SPAN);
  readonly #atr = new Atr(this.#table, 14);
  readonly #swings = new Swings(this.#table);
  readonly #bands = new VwapBands(this.#table);
  readonly #profile = new VolumeProfile(this.#table);
  readonly #dayLevels = new DayLevels(this.#table, { fix: (s, price, source, range) => this.#fixed.push({ s, price, source, range }) });
  readonly #chance: RandomStream;
  #fixed: Fixed[] = [];
  /** Fixed for today, of names that have not traded yet. */
  #waiting: Fixed[][] = [];
  #watched: Watch[][] = [];
  #moving: (Watch | undefined)[] = [];
  #isOpen = false;

  constructor(seed: number) {
    this.#chance = new RandomStream(seed, 'random levels');
  }

  /** Takes a session; the first ones only teach the ranges, and leave their levels to the next. */
  session(session: Session, bars: SessionBars): void {
    this.#begin(session, bars);
    for (let row = 0; row < bars.minutes.length; row++) this.#minute(frameOf(bars, session, row));
    this.#end();
  }

  #begin({ openMinute }: Session, { width, splits }: SessionBars): void {
    this.#table.ensure(width);
    this.tally.startSession();
    this.#five.startSession(openMinute);
    this.#day.startSession(openMinute);
    this.#bands.startSession();
    this.#profile.startSession();
    this.#dayLevels.startSession(openMinute);
    this.#waiting = Array.from({ length: width }, () => []);
    this.#watched = Array.from({ length: width }, () => []);
    this.#moving = [];
    this.#isOpen = false;
    for (const { symbol } of splits) this.#table.forget(symbol);
    const split = new Set<number>(splits.map(({ symbol }) => symbol));
    this.#fixed = this.#fixed.filter(({ s }) => !split.has(s));
  }

  #minute(frame: Frame): void {
    if (!frame.regular) return this.#dayLevels.update(frame);
    if (!this.#isOpen) this.#open();
    this.#bands.update(frame);
    this.#profile.update(frame);
    if (this.#five.update(frame)) this.#bar();
  }

  #open(): void {
    this.#isOpen = true;
    this.#dayLevels.open(this.#atr.value);
    for (const fixed of this.#fixed) if (fixed.range > 0) this.#waiting[fixed.s]?.push(fixed);
    this.#fixed = [];
  }

  #bar(): void {
    const { bars, minute } = this.#five;
    this.#atr.update(bars);
    this.#swings.update(bars);
    for (let s = 0; s < bars.width; s++) {
      if ((bars.volume[s] as number) < 0) continue;
      this.#greet(s, bars.open[s] as number);
      for (const watch of this.#watched[s] ?? []) this.#look(watch, bars, s);
      const range = this.#atr.value.values[s] as number;
      if (range === 0) continue;
      for (const { values } of [this.#swings.low, this.#swings.high])
        this.#learn(s, values[s] as number, { close: bars.close[s] as number, range });
      this.#follow(s, bars, range);
    }
    this.#day.fold(bars, minute);
  }

  #end(): void {
    if (this.#five.endSession()) this.#day.fold(this.#five.bars, this.#five.minute);
    if (!this.#day.endSession()) return;
    const { bars } = this.#day;
    const [bands, profile] = [this.#bands, this.#profile];
    const of = {
      vwap: (s: number) => bands.value(s),
      pointOfControl: (s: number) => profile.pointOfControl(s),
      valueAreaHigh: (s: number) => profile.valueAreaHigh(s),
      valueAreaLow: (s: number) => profile.valueAreaLow(s),
    };
    this.#dayLevels.endSession(bars, of, this.#atr.value);
  }

  /**
   * What is fixed for the day is watched from a name's first price on, which says on what side of it the price stands and how
   * far away a random level must be. By the last close yesterday's close would be met from nowhere, and no other level so.
   */
  #greet(s: number, open: number): void {
    for (const { source, price, range } of this.#waiting[s]?.splice(0) ?? [])
      this.#watched[s]?.push(this.#watch(source, price, { close: open, range }));
  }

  /** A confirmed swing is a level, unless an earlier one of this session has it in its zone. */
  #learn(s: number, price: number, { close, range }: Situation): void {
    if (price === 0) return;
    const swings = (this.#watched[s] ?? []).filter(({ source }) => source === 'swing');
    if (swings.some(({ level }) => Math.abs(level.price - price) <= level.halfWidth)) return;
    this.#watched[s]?.push(this.#watch('swing', price, { close, range }));
  }

  /** Today's VWAP, and random levels that move as it does: whoever is not being tested goes to its new place. */
  #follow(s: number, bars: BarColumns, range: number): void {
    const close = bars.close[s] as number;
    const price = Math.round(this.#bands.value(s));
    if (price === 0) return;
    const watch = this.#moving[s];
    if (watch === undefined) {
      this.#moving[s] = this.#watch('vwap', price, { close, range });
      return;
    }
    this.#look(watch, bars, s);
    if (!watch.level.isTested) watch.level.moveTo(price, close, range);
    const now = new WatchedLevel(price, close, range);
    for (const twin of watch.twins) if (!twin.isTested) twin.moveTo(matchedPrice(now, close, range, this.#chance), close, range);
  }

  #watch(source: LevelSource, price: number, { close, range }: Situation): Watch {
    const level = new WatchedLevel(price, close, range);
    this.tally.made(source, 'real');
    const twins = Array.from({ length: TWINS }, () => {
      this.tally.made(source, 'random');
      return new WatchedLevel(matchedPrice(level, close, range, this.#chance), close, range);
    });
    return { source, level, twins };
  }

  #look({ source, level, twins }: Watch, bars: BarColumns, s: number): void {
    const [high, low, close] = [bars.high[s] as number, bars.low[s] as number, bars.close[s] as number];
    const range = this.#atr.value.values[s] as number;
    this.tally.met(source, 'real', level.sees(high, low, close, range));
    for (const twin of twins) this.tally.met(source, 'random', twin.sees(high, low, close, range));
  }
}
