import type { BarField } from '#domain/indicators/calculation';

/** Where a file has what, by place in a line. */
export type TableShape = {
  readonly names: readonly string[];
  readonly symbol: number | null;
  /** One cell, or a date and a time of day. */
  readonly time: readonly number[];
  /** Whether the column itself says that its times are UTC. */
  readonly utc: boolean;
  readonly fields: Readonly<Partial<Record<BarField, number>>>;
};

const words: Readonly<Record<'symbol' | 'time' | BarField, readonly string[]>> = {
  symbol: ['symbol', 'ticker'],
  time: ['timestamp_utc', 'timestamp', 'datetime', 'date', 'time'],
  open: ['open'],
  high: ['high'],
  low: ['low'],
  close: ['close'],
  volume: ['volume'],
};

const fields = ['open', 'high', 'low', 'close', 'volume'] as const;

/** The shape that a header announces, or what is wrong with it in words. Names may be in any case and order. */
export function tableShape(cells: readonly string[]): TableShape | string {
  const names = cells.map((cell) => cell.trim());
  const lower = names.map((name) => name.toLowerCase());
  const placesOf = (known: readonly string[]): readonly number[] => lower.flatMap((name, i) => (known.includes(name) ? [i] : []));
  const found: Partial<Record<BarField, number>> = {};
  for (const field of fields) {
    const places = placesOf(words[field]);
    if (places.length > 1) return `two columns are named ${field}`;
    if (places[0] !== undefined) found[field] = places[0];
  }
  const symbols = placesOf(words.symbol);
  if (symbols.length > 1) return 'two columns are named symbol or ticker';
  const times = placesOf(words.time);
  const time = timeColumns(lower, times);
  if (time === null)
    return times.length === 0 ? 'no column is named date, time, timestamp or timestamp_utc' : 'several columns hold a time';
  if (Object.keys(found).length === 0) return 'no column is named open, high, low, close or volume';
  return { names, symbol: symbols[0] ?? null, time, utc: lower[time[0] ?? 0] === 'timestamp_utc', fields: found };
}

/** `date` and `time` beside each other are one time. */
function timeColumns(lower: readonly string[], places: readonly number[]): readonly number[] | null {
  if (places.length === 1) return places;
  const [date, time] = [lower.indexOf('date'), lower.indexOf('time')];
  return places.length === 2 && date >= 0 && time >= 0 ? [date, time] : null;
}
