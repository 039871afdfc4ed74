import type { BarColumns } from '#domain/events/frame';
import { Adx } from '#domain/indicators/adx';
import { Bollinger } from '#domain/indicators/bollinger';
import { Donchian } from '#domain/indicators/donchian';
import { Keltner } from '#domain/indicators/keltner';
import { Sma } from '#domain/indicators/sma';
import { Stochastic } from '#domain/indicators/stochastic';
import type { SymbolColumns } from '#domain/values/symbol-columns';
import { RunningIndicators } from '#production/technical/running-indicators';

/** All indicators of every name on bars of one length. They live on from session to session. */
export class Timeframe extends RunningIndicators {
  readonly sma20: Sma;
  readonly sma50: Sma;
  readonly sma200: Sma;
  readonly bollinger: Bollinger;
  readonly adx: Adx;
  readonly stochastic: Stochastic;
  readonly keltner: Keltner;
  readonly donchian: Donchian;

  constructor(table: SymbolColumns) {
    super(table);
    this.sma20 = new Sma(table, 20);
    this.sma50 = new Sma(table, 50);
    this.sma200 = new Sma(table, 200);
    this.bollinger = new Bollinger(table, 20, 2);
    this.adx = new Adx(table, 14);
    this.stochastic = new Stochastic(table, 14, 3, 3);
    this.keltner = new Keltner(table, 20, 2);
    this.donchian = new Donchian(table, 20);
  }

  override update(bars: BarColumns): void {
    super.update(bars);
    this.sma20.update(bars);
    this.sma50.update(bars);
    this.sma200.update(bars);
    this.bollinger.update(bars);
    this.adx.update(bars);
    this.stochastic.update(bars);
    this.keltner.update(bars);
    this.donchian.update(bars);
  }
}
