import type { BarColumns } from '#domain/events/frame';
import { Adx } from '#domain/indicators/adx';
import { Atr } from '#domain/indicators/atr';
import { Ema } from '#domain/indicators/ema';
import { Keltner } from '#domain/indicators/keltner';
import { Macd } from '#domain/indicators/macd';
import { RecentBars } from '#domain/indicators/recent-bars';
import { Rsi } from '#domain/indicators/rsi';
import type { SymbolColumns } from '#domain/values/symbol-columns';

/**
 * All indicators of every name on bars of one length. They live on from session to session. What goes on from its own last
 * value is kept up with each bar; what looks at a window of bars (SMA, Bollinger, Donchian, stochastic) is worked out by
 * `recent` for the few names that are asked about.
 */
export class Timeframe {
  readonly ema9: Ema;
  readonly ema21: Ema;
  readonly rsi: Rsi;
  readonly macd: Macd;
  readonly atr: Atr;
  readonly adx: Adx;
  readonly keltner: Keltner;
  readonly recent: RecentBars;

  constructor(table: SymbolColumns) {
    this.ema9 = new Ema(table, 9);
    this.ema21 = new Ema(table, 21);
    this.rsi = new Rsi(table, 14);
    this.macd = new Macd(table, 12, 26, 9);
    this.atr = new Atr(table, 14);
    this.adx = new Adx(table, 14);
    this.keltner = new Keltner(table, 20, 2);
    this.recent = new RecentBars(table);
  }

  update(bars: BarColumns): void {
    this.ema9.update(bars);
    this.ema21.update(bars);
    this.rsi.update(bars);
    this.macd.update(bars);
    this.atr.update(bars);
    this.adx.update(bars);
    this.keltner.update(bars);
    this.recent.update(bars);
  }

  /** EMA 9 less EMA 21; 0 until both are there. */
  trend(s: number): number {
    return this.ema21.ready(s) ? (this.ema9.value.values[s] as number) - (this.ema21.value.values[s] as number) : 0;
  }
}
