import type { Factor, PriceFactors } from '#adapters/files/price-factors';
import type { DateOrder } from '#adapters/files/time-text';
import type { BarField } from '#domain/indicators/calculation';
import type { Requested } from '#domain/indicators/requested';
import { fail, ok, type Result } from '#domain/values/result';
import type { IndicatorProblem } from '#main/indicators/indicator-problem';
import { bad, readTable, type TableOptions } from '#main/indicators/read-table';
import type { TableShape } from '#main/indicators/table-shape';

/** What must be known of a whole file before the first bar of it can be calculated. */
export type Survey = {
  readonly rows: number;
  readonly order: DateOrder;
  readonly shape: TableShape;
  readonly timed: boolean;
  readonly utc: boolean;
  /** A unit of a price is 10^−`priceUnit`, one of a volume 10^−`volumeUnit`. */
  readonly priceUnit: number;
  readonly volumeUnit: number;
  /** Whether digits were finer than the unit. */
  readonly roundedPrices: boolean;
  readonly roundedVolumes: boolean;
  /** Bars whose open or close lies outside of low and high; they are taken as they are. */
  readonly outside: number;
  readonly symbols: ReadonlySet<string>;
};

export type SurveyOptions = Omit<TableOptions, 'order' | 'fields'> & {
  readonly requested: readonly Requested[];
  readonly factors: PriceFactors | null;
};

type Extent = { max: number; places: number; line: number };
const extent = (): Extent => ({ max: 0, places: 0, line: 0 });

/** An adjusted price is rounded to six digits more than the file has. */
const ADJUSTED_MORE = 6;
const UNIT_MAX = 15;

/** The fields that the calculations need, in a fixed order. */
export function fieldsOf(requested: readonly Requested[]): readonly BarField[] {
  const all = new Set(requested.flatMap(({ needs }) => needs));
  return (['open', 'high', 'low', 'close', 'volume'] as const).filter((field) => all.has(field));
}

/** Reads the whole file once: whether each series is in order, and which unit holds every price of it. */
export async function survey(options: SurveyOptions): Promise<Result<Survey, IndicatorProblem>> {
  const first = await surveyIn(options, 'month_first');
  if (first.ok || first.problem.kind !== 'bad_line') return first;
  // 13/1/2017: such a file has the day first. Any other fault is told as it was found first.
  const second = await surveyIn(options, 'day_first');
  if (second.ok) return second;
  return second.problem.kind === 'bad_line' && second.problem.line > first.problem.line ? second : first;
}

async function surveyIn(options: SurveyOptions, order: DateOrder): Promise<Result<Survey, IndicatorProblem>> {
  const { name, requested, factors } = options;
  const fields = fieldsOf(requested);
  const [prices, volumes] = [extent(), extent()];
  const newest = new Map<string, { ms: number; line: number }>();
  let shape: TableShape | null = null;
  let [rows, outside, timed, utc] = [0, 0, false, false];
  const read = await readTable(
    { ...options, order, fields: () => fields },
    {
      header(found) {
        shape = found;
        return missingField(found, options) ?? takenColumn(found, options);
      },
      row(row) {
        const before = newest.get(row.symbol);
        if (before !== undefined && row.ms <= before.ms) {
          const of = row.symbol === '' ? '' : ` of ${row.symbol}`;
          const what =
            row.ms === before.ms ? `the same time${of} as line ${before.line}` : `a time before that${of} on line ${before.line}`;
          return bad(name, row.line, `${what}: bars must come oldest first, each once`);
        }
        if (rows > 0 && (row.timed !== timed || row.utc !== utc))
          return bad(name, row.line, 'its time is written in another way than those before');
        newest.set(row.symbol, { ms: row.ms, line: row.line });
        [timed, utc] = [row.timed, row.utc];
        rows++;
        for (const [i, number] of row.numbers.entries()) {
          const of = fields[i] === 'volume' ? volumes : prices;
          if (Math.abs(number.value) > of.max) [of.max, of.line] = [Math.abs(number.value), row.line];
          if (number.places > of.places) of.places = number.places;
        }
        const value = (field: BarField): number | undefined => row.numbers[fields.indexOf(field)]?.value;
        const [high, low] = [value('high'), value('low')];
        if (high === undefined || low === undefined) return null;
        if (high < low) return bad(name, row.line, `high ${high} lies below low ${low}`);
        for (const at of [value('open'), value('close')]) if (at !== undefined && (at > high || at < low)) outside++;
        return null;
      },
    },
  );
  if (!read.ok) return read;
  if (shape === null || rows === 0) return fail({ kind: 'no_rows', path: name, symbol: options.symbol });
  const adjusted = factors !== null && [...newest.keys()].some((symbol) => factors.has(symbol || (options.symbol ?? '')));
  const summed = Math.max(1, ...requested.map(({ calculation, values }) => calculation.summed?.(values) ?? 1));
  const priceUnit = unitFor(prices, summed * (adjusted ? mostOf(factors, ({ price }) => price) : 1), adjusted ? ADJUSTED_MORE : 0);
  const volumeUnit = unitFor(volumes, adjusted ? mostOf(factors, ({ shares }) => shares) : 1, 0);
  if (priceUnit === null) return tooLarge(prices, summed === 1 ? 'is' : `summed over ${summed} bars is`, options);
  if (volumeUnit === null) return tooLarge(volumes, 'is', options);
  const survey: Survey = {
    rows,
    order,
    shape,
    timed,
    utc,
    priceUnit,
    volumeUnit,
    roundedPrices: prices.places > priceUnit,
    roundedVolumes: volumes.places > volumeUnit,
    outside,
    symbols: new Set(newest.keys()),
  };
  return ok(survey);
}

const mostOf = (factors: PriceFactors, of: (factor: Factor) => number): number =>
  Math.max(1, ...[...factors.values()].flatMap((rows) => rows.map(of)));

/** The finest unit, at most `more` digits finer than the file's, in which `times` the largest is still exact; `null` when none is. */
function unitFor({ max, places }: Extent, times: number, more: number): number | null {
  const fits = (unit: number): boolean => max * times * Number(`1e${unit}`) <= Number.MAX_SAFE_INTEGER;
  for (let unit = Math.min(UNIT_MAX, places + more); unit >= 0; unit--) if (fits(unit)) return unit;
  return null;
}

function tooLarge({ max, line }: Extent, is: string, { name }: SurveyOptions): Result<never, IndicatorProblem> {
  const found = `${max} ${is} beyond ${Number.MAX_SAFE_INTEGER}, the largest whole number that can be exact`;
  return fail({ kind: 'not_exact', path: name, line, found });
}

function missingField(shape: TableShape, { name, requested }: SurveyOptions): IndicatorProblem | null {
  for (const one of requested) {
    const field = one.needs.find((needed) => shape.fields[needed] === undefined);
    if (field !== undefined) return { kind: 'missing_field', path: name, field, wantedBy: one.text, has: shape.names };
  }
  return null;
}

function takenColumn(shape: TableShape, { name, requested }: SurveyOptions): IndicatorProblem | null {
  const column = requested.flatMap(({ columns }) => columns).find((one) => shape.names.includes(one));
  return column === undefined ? null : { kind: 'column_taken', path: name, column };
}
