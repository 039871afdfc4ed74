import type { BarRows, TickerTable } from '#adapters/files/bar-rows';
import type { Split } from '#adapters/files/corporate-actions';
import type { BarLabel } from '#adapters/files/csv-bars';
import type { Resolution } from '#adapters/files/csv-header';
import type { RefusedRows } from '#adapters/files/refused-rows';
import type { Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';
import type { BarProblem } from '#main/bars/bar-problem';
import type { Teaching } from '#main/bars/teaching-sessions';

export type BarsRequest = {
  readonly path: string;
  readonly barLabel: BarLabel;
  /** Bars of a minute unless it says otherwise. */
  readonly resolution?: Resolution;
  /** First and last date wanted, both inclusive. */
  readonly from?: SessionDate;
  readonly to?: SessionDate;
  /** Which sessions before the range teach; without it, all that are wanted are given. */
  readonly teach?: Teaching;
  /** A file of splits; a store has its own. */
  readonly actions?: string;
};

/** Where sessions come from: a store, a folder of sessions, or files read whole. */
export type SessionReader = {
  readonly sessions: readonly SessionDate[];
  readonly tickers: TickerTable;
  /** Names of the files by the number that rows carry. */
  readonly files: readonly string[];
  readonly splits: readonly Split[];
  readonly refused: RefusedRows;
  /** Files that were left out because their date is no session. */
  readonly skipped: readonly string[];
  /** The rows hold until the next session is read. */
  read(date: SessionDate): Promise<Result<BarRows, BarProblem>>;
  /** Earlier sessions that lie there and are not asked for. */
  readonly unused?: number;
  close(): Promise<void>;
};

/** Why bars of that kind are no answer to the request; null when they are. */
export function otherKind(found: Resolution, { resolution = 'minute' }: BarsRequest, path: string): BarProblem | null {
  if (found === resolution) return null;
  return { kind: found === 'daily' ? 'daily_bars' : 'minute_bars', path };
}

export const wanted = (date: SessionDate, { from, to }: BarsRequest): boolean =>
  (from === undefined || date >= from) && (to === undefined || date <= to);
