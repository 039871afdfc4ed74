import { stat } from 'node:fs/promises';
import { unitsOf } from '#adapters/files/decimal-text';
import { fileProblem } from '#adapters/files/file-problem';
import { factorOn, type PriceFactors, readPriceFactors } from '#adapters/files/price-factors';
import type { BarField } from '#domain/indicators/calculation';
import type { Requested } from '#domain/indicators/requested';
import { Series } from '#domain/indicators/series';
import { fail, ok, type Result } from '#domain/values/result';
import type { IndicatorProblem } from '#main/indicators/indicator-problem';
import type { Output } from '#main/indicators/output-file';
import { readTable, type TableRow } from '#main/indicators/read-table';
import { type SessionRule, sessionOf } from '#main/indicators/session-of';
import { fieldsOf, type Survey, survey } from '#main/indicators/survey';

export type IndicatorsOptions = {
  readonly path: string;
  /** The name under which people know the file. */
  readonly name: string;
  readonly requested: readonly Requested[];
  /** Of a file with symbols only this one; of one without, its name. */
  readonly symbol: string | null;
  /** A file of corporate actions. */
  readonly actions: string | null;
  /** `null`: that of the US where times are in UTC, else each date. */
  readonly session: SessionRule | null;
  readonly output: Output;
  readonly onRows?: (rows: number, of: number) => void;
};

export type IndicatorsWritten = {
  readonly survey: Survey;
  readonly session: SessionRule;
  /** Symbols of the file of which the corporate actions say nothing. */
  readonly withoutActions: readonly string[];
};

const PROGRESS_ROWS = 100_000;

/**
 * Writes each line of a file of bars as it is, with the values of the calculations after it. The file is read twice, so that
 * the first value already knows what unit holds all prices; nothing but the state of each series is kept.
 */
export async function writeIndicators(options: IndicatorsOptions): Promise<Result<IndicatorsWritten, IndicatorProblem>> {
  const factors = options.actions === null ? ok(null) : await readPriceFactors(options.actions);
  if (!factors.ok) return factors;
  const before = await identity(options.path, options.name);
  if (!before.ok) return before;
  const surveyed = await survey({ ...options, factors: factors.value });
  if (!surveyed.ok) return surveyed;
  const session = options.session ?? (surveyed.value.utc ? 'us' : 'day');
  const written = await writeRows(options, surveyed.value, factors.value, session);
  if (!written.ok) return written;
  const after = await identity(options.path, options.name);
  if (!after.ok || after.value !== before.value) return fail({ kind: 'changed_meanwhile', path: options.name });
  const withoutActions = [...surveyed.value.symbols]
    .map((symbol) => symbol || (options.symbol ?? ''))
    .filter((symbol) => factors.value !== null && !factors.value.has(symbol));
  return ok({ survey: surveyed.value, session, withoutActions });
}

async function identity(path: string, name: string): Promise<Result<string, IndicatorProblem>> {
  try {
    const { size, mtimeMs, ino } = await stat(path);
    return ok(`${size} ${mtimeMs} ${ino}`);
  } catch (error) {
    return fail(fileProblem(error, name, 'a file of bars'));
  }
}

async function writeRows(
  options: IndicatorsOptions,
  known: Survey,
  factors: PriceFactors | null,
  session: SessionRule,
): Promise<Result<number, IndicatorProblem>> {
  const { output, requested, onRows } = options;
  const fields = fieldsOf(requested);
  const columns = requested.flatMap((one) => one.columns);
  const units = requested.flatMap(({ calculation }) => calculation.outputs.map(({ unit }) => unitSize(unit, known)));
  const series = new Map<string, Series>();
  const barOf = barReader(fields, known, session, (symbol) => factors?.get(symbol || (options.symbol ?? '')) ?? null);
  let rows = 0;
  return readTable(
    { ...options, order: known.order, fields: () => fields },
    {
      header(_, text, ending) {
        output.write(`${text},${columns.join(',')}${ending}\n`);
        return null;
      },
      row(row) {
        let one = series.get(row.symbol);
        if (one === undefined) {
          one = new Series(requested);
          series.set(row.symbol, one);
        }
        one.update(barOf(row));
        const cells = one.read().map((value, i) => (value === null ? '' : String(value / (units[i] ?? 1))));
        output.write(`${row.text},${cells.join(',')}${row.ending}\n`);
        if (++rows % PROGRESS_ROWS === 0) onRows?.(rows, known.rows);
        return null;
      },
      breathe: () => output.drained(),
    },
  );
}

const unitSize = (unit: 'price' | 'shares' | 'plain', known: Survey): number =>
  unit === 'plain' ? 1 : Number(`1e${unit === 'price' ? known.priceUnit : known.volumeUnit}`);

/** Makes bars of rows: whole units, adjusted where factors say so, each in its session. */
function barReader(
  fields: readonly BarField[],
  { priceUnit, volumeUnit, shape }: Survey,
  session: SessionRule,
  factorsOf: (symbol: string) => Parameters<typeof factorOn>[0] | null,
) {
  const has = (field: BarField): boolean => fields.includes(field) && shape.fields[field] !== undefined;
  return (row: TableRow) => {
    const { day, regular } = sessionOf(row.ms, row.timed, row.utc, session);
    const factors = factorsOf(row.symbol);
    const factor = factors === null ? null : factorOn(factors, day);
    const units = (field: BarField): number => {
      const number = has(field) ? row.numbers[fields.indexOf(field)] : undefined;
      if (number === undefined) return 0;
      const raw = unitsOf(number, field === 'volume' ? volumeUnit : priceUnit);
      if (factor === null) return raw;
      return Math.round(raw * (field === 'volume' ? factor.shares : factor.price));
    };
    return {
      open: units('open'),
      high: units('high'),
      low: units('low'),
      close: units('close'),
      volume: units('volume'),
      session: day,
      regular,
    };
  };
}
