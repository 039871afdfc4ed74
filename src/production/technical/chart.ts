import type { EventOf } from '#domain/events/event';
import type { BarColumns, Frame } from '#domain/events/frame';
import type { NearbyLevel } from '#domain/events/funnel';
import { DayLevels } from '#domain/indicators/day-levels';
import { LastClose } from '#domain/indicators/last-close';
import { levelSources } from '#domain/indicators/level-source';
import { Levels, NO_LEVEL } from '#domain/indicators/levels';
import { MeanVolume } from '#domain/indicators/mean-volume';
import { Obv } from '#domain/indicators/obv';
import { ResampledBars } from '#domain/indicators/resampled-bars';
import { SessionMinutes } from '#domain/indicators/session-minutes';
import { VolumeProfile } from '#domain/indicators/volume-profile';
import { VwapBands } from '#domain/indicators/vwap-bands';
import { VwapLevel } from '#domain/indicators/vwap-level';
import { type StateSink, SymbolColumns } from '#domain/values/symbol-columns';
import { Timeframe } from '#production/technical/timeframe';
import { WatchedMinutes } from '#production/technical/watched-minutes';

const SPAN = 5;
const LONG_SPAN = 15;
const DAY = 1440;
/** How many levels are told to either side of a price. */
const LEVELS_TOLD = 3;

/**
 * The indicators and levels of every name: on bars of one, five and fifteen minutes and of days, with VWAP, OBV and volume by
 * the minute. Long bars are made of the five-minute ones. Of what trades outside of the regular session only the
 * pre-market's high and low are known, as levels.
 */
export class Chart {
  readonly #table = new SymbolColumns();
  readonly #fiveMinuteBars = new ResampledBars(this.#table, SPAN);
  readonly #fifteenMinuteBars = new ResampledBars(this.#table, LONG_SPAN, SPAN);
  readonly #dayBars = new ResampledBars(this.#table, DAY, SPAN);
  readonly #lastClose = new LastClose(this.#table);
  readonly bands = new VwapBands(this.#table);
  readonly profile = new VolumeProfile(this.#table);
  readonly meanVolume = new MeanVolume(this.#table);
  readonly obv = new Obv(this.#table);
  readonly #minuteRows = new SessionMinutes();
  readonly minutes = new WatchedMinutes(this.#minuteRows);
  readonly fiveMinutes = new Timeframe(this.#table);
  readonly fifteenMinutes = new Timeframe(this.#table);
  readonly day = new Timeframe(this.#table);
  readonly #levels = new Levels(this.#table);
  readonly #dayLevels = new DayLevels(this.#table, this.#levels);
  readonly #vwapLevel = new VwapLevel(this.#table);
  readonly #lastShares = this.#table.int32();
  #listed = 0;
  #openMinute = 0;
  /** Regular minutes of today that have gone by; as of the last frame. */
  #minutes = 0;
  /** Whether a five-minute bar of today has closed. */
  #hasBar = false;

  open(opened: Pick<EventOf<'session_opened'>, 'openMinute' | 'listed'>): void {
    this.#listed += opened.listed.length;
    this.#table.ensure(this.#listed);
    this.#openMinute = opened.openMinute;
    this.#minutes = 0;
    this.#hasBar = false;
    for (const bars of [this.#fiveMinuteBars, this.#fifteenMinuteBars, this.#dayBars]) bars.startSession(opened.openMinute);
    this.#minuteRows.startSession(opened.openMinute);
    this.minutes.startSession();
    this.bands.startSession();
    this.profile.startSession();
    this.#dayLevels.startSession(opened.openMinute);
    this.#vwapLevel.startSession();
  }

  forget(symbol: number): void {
    this.#table.forget(symbol);
    this.#minuteRows.forget(symbol);
    this.minutes.forget(symbol);
  }

  update(frame: Frame): void {
    if (!frame.regular) return this.#dayLevels.update(frame);
    if (this.#minutes === 0) this.#dayLevels.open(this.fiveMinutes.atr.value);
    this.#minutes = frame.minute + 1 - this.#openMinute;
    this.#lastClose.update(frame);
    this.bands.update(frame);
    this.profile.update(frame);
    this.obv.update(frame);
    this.meanVolume.update(frame);
    this.#minuteRows.update(frame);
    if (this.#fiveMinuteBars.update(frame)) this.#updateFiveMinutes();
  }

  /** The session is over: its bar goes to the days, and what it leaves behind becomes levels of the next. */
  close(): void {
    // Five minutes that were cut short are no bar of their own, but part of the day.
    if (this.#fiveMinuteBars.endSession()) this.#lengthen();
    if (!this.#dayBars.endSession()) return;
    const { bars } = this.#dayBars;
    this.day.update(bars);
    this.#levels.startSession();
    this.#dayLevels.endSession(bars, this, this.fiveMinutes.atr.value);
  }

  ready(symbol: number): boolean {
    return (
      this.bands.ready(symbol) &&
      this.fiveMinutes.atr.ready(symbol) &&
      this.fiveMinutes.macd.ready(symbol) &&
      this.fiveMinutes.recent.has(symbol, 50) &&
      this.meanVolume.ready(symbol)
    );
  }

  lastClose(symbol: number): number {
    return this.#lastClose.value.values[symbol] as number;
  }

  vwap(symbol: number): number {
    return this.bands.value(symbol);
  }

  /**
   * Shares a minute of the last five-minute bar over those of the last twenty minutes. Until a bar of today has closed, the
   * minutes of today are taken: yesterday's close says nothing of this morning.
   */
  volumeRatio(symbol: number): number {
    const usual = this.meanVolume.value(symbol);
    if (usual === 0) return 0;
    const shares = this.#hasBar
      ? (this.#lastShares.values[symbol] as number) / SPAN
      : this.#fiveMinuteBars.sharesSoFar(symbol) / Math.max(1, this.#minutes);
    return shares / usual;
  }

  /** Up to three levels nearest below a price and three above it, lowest price first. */
  levelsAround(symbol: number, price: number): readonly NearbyLevel[] {
    const below: NearbyLevel[] = [];
    const above: NearbyLevel[] = [];
    const levels = this.#levels;
    const cellOf = (row: number): number => levels.cell(symbol, row);
    for (let row = levels.nearestBelow(symbol, price); row !== NO_LEVEL && below.length < LEVELS_TOLD; ) {
      const level = this.#level(cellOf(row));
      below.unshift(level);
      row = levels.nearestBelow(symbol, level.price);
    }
    for (let row = levels.nearestAbove(symbol, price); row !== NO_LEVEL && above.length < LEVELS_TOLD; ) {
      const level = this.#level(cellOf(row));
      above.push(level);
      row = levels.nearestAbove(symbol, level.price);
    }
    const vwap = this.#movingLevel(symbol);
    if (vwap !== null && vwap.price < price) below.push(vwap);
    if (vwap !== null && vwap.price > price) above.push(vwap);
    const byPrice = (one: NearbyLevel, other: NearbyLevel): number => one.price - other.price;
    return [...below.sort(byPrice).slice(-LEVELS_TOLD), ...above.sort(byPrice).slice(0, LEVELS_TOLD)];
  }

  hashInto(sink: StateSink): void {
    this.#table.hashInto(sink);
  }

  /** For `DayLevels`: where the volume of the session traded. */
  pointOfControl(symbol: number): number {
    return this.profile.pointOfControl(symbol);
  }

  valueAreaHigh(symbol: number): number {
    return this.profile.valueAreaHigh(symbol);
  }

  valueAreaLow(symbol: number): number {
    return this.profile.valueAreaLow(symbol);
  }

  #level(cell: number): NearbyLevel {
    const { price, halfWidth, source, touches, bounces, breaks } = this.#levels;
    return {
      price: price.values[cell] as number,
      halfWidth: halfWidth.values[cell] as number,
      source: levelSources[source.values[cell] as number] ?? 'swing',
      touches: touches.values[cell] as number,
      bounces: bounces.values[cell] as number,
      breaks: breaks.values[cell] as number,
    };
  }

  #movingLevel(symbol: number): NearbyLevel | null {
    const { price, halfWidth, touches, bounces, breaks } = this.#vwapLevel;
    const at = price.values[symbol] as number;
    if (at === 0) return null;
    return {
      price: at,
      halfWidth: halfWidth.values[symbol] as number,
      source: 'vwap',
      touches: touches.values[symbol] as number,
      bounces: bounces.values[symbol] as number,
      breaks: breaks.values[symbol] as number,
    };
  }

  #updateFiveMinutes(): void {
    const { bars } = this.#fiveMinuteBars;
    this.#hasBar = true;
    this.#rememberShares(bars);
    this.fiveMinutes.update(bars);
    const ranges = this.fiveMinutes.atr.value;
    this.#levels.update(bars, ranges);
    this.#vwapLevel.update(bars, this.bands, ranges);
    this.#lengthen();
  }

  /** The five-minute bar that closed becomes part of the longer ones. */
  #lengthen(): void {
    const { bars, minute } = this.#fiveMinuteBars;
    if (this.#fifteenMinuteBars.fold(bars, minute)) this.fifteenMinutes.update(this.#fifteenMinuteBars.bars);
    this.#dayBars.fold(bars, minute);
  }

  #rememberShares(bars: BarColumns): void {
    const last = this.#lastShares.values;
    for (let s = 0; s < bars.width; s++) last[s] = Math.max(0, bars.volume[s] as number);
  }
}
