import type { FileProblem } from '#adapters/parameter-file/file-problem';
import { type ParsedFile, parseFile } from '#adapters/parameter-file/parsed-file';
import { readText } from '#adapters/parameter-file/read-settings';
import { type CallPrice, type CostPlan, type FixedLine, type ModelPrice, type Phase, phases } from '#domain/costs/cost-plan';
import { type PicoDollars, parseDollars, pico } from '#domain/costs/pico-dollars';
import { fieldIn } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';
import { parseSessionDate, type SessionDate } from '#domain/values/session-date';

/** Dollars a month by phase: mission section 1. */
const usualBudgets = { 1: 63, 2: 249, 3: 389, 4: 429 } as const;

/** The file of costs: what is paid each month, what each use costs from which day on, and which phase it is. */
export function readCostFile(file: string): Result<CostPlan, FileProblem> {
  const text = readText(file);
  return text.ok ? costPlanIn(file, text.value) : text;
}

/** The same for a text that was read. */
export function costPlanIn(file: string, text: string): Result<CostPlan, FileProblem> {
  const parsed = parseFile(file, text);
  if (!parsed.ok) return parsed;
  const read = new Reading(parsed.value);
  const top = read.record([], ['phases', 'budgets', 'fixed', 'models', 'calls']);
  const plan: CostPlan = {
    phases: read.list(top, ['phases'], ['phase', 'from']).map((row) => ({ phase: row.phase('phase'), from: row.date('from') })),
    budgets: read.budgets(top),
    fixed: read.list(top, ['fixed'], ['line', 'monthly', 'from', 'to']).map(fixedLine),
    models: read.list(top, ['models'], ['provider', 'model', 'from', 'input', 'cached', 'output']).map(modelPrice),
    calls: read.list(top, ['calls'], ['vendor', 'endpoint', 'from', 'each']).map(callPrice),
  };
  if (plan.phases.length === 0) read.refuse(['phases'], 'at least one, such as {phase: 1, from: 2026-01-01}');
  return read.problem === null ? ok(plan) : fail(read.problem);
}

const fixedLine = (row: Row): FixedLine => {
  const from = row.date('from');
  return { line: row.text('line'), monthly: row.dollars('monthly'), from, to: row.has('to') ? row.dateSince('to', from) : null };
};

const modelPrice = (row: Row): ModelPrice => ({
  provider: row.text('provider'),
  model: row.text('model'),
  from: row.date('from'),
  input: row.tokenPrice('input'),
  cached: row.tokenPrice('cached'),
  output: row.tokenPrice('output'),
});

const callPrice = (row: Row): CallPrice => ({
  vendor: row.text('vendor'),
  endpoint: row.has('endpoint') ? row.text('endpoint') : null,
  from: row.date('from'),
  each: row.dollars('each'),
});

type Path = readonly PropertyKey[];

/** Reads values and keeps the first problem; what was not understood stands in as something harmless until then. */
class Reading {
  readonly #parsed: ParsedFile;
  readonly #whole: unknown;
  problem: FileProblem | null = null;

  constructor(parsed: ParsedFile) {
    this.#parsed = parsed;
    this.#whole = parsed.document.toJS({ maxAliasCount: 0 }) ?? {};
  }

  refuse(path: Path, expected: string): void {
    this.problem ??= this.#parsed.at(path, expected);
  }

  /** What stands at a path, which has no other names than these. */
  record(path: Path, names: readonly string[]): unknown {
    const found = path.reduce<unknown>((at, name) => fieldIn(at, String(name)), this.#whole);
    if (typeof found !== 'object' || found === null || Array.isArray(found)) this.refuse(path, `names with values: ${names.join(', ')}`);
    else for (const name of Object.keys(found)) if (!names.includes(name)) this.refuse([...path, name], `one of ${names.join(', ')}`);
    return found;
  }

  list(top: unknown, path: Path, names: readonly string[]): readonly Row[] {
    const found = fieldIn(top, String(path[0])) ?? [];
    if (Array.isArray(found)) return found.map((_, place) => new Row(this, [...path, place], this.record([...path, place], names)));
    this.refuse(path, 'a list, each line of it begun with a dash');
    return [];
  }

  budgets(top: unknown): CostPlan['budgets'] {
    const given = fieldIn(top, 'budgets') === null ? null : this.record(['budgets'], phases.map(String));
    const row = new Row(this, ['budgets'], given);
    const of = (phase: Phase): PicoDollars =>
      row.has(String(phase)) ? row.dollars(String(phase)) : pico(BigInt(usualBudgets[phase]) * 1_000_000_000_000n);
    return { 1: of(1), 2: of(2), 3: of(3), 4: of(4) };
  }
}

const MILLIONTH = 1_000_000n;

class Row {
  readonly #reading: Reading;
  readonly #path: Path;
  readonly #given: unknown;

  constructor(reading: Reading, path: Path, given: unknown) {
    this.#reading = reading;
    this.#path = path;
    this.#given = given;
  }

  has(name: string): boolean {
    return fieldIn(this.#given, name) !== null;
  }

  text(name: string): string {
    const found = fieldIn(this.#given, name);
    if (typeof found === 'string' && found !== '' && found.length <= 100) return found;
    return this.#refused(name, 'a name of at most 100 characters', '');
  }

  date(name: string): SessionDate {
    const found = fieldIn(this.#given, name);
    const date = typeof found === 'string' ? parseSessionDate(found) : null;
    return date ?? this.#refused(name, 'a date such as 2026-11-01', '1970-01-01' as SessionDate);
  }

  /** One that ended before it began would cost nothing, and nobody would see why. */
  dateSince(name: string, first: SessionDate): SessionDate {
    const date = this.date(name);
    return date >= first ? date : this.#refused(name, `a date not before ${first}, where it begins`, date);
  }

  phase(name: string): Phase {
    const found = fieldIn(this.#given, name);
    return phases.find((phase) => phase === found) ?? this.#refused(name, 'a phase from 1 to 4', 1);
  }

  dollars(name: string): PicoDollars {
    const found = fieldIn(this.#given, name);
    const amount = typeof found === 'number' || typeof found === 'string' ? parseDollars(String(found)) : null;
    return amount ?? this.#refused(name, 'dollars such as 12.50, or "0.0000001" in quotes when there are many decimals', pico(0n));
  }

  /** For a million tokens: so that one token has a whole number of units. */
  tokenPrice(name: string): PicoDollars {
    const price = this.dollars(name);
    return price % MILLIONTH === 0n ? price : this.#refused(name, 'dollars for a million tokens, with at most six decimals', pico(0n));
  }

  #refused<Value>(name: string, expected: string, harmless: Value): Value {
    this.#reading.refuse([...this.#path, name], expected);
    return harmless;
  }
}
