import type { Frame } from '#domain/events/frame';
import { HISTORY_SESSIONS_MIN } from '#domain/history';
import { ResampledBars } from '#domain/indicators/resampled-bars';
import type { Session } from '#domain/market/session-table';
import { mirrored, mirroredBar } from '#domain/patterns/mirror';
import type { ChartBar, SymbolView } from '#domain/patterns/symbol-view';
import { SymbolColumns } from '#domain/values/symbol-columns';
import type { SessionBars } from '#engine/ports/bar-source';
import { Chart } from '#production/technical/chart';

const SPAN = 5;
/** Least price in 1e-4 and least mean dollar volume of the sessions before; those of the scanner. */
const PRICE_MIN = 50_000;
const DOLLARS_MIN = 10_000_000;

/** The bars of one name in this session, as they are and standing on their head. */
type DrawnBars = { axis: number; minutes: ChartBar[]; fives: ChartBar[]; turnedMinutes: ChartBar[]; turnedFives: ChartBar[] };

/**
 * All names of a study: what the services would know of each at this instant, by the same kernels, for every name instead of the
 * few that come far. Bars are kept as they close, so that a view costs nothing.
 */
export class StudyChart {
  readonly #table = new SymbolColumns();
  readonly #fiveMinutes = new ResampledBars(this.#table, SPAN);
  readonly #chart = new Chart();
  readonly #premarketHigh = this.#table.int32();
  readonly #premarketLow = this.#table.int32();
  readonly #previousClose = this.#table.int32();
  /** Of the sessions before: how many the name traded in, and the dollars of all of them. */
  readonly #sessions = this.#table.int32();
  readonly #dollars = this.#table.float64();
  readonly #today = this.#table.float64();
  #drawn: DrawnBars[] = [];
  #openMinute = 0;

  startSession({ openMinute }: Session, { listed, splits }: SessionBars): void {
    this.#table.ensure(this.#table.count + listed.length);
    this.#openMinute = openMinute;
    this.#fiveMinutes.startSession(openMinute);
    this.#chart.open({ openMinute, listed });
    for (const { symbol } of splits) {
      this.#table.forget(symbol);
      this.#chart.forget(symbol);
    }
    this.#premarketHigh.values.fill(0);
    this.#premarketLow.values.fill(0);
    this.#today.values.fill(0);
    this.#drawn = Array.from({ length: this.#table.count }, () => ({
      axis: 0,
      minutes: [],
      fives: [],
      turnedMinutes: [],
      turnedFives: [],
    }));
  }

  update(frame: Frame): void {
    this.#chart.update(frame);
    if (!frame.regular) {
      if (frame.minute < this.#openMinute) this.#beforeOpen(frame);
      return;
    }
    const { volume, close } = frame;
    const today = this.#today.values;
    for (let s = 0; s < frame.width; s++) {
      const shares = volume[s] as number;
      if (shares < 0) continue;
      today[s] = (today[s] as number) + (shares * (close[s] as number)) / 10_000;
      const drawn = this.#drawn[s] as DrawnBars;
      const bar = barOf(frame, s, frame.minute);
      if (drawn.minutes.length === 0) drawn.axis = 2 * bar.open;
      drawn.minutes.push(bar);
      drawn.turnedMinutes.push(mirroredBar(bar, drawn.axis));
    }
    if (!this.#fiveMinutes.update(frame)) return;
    const { bars } = this.#fiveMinutes;
    const start = this.#openMinute + Math.floor((frame.minute - this.#openMinute) / SPAN) * SPAN;
    for (let s = 0; s < bars.width; s++) {
      if ((bars.volume[s] as number) < 0) continue;
      const drawn = this.#drawn[s] as DrawnBars;
      const bar = barOf(bars, s, start);
      drawn.fives.push(bar);
      drawn.turnedFives.push(mirroredBar(bar, drawn.axis));
    }
  }

  endSession(): void {
    this.#chart.close();
    const dollars = this.#dollars.values;
    for (let s = 0; s < this.#table.count; s++) {
      const last = (this.#drawn[s] as DrawnBars).minutes.at(-1);
      if (last === undefined) continue;
      this.#previousClose.values[s] = last.close;
      this.#sessions.values[s] = (this.#sessions.values[s] as number) + 1;
      dollars[s] = (dollars[s] as number) + (this.#today.values[s] as number);
    }
  }

  /** The names that may be traded at the end of that minute and have just traded, by what was known then. */
  eligible({ volume, close, width }: Frame): readonly number[] {
    const names: number[] = [];
    for (let s = 0; s < width; s++) {
      const sessions = this.#sessions.values[s] as number;
      if ((volume[s] as number) <= 0 || (close[s] as number) < PRICE_MIN || sessions < HISTORY_SESSIONS_MIN) continue;
      if ((this.#dollars.values[s] as number) / sessions >= DOLLARS_MIN && this.#chart.fiveMinutes.atr.ready(s)) names.push(s);
    }
    return names;
  }

  viewOf(s: number, now: number): SymbolView {
    const { minutes, fives } = this.#drawn[s] as DrawnBars;
    return {
      now,
      openMinute: this.#openMinute,
      minutes,
      fives,
      previousClose: this.#previousClose.values[s] as number,
      premarketHigh: this.#premarketHigh.values[s] as number,
      premarketLow: this.#premarketLow.values[s] as number,
      close: minutes.at(-1)?.close ?? 0,
      atr: this.#chart.fiveMinutes.atr.value.values[s] as number,
      vwap: this.#chart.vwap(s),
      volumeRatio: this.#chart.volumeRatio(s),
    };
  }

  turned(s: number, view: SymbolView): SymbolView {
    const { axis, turnedMinutes, turnedFives } = this.#drawn[s] as DrawnBars;
    return mirrored(view, axis, turnedMinutes, turnedFives);
  }

  /** Prices of the levels around the last close, lowest first: those that the pattern service would be given. */
  levelsOf(s: number): readonly number[] {
    return this.#chart.levelsAround(s, this.#chart.lastClose(s)).map(({ price }) => price);
  }

  #beforeOpen({ high, low, volume, width }: Frame): void {
    for (let s = 0; s < width; s++) {
      if ((volume[s] as number) < 0) continue;
      const lowest = this.#premarketLow.values[s] as number;
      this.#premarketHigh.values[s] = Math.max(this.#premarketHigh.values[s] as number, high[s] as number);
      this.#premarketLow.values[s] = lowest === 0 ? (low[s] as number) : Math.min(lowest, low[s] as number);
    }
  }
}

type Columns = Pick<Frame, 'open' | 'high' | 'low' | 'close' | 'volume'>;

export const barOf = ({ open, high, low, close, volume }: Columns, s: number, minute: number): ChartBar => ({
  minute,
  open: open[s] as number,
  high: high[s] as number,
  low: low[s] as number,
  close: close[s] as number,
  volume: volume[s] as number,
});
