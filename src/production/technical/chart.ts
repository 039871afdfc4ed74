import type { EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import type { NearbyLevel } from '#domain/events/funnel';
import { Atr } from '#domain/indicators/atr';
import { Bollinger } from '#domain/indicators/bollinger';
import { Ema } from '#domain/indicators/ema';
import { Levels, NO_LEVEL } from '#domain/indicators/levels';
import { Macd } from '#domain/indicators/macd';
import { MeanVolume } from '#domain/indicators/mean-volume';
import { Obv } from '#domain/indicators/obv';
import { ResampledBars } from '#domain/indicators/resampled-bars';
import { Rsi } from '#domain/indicators/rsi';
import { Sma } from '#domain/indicators/sma';
import { Vwap } from '#domain/indicators/vwap';
import { type StateSink, SymbolColumns } from '#domain/values/symbol-columns';

const SPAN = 5;

/** The indicators and levels of every name: VWAP, OBV and volume by the minute, the rest on five-minute bars. */
export class Chart {
  readonly #table = new SymbolColumns();
  readonly #fiveMinutes = new ResampledBars(this.#table, SPAN);
  readonly #vwap = new Vwap(this.#table);
  readonly meanVolume = new MeanVolume(this.#table);
  readonly obv = new Obv(this.#table);
  readonly sma20 = new Sma(this.#table, 20);
  readonly sma50 = new Sma(this.#table, 50);
  readonly sma200 = new Sma(this.#table, 200);
  readonly ema9 = new Ema(this.#table, 9);
  readonly ema21 = new Ema(this.#table, 21);
  readonly rsi = new Rsi(this.#table, 14);
  readonly macd = new Macd(this.#table, 12, 26, 9);
  readonly atr = new Atr(this.#table, 14);
  readonly bollinger = new Bollinger(this.#table, 20, 2);
  readonly levels = new Levels(this.#table);
  readonly #lastShares = this.#table.int32();
  #listed = 0;

  open(opened: EventOf<'session_opened'>): void {
    this.#listed += opened.listed.length;
    this.#table.ensure(this.#listed);
    this.#fiveMinutes.startSession(opened.openMinute);
    this.#vwap.startSession();
    this.levels.startSession(this.atr.value);
  }

  forget(symbol: number): void {
    this.#table.forget(symbol);
  }

  update(frame: Frame): void {
    if (!frame.regular) return;
    this.#vwap.update(frame);
    this.obv.update(frame);
    this.meanVolume.update(frame);
    if (this.#fiveMinutes.update(frame)) this.#updateFiveMinutes();
  }

  ready(symbol: number): boolean {
    return (
      this.#vwap.ready(symbol) &&
      this.atr.ready(symbol) &&
      this.macd.ready(symbol) &&
      this.sma50.ready(symbol) &&
      this.meanVolume.ready(symbol)
    );
  }

  lastClose(symbol: number): number {
    return this.obv.close.values[symbol] as number;
  }

  vwap(symbol: number): number {
    return this.#vwap.value(symbol);
  }

  /** Shares a minute of the last five-minute bar over those of the last twenty minutes. */
  volumeRatio(symbol: number): number {
    const usual = this.meanVolume.value(symbol);
    return usual === 0 ? 0 : (this.#lastShares.values[symbol] as number) / SPAN / usual;
  }

  /** The nearest level below a price and the nearest above it, as far as there are any. */
  levelsAround(symbol: number, price: number): readonly NearbyLevel[] {
    return [this.levels.nearestBelow(symbol, price), this.levels.nearestAbove(symbol, price)]
      .filter((row) => row !== NO_LEVEL)
      .map((row) => this.#level(this.levels.cell(symbol, row)));
  }

  hashInto(sink: StateSink): void {
    this.#table.hashInto(sink);
  }

  #level(cell: number): NearbyLevel {
    const { price, halfWidth, touches, bounces, breaks } = this.levels;
    return {
      price: price.values[cell] as number,
      halfWidth: halfWidth.values[cell] as number,
      source: 'swing',
      touches: touches.values[cell] as number,
      bounces: bounces.values[cell] as number,
      breaks: breaks.values[cell] as number,
    };
  }

  #updateFiveMinutes(): void {
    const { bars } = this.#fiveMinutes;
    const last = this.#lastShares.values;
    for (let s = 0; s < bars.width; s++) last[s] = Math.max(0, bars.volume[s] as number);
    for (const indicator of [this.sma20, this.sma50, this.sma200, this.ema9, this.ema21, this.rsi, this.macd, this.atr, this.bollinger]) {
      indicator.update(bars);
    }
    this.levels.update(bars, this.atr.value);
  }
}
