import type { BarLabel } from '#adapters/files/csv-bars';
import type { Resolution } from '#adapters/files/csv-header';
import type { FaultTally, RefusedRow } from '#adapters/files/refused-rows';
import type { SessionDate } from '#domain/values/session-date';

/** So many examples and worst cases are kept of each finding. */
export const EXAMPLES_MAX = 10;

/** How many there are of something, and the first or worst of them. */
export type Findings<Example> = { readonly count: number; readonly examples: readonly Example[] };

/** Minutes without a bar between two bars of a symbol in the regular hours of a session. */
export type Gap = { readonly symbol: string; readonly date: SessionDate; readonly fromMinute: number; readonly minutes: number };

/** Prices of 1e-4 before and after; overnight the one before is divided by the ratio of a split. */
export type Jump = {
  readonly symbol: string;
  readonly date: SessionDate;
  readonly minute: number;
  readonly before: number;
  readonly after: number;
};

/** The median over symbols of a session's volume against the same symbol's five sessions before. */
export type VolumeShift = { readonly date: SessionDate; readonly times: number; readonly symbols: number };

/** Regular hours in which no symbol has a bar at the beginning or the end. */
export type IncompleteSession = {
  readonly date: SessionDate;
  readonly firstMinute: number;
  readonly lastMinute: number;
  readonly openMinute: number;
  readonly closeMinute: number;
};

/** A symbol without a bar after that session, though the import goes on. */
export type StoppedSymbol = { readonly symbol: string; readonly last: SessionDate };

export type Quality = {
  /** Minutes without a bar in all; the examples are the longest gaps. */
  readonly gaps: Findings<Gap>;
  readonly disorder: Findings<RefusedRow>;
  /** From one bar to the next within a session: more than 20 %. */
  readonly jumps: Findings<Jump>;
  /** From the last close to the next open: more than 40 % without a split. */
  readonly overnightJumps: Findings<Jump>;
  readonly volumeShifts: readonly VolumeShift[];
  readonly incomplete: readonly IncompleteSession[];
  readonly stopped: readonly StoppedSymbol[];
};

export type ReadFile = { readonly path: string; readonly rows: number };
export type RefusedFile = { readonly path: string; readonly kind: string; readonly because: string };

/** What an import read, kept and found. Rows read are rows kept and rows refused, none are missing. */
export type ImportReport = {
  readonly number: number;
  /** ISO-8601, UTC. */
  readonly at: string;
  readonly resolution: Resolution;
  readonly barLabel: BarLabel;
  readonly files: readonly ReadFile[];
  readonly refusedFiles: readonly RefusedFile[];
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly rowsRefused: number;
  readonly refused: readonly FaultTally[];
  /** Prices with digits finer than 1e-4, rounded half to even. */
  readonly pricesRounded: number;
  readonly added: readonly SessionDate[];
  readonly replaced: readonly SessionDate[];
  /** Sessions refused because the store has them. */
  readonly kept: readonly SessionDate[];
  /** Sessions of the calendar between the first and last of the store that it does not have. */
  readonly missing: readonly SessionDate[];
  readonly splits: number;
  readonly quality: Quality;
};
