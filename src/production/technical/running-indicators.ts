import type { BarColumns } from '#domain/events/frame';
import { Atr } from '#domain/indicators/atr';
import { Ema } from '#domain/indicators/ema';
import { Macd } from '#domain/indicators/macd';
import { Rsi } from '#domain/indicators/rsi';
import type { SymbolColumns } from '#domain/values/symbol-columns';

/** The indicators of every name that need no bar but the last one: cheap enough for every minute of every name. */
export class RunningIndicators {
  readonly ema9: Ema;
  readonly ema21: Ema;
  readonly rsi: Rsi;
  readonly macd: Macd;
  readonly atr: Atr;

  constructor(table: SymbolColumns) {
    this.ema9 = new Ema(table, 9);
    this.ema21 = new Ema(table, 21);
    this.rsi = new Rsi(table, 14);
    this.macd = new Macd(table, 12, 26, 9);
    this.atr = new Atr(table, 14);
  }

  update(bars: BarColumns): void {
    this.ema9.update(bars);
    this.ema21.update(bars);
    this.rsi.update(bars);
    this.macd.update(bars);
    this.atr.update(bars);
  }

  /** EMA 9 less EMA 21; 0 until both are there. */
  trend(s: number): number {
    return this.ema21.ready(s) ? (this.ema9.value.values[s] as number) - (this.ema21.value.values[s] as number) : 0;
  }
}
