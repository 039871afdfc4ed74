import type { StoredBars } from '#adapters/duckdb/session-parquet';
import type { Split } from '#adapters/files/corporate-actions';
import type { RefusedRow } from '#adapters/files/refused-rows';
import type { SessionHours } from '#adapters/files/session-windows';
import { assert } from '#domain/values/assert';
import type { SessionDate } from '#domain/values/session-date';
import { EXAMPLES_MAX, type Gap, type IncompleteSession, type Jump, type Quality, type VolumeShift } from '#main/bars/import-report';

const JUMP = 0.2;
const OVERNIGHT_JUMP = 0.4;
const VOLUME_SHIFT = 5;
const VOLUME_HISTORY = 5;
/** A session counts as cut when nothing at all traded for so many minutes at its beginning or end. */
const QUIET_EDGE = 5;

type SymbolState = { last: SessionDate; close: number; volumes: number[] };

/** Looks at sessions in order of their dates and remembers what is odd. */
export class QualityCheck {
  readonly #daily: boolean;
  readonly #splits: ReadonlyMap<string, readonly Split[]>;
  readonly #states = new Map<number, SymbolState>();
  readonly #gaps: Gap[] = [];
  #gapMinutes = 0;
  readonly #disorder: RefusedRow[] = [];
  #disorderRows = 0;
  readonly #jumps = { count: 0, examples: [] as Jump[] };
  readonly #overnight = { count: 0, examples: [] as Jump[] };
  readonly #volumeShifts: VolumeShift[] = [];
  readonly #incomplete: IncompleteSession[] = [];
  #lastSession: SessionDate | null = null;

  constructor(daily: boolean, splits: readonly Split[]) {
    this.#daily = daily;
    this.#splits = groupedBySymbol(splits);
  }

  disorder(row: RefusedRow): void {
    this.#disorderRows++;
    if (this.#disorder.length < EXAMPLES_MAX) this.#disorder.push(row);
  }

  session(date: SessionDate, hours: SessionHours, bars: StoredBars, symbols: readonly string[]): void {
    assert(this.#lastSession === null || this.#lastSession < date, 'sessions are checked in order');
    this.#lastSession = date;
    if (!this.#daily) this.#edges(date, hours, bars);
    const volumes = this.#bars(date, hours, bars, symbols);
    this.#volumes(date, volumes, symbols);
  }

  result(symbols: readonly string[]): Quality {
    const stopped = [...this.#states]
      .filter(([, { last }]) => last !== this.#lastSession)
      .map(([id, { last }]) => ({ symbol: symbols[id] ?? '', last }))
      .sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
    return {
      gaps: { count: this.#gapMinutes, examples: this.#gaps },
      disorder: { count: this.#disorderRows, examples: this.#disorder },
      jumps: this.#jumps,
      overnightJumps: this.#overnight,
      volumeShifts: this.#volumeShifts,
      incomplete: this.#incomplete,
      stopped,
    };
  }

  #edges(date: SessionDate, { openMinute, closeMinute }: SessionHours, bars: StoredBars): void {
    let firstMinute = -1;
    let lastMinute = -1;
    for (let row = 0; row < bars.rows; row++) {
      const minute = bars.minute[row] as number;
      if (minute < openMinute || minute >= closeMinute) continue;
      if (firstMinute < 0) firstMinute = minute;
      lastMinute = minute;
    }
    const whole = firstMinute >= 0 && firstMinute <= openMinute + QUIET_EDGE && lastMinute >= closeMinute - 1 - QUIET_EDGE;
    if (!whole) this.#incomplete.push({ date, firstMinute, lastMinute, openMinute, closeMinute });
  }

  /** Gaps and jumps of every symbol; gives each one's volume, −1 for those without a bar. */
  #bars(date: SessionDate, { openMinute, closeMinute }: SessionHours, bars: StoredBars, symbols: readonly string[]): Float64Array {
    const volumes = new Float64Array(symbols.length).fill(-1);
    const closeBefore = new Int32Array(symbols.length);
    const minuteBefore = new Int32Array(symbols.length).fill(-1);
    for (let row = 0; row < bars.rows; row++) {
      const id = bars.symbol[row] as number;
      const minute = bars.minute[row] as number;
      const close = bars.close[row] as number;
      const before = closeBefore[id] as number;
      if (before === 0) {
        this.#overnightJump(date, id, minute, bars.open[row] as number, symbols);
        volumes[id] = 0;
      } else if (close > before * (1 + JUMP) || close < before * (1 - JUMP)) {
        note(this.#jumps, { symbol: symbols[id] ?? '', date, minute, before, after: close });
      }
      if (minute >= openMinute && minute < closeMinute) {
        const gap = minute - (minuteBefore[id] as number) - 1;
        if (minuteBefore[id] !== -1 && gap > 0) this.#gap({ symbol: symbols[id] ?? '', date, fromMinute: minute - gap, minutes: gap });
        minuteBefore[id] = minute;
      }
      closeBefore[id] = close;
      volumes[id] = (volumes[id] as number) + (bars.volume[row] as number);
    }
    for (let id = 0; id < symbols.length; id++) {
      if (volumes[id] !== -1) this.#remember(date, id, closeBefore[id] as number, symbols);
    }
    return volumes;
  }

  #overnightJump(date: SessionDate, id: number, minute: number, open: number, symbols: readonly string[]): void {
    const state = this.#states.get(id);
    if (state === undefined) return;
    const before = state.close / this.#ratioBetween(symbols[id] ?? '', state.last, date);
    if (open <= before * (1 + OVERNIGHT_JUMP) && open >= before * (1 - OVERNIGHT_JUMP)) return;
    note(this.#overnight, { symbol: symbols[id] ?? '', date, minute, before: Math.round(before), after: open });
  }

  #remember(date: SessionDate, id: number, close: number, symbols: readonly string[]): void {
    const state = this.#states.get(id);
    if (state === undefined) {
      this.#states.set(id, { last: date, close, volumes: [] });
      return;
    }
    const ratio = this.#ratioBetween(symbols[id] ?? '', state.last, date);
    if (ratio !== 1) state.volumes = state.volumes.map((volume) => volume * ratio);
    state.last = date;
    state.close = close;
  }

  /** New shares for one old share by the splits after the one date up to the other. */
  #ratioBetween(symbol: string, after: SessionDate, upTo: SessionDate): number {
    const splits = this.#splits.get(symbol);
    if (splits === undefined) return 1;
    return splits.filter(({ date }) => date > after && date <= upTo).reduce((ratio, split) => ratio * split.ratio, 1);
  }

  #volumes(date: SessionDate, volumes: Float64Array, symbols: readonly string[]): void {
    const times: number[] = [];
    for (let id = 0; id < symbols.length; id++) {
      const usual = median(this.#states.get(id)?.volumes ?? []);
      if (volumes[id] !== -1 && usual > 0) times.push((volumes[id] as number) / usual);
    }
    const shift = median(times);
    const shifted = times.length > 0 && (shift > VOLUME_SHIFT || shift < 1 / VOLUME_SHIFT);
    if (shifted) this.#volumeShifts.push({ date, times: Math.round(shift * 1000) / 1000, symbols: times.length });
    for (let id = 0; id < symbols.length; id++) {
      const state = this.#states.get(id);
      if (state === undefined) continue;
      // After a shift the new scale is the usual one; otherwise each session that follows would be told of again.
      if (shifted) state.volumes = [];
      if (volumes[id] !== -1) state.volumes = [...state.volumes.slice(1 - VOLUME_HISTORY), volumes[id] as number];
    }
  }

  #gap(gap: Gap): void {
    this.#gapMinutes += gap.minutes;
    const least = this.#gaps.at(-1);
    if (this.#gaps.length === EXAMPLES_MAX && least !== undefined && gap.minutes <= least.minutes) return;
    this.#gaps.push(gap);
    this.#gaps.sort((a, b) => b.minutes - a.minutes);
    if (this.#gaps.length > EXAMPLES_MAX) this.#gaps.pop();
  }
}

function note(findings: { count: number; examples: Jump[] }, jump: Jump): void {
  findings.count++;
  if (findings.examples.length < EXAMPLES_MAX) findings.examples.push(jump);
}

function groupedBySymbol(splits: readonly Split[]): ReadonlyMap<string, readonly Split[]> {
  const groups = new Map<string, Split[]>();
  for (const split of splits) groups.set(split.symbol, [...(groups.get(split.symbol) ?? []), split]);
  return groups;
}

/** The upper median; 0 of nothing. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
