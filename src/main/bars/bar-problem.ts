import type { ParquetProblem } from '#adapters/duckdb/parquet-to-csv';
import type { StoreProblem } from '#adapters/duckdb/store-manifest';
import type { LockProblem } from '#adapters/duckdb/store-swap';
import type { ActionsProblem } from '#adapters/files/corporate-actions';
import type { FileProblem } from '#adapters/files/file-problem';
import { unreachable } from '#domain/values/assert';
import type { SessionDate } from '#domain/values/session-date';

type Resolution = 'minute' | 'daily';

/** Everything for which bars cannot be opened, loaded or imported. */
export type BarProblem =
  | FileProblem
  | ParquetProblem
  | StoreProblem
  | LockProblem
  | ActionsProblem
  | { readonly kind: 'daily_bars'; readonly path: string }
  | { readonly kind: 'minute_bars'; readonly path: string }
  | { readonly kind: 'no_sessions'; readonly path: string; readonly from: string | null; readonly to: string | null }
  | { readonly kind: 'unknown_session'; readonly date: SessionDate; readonly first: SessionDate | null; readonly last: SessionDate | null }
  | { readonly kind: 'out_of_order'; readonly date: SessionDate; readonly next: SessionDate | null }
  | { readonly kind: 'session_damaged'; readonly path: string; readonly found: string }
  | { readonly kind: 'resolution_differs'; readonly path: string; readonly holds: Resolution; readonly wanted: Resolution }
  | { readonly kind: 'not_a_store'; readonly path: string }
  | { readonly kind: 'nothing_to_import'; readonly refusedFiles: number; readonly refusedRows: number }
  | { readonly kind: 'sessions_already_stored'; readonly dates: readonly SessionDate[] }
  | { readonly kind: 'loader_stopped'; readonly reason: string };

/** The problem in a sentence that says what was expected. */
export function barProblemText(problem: BarProblem): string {
  switch (problem.kind) {
    case 'not_found':
      return `${problem.path} does not exist; expected ${problem.expected}.`;
    case 'no_permission':
      return `${problem.path} may not be read by this user.`;
    case 'read_failed':
      return `${problem.path} could not be read (${problem.code}).`;
    case 'damaged_gzip':
      return `${problem.path} is damaged or cut off: it is no complete gzip file (${problem.code}).`;
    case 'too_many_rows':
      return `${problem.path} holds more than ${problem.max} rows: import it first (catalyst data import).`;
    case 'other_shape':
      return `${problem.path} is of another shape: expected ${problem.expected}, found ${problem.found}.`;
    case 'unreadable_parquet':
      return `${problem.path} is not a readable Parquet file: ${problem.reason}`;
    case 'no_store':
      return `${problem.path} is not a store of bars: it has no catalyst-store.json.`;
    case 'store_unreadable':
      return `The store ${problem.path} cannot be used: ${problem.reason}.`;
    case 'store_schema':
      return `The store ${problem.path} has schema ${problem.schema}; this version reads schema ${problem.supported}.`;
    case 'import_running':
      return `Another import into ${problem.store} is running (process ${problem.pid}).`;
    case 'bad_action':
      return `Line ${problem.line} of ${problem.path} is no corporate action: "${problem.found}".`;
    case 'daily_bars':
      return `${problem.path} holds daily bars; a day is traded on bars of a minute.`;
    case 'minute_bars':
      return `${problem.path} holds bars of a minute; days are scanned on daily bars (symbol,date,open,high,low,close,volume).`;
    case 'no_sessions':
      return `${problem.path} has no session ${span(problem.from, problem.to)}.`;
    case 'unknown_session':
      return `There is no session ${problem.date} here${problem.first === null ? '' : `; sessions go from ${problem.first} to ${problem.last}`}.`;
    case 'out_of_order':
      return `Sessions are loaded once each and oldest first: ${problem.date} was asked for, next is ${problem.next ?? 'none'}.`;
    case 'session_damaged':
      return `${problem.path} is damaged: ${problem.found}. Import that session again with --replace.`;
    case 'resolution_differs':
      return `${problem.path} holds ${bars(problem.holds)}, not ${bars(problem.wanted)}: a store holds one kind.`;
    case 'not_a_store':
      return `${problem.path} exists and is not a store of bars: choose another folder.`;
    case 'nothing_to_import':
      return `Nothing to import: ${problem.refusedFiles} files and ${problem.refusedRows} rows were refused.`;
    case 'sessions_already_stored':
      return `The store has these sessions already (--replace puts new ones in their place): ${someOf(problem.dates)}.`;
    case 'loader_stopped':
      return `The loader of bars stopped: ${problem.reason}`;
    default:
      return unreachable(problem);
  }
}

const bars = (resolution: Resolution): string => (resolution === 'daily' ? 'daily bars' : 'bars of a minute');
const span = (from: string | null, to: string | null): string =>
  `${from === null ? '' : `from ${from} `}${to === null ? '' : `up to ${to}`}`.trim() || 'at all';
const someOf = (dates: readonly SessionDate[]): string =>
  dates.length <= 5 ? dates.join(', ') : `${dates.slice(0, 4).join(', ')} … ${dates.at(-1)} (${dates.length})`;

/** What a bar source throws when a session cannot be loaded. */
export class BarsFailed extends Error {
  readonly problem: BarProblem;

  constructor(problem: BarProblem) {
    super(barProblemText(problem));
    this.name = 'BarsFailed';
    this.problem = problem;
  }
}
