import type { Figure, Missing } from '#domain/statistics/figure';

/** What a number is in. Money is 1e-4 of the currency; a fraction of 0.02 is 2 %; `times` is a plain ratio. */
export type MetricUnit = 'money' | 'fraction' | 'r' | 'times' | 'minutes' | 'count' | 'sharpe';

/** How an interval was made; docs/reference/report.md says what each assumes. */
export type IntervalMethod = 'wilson' | 'student' | 'sessions_drawn' | 'session_ratio' | 'sharpe_error';

/** It holds the true value with so much confidence; an end is null where there is no bound. */
export type MetricInterval = {
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number;
  readonly method: IntervalMethod;
};

/** Why no interval stands beside a number: too little is there, or it is a count or a sum of what has happened. */
export type NoInterval = Missing | 'a_fact' | 'not_made';

/** A number with its sample and its uncertainty, and the trades behind it. */
export type Metric<Name extends string = string> = {
  readonly name: Name;
  readonly unit: MetricUnit;
  readonly value: number | null;
  /** Why there is no value. */
  readonly missing: Missing | null;
  /** How many trades or sessions it is made of. */
  readonly n: number;
  readonly of: 'trades' | 'sessions';
  readonly interval: MetricInterval | null;
  readonly noInterval: NoInterval | null;
  /** Names of the trades it is made of where those are not all of its group; null: all of them. */
  readonly trades: readonly string[] | null;
};

type Said<Name extends string> = {
  readonly name: Name;
  readonly unit: MetricUnit;
  readonly value: Figure | number;
  readonly n: number;
  readonly of?: 'trades' | 'sessions';
  readonly interval?: MetricInterval | NoInterval;
  readonly trades?: readonly string[];
};

export function metric<Name extends string>({
  name,
  unit,
  value,
  n,
  of = 'trades',
  interval = 'a_fact',
  trades,
}: Said<Name>): Metric<Name> {
  const known =
    typeof value === 'number' ? { value, missing: null } : { value: value.value, missing: value.value === null ? value.missing : null };
  const told = typeof interval === 'string' ? { interval: null, noInterval: interval } : { interval, noInterval: null };
  return { name, unit, ...known, n, of, ...told, trades: trades ?? null };
}

/** An interval that was drawn or reckoned, or why there is none. */
export const within = (
  found: { readonly low: number | null; readonly high: number | null } | Missing,
  method: IntervalMethod,
): MetricInterval | Missing => (typeof found === 'string' ? found : { low: found.low, high: found.high, level: 0.95, method });
