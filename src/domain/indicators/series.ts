import type { Frame, PriceArray } from '#domain/events/frame';
import type { Requested } from '#domain/indicators/requested';
import { type Instant, instant } from '#domain/values/instant';
import { SymbolColumns } from '#domain/values/symbol-columns';

/** One symbol's bar: whole numbers in the unit of its prices and of its volume. */
export type SeriesBar = {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** Any number that changes with the session. */
  readonly session: number;
  readonly regular: boolean;
};

const NO_INSTANT: Instant = instant(0);

/**
 * The calculations that were asked for, on the bars of one symbol, one after another: what the kernels do for a whole market,
 * for a table of one. Prices may be any whole numbers up to 2^53.
 */
export class Series {
  readonly #running;
  readonly #outputs: readonly (readonly [running: number, output: number])[];
  readonly #frame: Frame<Float64Array>;
  #session = Number.NaN;

  constructor(requested: readonly Requested[]) {
    const table = new SymbolColumns(1, true);
    table.ensure(1);
    this.#running = requested.map((one) => one.make(table));
    this.#outputs = requested.flatMap(({ columns }, i) => columns.map((_, output) => [i, output] as const));
    const column = (): Float64Array => new Float64Array(1);
    const prices = { open: column(), high: column(), low: column(), close: column(), volume: column() };
    this.#frame = { ...prices, width: 1, present: 1, minute: 0, start: NO_INSTANT, regular: true };
  }

  update(bar: SeriesBar): void {
    const { open, high, low, close, volume } = this.#frame;
    open[0] = bar.open;
    high[0] = bar.high;
    low[0] = bar.low;
    close[0] = bar.close;
    volume[0] = bar.volume;
    const opens = bar.session !== this.#session;
    this.#session = bar.session;
    const frame: Frame<PriceArray> = bar.regular ? this.#frame : { ...this.#frame, regular: false };
    for (const running of this.#running) {
      if (opens) running.startSession?.();
      running.update(frame);
    }
  }

  /** The newest answers, of all outputs in order; `null` while one warms up. */
  read(): readonly (number | null)[] {
    return this.#outputs.map(([running, output]) => this.#running[running]?.read(0, output) ?? null);
  }
}

/** The answers for each of a list of bars: the batch form, which is the same steps. */
export function calculateSeries(requested: readonly Requested[], bars: readonly SeriesBar[]): readonly (readonly (number | null)[])[] {
  const series = new Series(requested);
  return bars.map((bar) => {
    series.update(bar);
    return series.read();
  });
}
