import { type Regime, regimeOf } from '#domain/decisions/regime';
import type { EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import { Atr } from '#domain/indicators/atr';
import { ResampledBars } from '#domain/indicators/resampled-bars';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import { SymbolColumns } from '#domain/values/symbol-columns';

/** How many minutes make up what usually trades in one, as the house reckons it. */
const MINUTES = 20;

/** A price and the close of its minute. */
export type LastPrice = { readonly price: number; readonly at: Instant };

/** The bars of the session so far, and what the sessions before have left of each name: closes and the ATR. */
export class SessionTape {
  readonly #table = new SymbolColumns();
  readonly #fives = new ResampledBars(this.#table, 5);
  readonly #atr = new Atr(this.#table, 14);
  readonly #closes = this.#table.int32();
  readonly #closedAt = this.#table.float64();
  readonly #before = this.#table.float64();
  readonly #sectors = new Map<SymbolIndex, string>();
  #frames: Frame[] = [];
  #listed = 0;
  /** Worked out once a minute. */
  #regime: { readonly frames: number; readonly regime: Regime } | null = null;

  /** The regular minutes of the session, oldest first. */
  get frames(): readonly Frame[] {
    return this.#frames;
  }

  open({ listed, openMinute }: EventOf<'session_opened'>): void {
    this.#listed += listed.length;
    this.#table.ensure(this.#listed);
    this.#fives.startSession(openMinute);
    this.#closes.values.fill(0);
    this.#frames = [];
    this.#regime = null;
  }

  split({ symbol, ratio }: EventOf<'split_took_effect'>): void {
    const before = (this.#before.values[symbol] as number) / ratio;
    this.#table.forget(symbol);
    this.#before.values[symbol] = before;
  }

  /** Of the names that are new in this session; those of the others stay. */
  list({ sectors }: EventOf<'sectors_listed'>): void {
    for (const { symbol, sector } of sectors) this.#sectors.set(symbol, sector);
  }

  /** Frames of a decoded journal are their own; those of a run stand until the session has closed. */
  update(frame: Frame): void {
    if (!frame.regular) return;
    this.#frames.push(frame);
    if (this.#fives.update(frame)) this.#atr.update(this.#fives.bars);
    const end = frame.start + MINUTE_MS;
    for (let s = 0; s < frame.width; s++) {
      if ((frame.volume[s] as number) < 0) continue;
      this.#closes.values[s] = frame.close[s] as number;
      this.#closedAt.values[s] = end;
    }
  }

  close(): void {
    if (this.#fives.endSession()) this.#atr.update(this.#fives.bars);
    for (let s = 0; s < this.#listed; s++) {
      const close = this.#closes.values[s] as number;
      if (close > 0) this.#before.values[s] = close;
    }
  }

  /** Null before its first bar of the session. */
  last(symbol: SymbolIndex): LastPrice | null {
    const price = this.#closes.values[symbol] ?? 0;
    return price > 0 ? { price, at: instant(this.#closedAt.values[symbol] as number) } : null;
  }

  /** ATR 14 on five-minute bars in 1e-4; 0 until it is ready. */
  atr(symbol: SymbolIndex): number {
    return this.#atr.ready(symbol) ? (this.#atr.value.values[symbol] as number) : 0;
  }

  /** Mean shares a minute of the last twenty minutes of the session. */
  minuteShares(symbol: SymbolIndex): number {
    const recent = this.#frames.slice(-MINUTES);
    const shares = recent.reduce((sum, { volume }) => sum + Math.max(0, volume[symbol] ?? 0), 0);
    return recent.length === 0 ? 0 : shares / recent.length;
  }

  /** Since the last close of an earlier session, as a fraction; null when one of the two is not known. */
  move(symbol: SymbolIndex): number | null {
    const move = this.#moveOf(symbol);
    return Number.isFinite(move) ? move : null;
  }

  /** The close of the newest minute; null before the first. */
  get newest(): Instant | null {
    const frame = this.#frames.at(-1);
    return frame === undefined ? null : instant(frame.start + MINUTE_MS);
  }

  regime(): Regime {
    if (this.#regime?.frames === this.#frames.length) return this.#regime.regime;
    const regime = regimeOf(Array.from({ length: this.#listed }, (_, s) => this.#moveOf(s)));
    this.#regime = { frames: this.#frames.length, regime };
    return regime;
  }

  /** The mean move of each sector; null when nobody said which names belong to which. */
  sectors(): readonly { readonly sector: string; readonly move: number; readonly names: number }[] | null {
    if (this.#sectors.size === 0) return null;
    const bySector = new Map<string, { sum: number; names: number }>();
    for (const [symbol, sector] of this.#sectors) {
      const move = this.move(symbol);
      if (move === null) continue;
      const { sum, names } = bySector.get(sector) ?? { sum: 0, names: 0 };
      bySector.set(sector, { sum: sum + move, names: names + 1 });
    }
    return [...bySector].map(([sector, { sum, names }]) => ({ sector, move: sum / names, names }));
  }

  #moveOf(symbol: number): number {
    const before = this.#before.values[symbol] ?? 0;
    const close = this.#closes.values[symbol] ?? 0;
    return before > 0 && close > 0 ? close / before - 1 : Number.NaN;
  }
}
