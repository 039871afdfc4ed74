import type { BarColumns } from '#domain/events/frame';
import { Adx } from '#domain/indicators/adx';
import { Atr } from '#domain/indicators/atr';
import { Bollinger } from '#domain/indicators/bollinger';
import { Donchian } from '#domain/indicators/donchian';
import { Ema } from '#domain/indicators/ema';
import { Keltner } from '#domain/indicators/keltner';
import { Macd } from '#domain/indicators/macd';
import { Rsi } from '#domain/indicators/rsi';
import { Sma } from '#domain/indicators/sma';
import { Stochastic } from '#domain/indicators/stochastic';
import type { SymbolColumns } from '#domain/values/symbol-columns';

/** The indicators of every name on bars of one length. They live on from session to session. */
export class Timeframe {
  readonly sma20: Sma;
  readonly sma50: Sma;
  readonly sma200: Sma;
  readonly ema9: Ema;
  readonly ema21: Ema;
  readonly rsi: Rsi;
  readonly macd: Macd;
  readonly atr: Atr;
  readonly bollinger: Bollinger;
  readonly adx: Adx;
  readonly stochastic: Stochastic;
  readonly keltner: Keltner;
  readonly donchian: Donchian;

  constructor(table: SymbolColumns) {
    this.sma20 = new Sma(table, 20);
    this.sma50 = new Sma(table, 50);
    this.sma200 = new Sma(table, 200);
    this.ema9 = new Ema(table, 9);
    this.ema21 = new Ema(table, 21);
    this.rsi = new Rsi(table, 14);
    this.macd = new Macd(table, 12, 26, 9);
    this.atr = new Atr(table, 14);
    this.bollinger = new Bollinger(table, 20, 2);
    this.adx = new Adx(table, 14);
    this.stochastic = new Stochastic(table, 14, 3, 3);
    this.keltner = new Keltner(table, 20, 2);
    this.donchian = new Donchian(table, 20);
  }

  update(bars: BarColumns): void {
    this.sma20.update(bars);
    this.sma50.update(bars);
    this.sma200.update(bars);
    this.ema9.update(bars);
    this.ema21.update(bars);
    this.rsi.update(bars);
    this.macd.update(bars);
    this.atr.update(bars);
    this.bollinger.update(bars);
    this.adx.update(bars);
    this.stochastic.update(bars);
    this.keltner.update(bars);
    this.donchian.update(bars);
  }

  /** EMA 9 less EMA 21; 0 until both are there. */
  trend(s: number): number {
    return this.ema21.ready(s) ? (this.ema9.value.values[s] as number) - (this.ema21.value.values[s] as number) : 0;
  }
}
