import type { BarField, Calculation, Running } from '#domain/indicators/calculation';
import { type CandlestickPattern, candlestickCalculation } from '#domain/indicators/candlestick-calculation';
import { catalogue } from '#domain/indicators/catalogue';
import { fail, ok, type Result } from '#domain/values/result';
import type { SymbolColumns } from '#domain/values/symbol-columns';

/** A calculation with its parameters, as somebody asked for it. */
export type Requested = {
  readonly text: string;
  readonly calculation: Calculation;
  readonly values: readonly number[];
  readonly needs: readonly BarField[];
  /** A name for each output: `macd_12_26_9`, `macd_12_26_9_signal`. */
  readonly columns: readonly string[];
  /** On which bar the first answer comes. */
  readonly warmUp: number;
  make(table: SymbolColumns): Running;
};

export type RequestProblem =
  | { readonly kind: 'unknown_calculation'; readonly text: string }
  | { readonly kind: 'unknown_candlestick'; readonly text: string; readonly known: readonly string[] }
  | { readonly kind: 'bad_parameters'; readonly text: string; readonly expected: string }
  | { readonly kind: 'asked_twice'; readonly text: string };

const aliases: Readonly<Record<string, string>> = { stoch: 'stochastic', bb: 'bollinger', bbands: 'bollinger', willr: 'williamsr' };

/** Longer windows than these would only be mistakes: 100,000 bars of a minute are a year. */
const BARS_MAX = 100_000;
const FACTOR_MAX = 1000;

/** Reads "rsi:14,macd:12/26/9,atr:14/sma,cdl:hammer". Parameters that are left out take their standard values. */
export function parseRequested(
  text: string,
  patterns: ReadonlyMap<string, CandlestickPattern>,
): Result<readonly Requested[], RequestProblem> {
  const requested: Requested[] = [];
  for (const part of text.split(',').map((piece) => piece.trim().toLowerCase())) {
    const one = parseOne(part, patterns);
    if (!one.ok) return one;
    if (requested.some(({ columns }) => columns[0] === one.value.columns[0])) return fail({ kind: 'asked_twice', text: part });
    requested.push(one.value);
  }
  return ok(requested);
}

function parseOne(text: string, patterns: ReadonlyMap<string, CandlestickPattern>): Result<Requested, RequestProblem> {
  const [word = '', rest = '', ...more] = text.split(':');
  if (word === 'cdl') {
    const pattern = patterns.get(rest);
    if (pattern === undefined) return fail({ kind: 'unknown_candlestick', text, known: [...patterns.keys()] });
    return ok(requestedOf(text, candlestickCalculation(pattern), [], null));
  }
  const name = aliases[word] ?? word;
  const calculation = catalogue.find((one) => one.name === name);
  if (calculation === undefined) return fail({ kind: 'unknown_calculation', text });
  const expected = usageOf(calculation);
  const words = rest === '' ? [] : rest.split('/');
  const variant = words.find((one) => Object.hasOwn(calculation.variants, one)) ?? null;
  const numbers = variant === null ? words : words.slice(0, -1);
  if (more.length > 0 || (variant !== null && words.at(-1) !== variant) || numbers.length > calculation.parameters.length) {
    return fail({ kind: 'bad_parameters', text, expected });
  }
  const values = calculation.parameters.map(({ standard, kind }, i) => {
    const given = numbers[i];
    if (given === undefined) return standard;
    if (kind === 'bars') return /^[1-9]\d{0,5}$/.test(given) && Number(given) <= BARS_MAX ? Number(given) : null;
    return /^\d{1,4}(\.\d{1,6})?$/.test(given) && Number(given) > 0 && Number(given) <= FACTOR_MAX ? Number(given) : null;
  });
  const whole = values.filter((value) => value !== null);
  if (whole.length < values.length || !fastBeforeSlow(calculation, whole)) return fail({ kind: 'bad_parameters', text, expected });
  return ok(requestedOf(text, calculation, whole, variant));
}

const fastBeforeSlow = ({ name }: Calculation, [fast = 0, slow = 0]: readonly number[]): boolean => name !== 'macd' || fast < slow;

function requestedOf(text: string, calculation: Calculation, values: readonly number[], variant: string | null): Requested {
  const base = [calculation.name.replace(':', '_'), ...values, ...(variant === null ? [] : [variant])].join('_');
  return {
    text,
    calculation,
    values,
    needs: [...calculation.needs, ...(variant === null ? [] : (calculation.variantNeeds?.[variant] ?? []))],
    columns: calculation.outputs.map(({ suffix }) => (suffix === '' ? base : `${base}_${suffix}`)),
    warmUp: calculation.warmUp(values, variant),
    make: (table) => calculation.make(table, values, variant),
  };
}

/** How a calculation is asked for, with its standard values: "macd:12/26/9", "atr:14 (or atr:14/sma)". */
export function usageOf({ name, parameters, variants }: Calculation): string {
  const standard = parameters.map((parameter) => parameter.standard).join('/');
  const plain = standard === '' ? name : `${name}:${standard}`;
  const others = Object.keys(variants).map((variant) => `${name}:${standard === '' ? '' : `${standard}/`}${variant}`);
  return others.length === 0 ? plain : `${plain} (or ${others.join(', ')})`;
}
