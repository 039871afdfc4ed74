import type { Entry, EventKind } from '#domain/events/event';
import type { Names } from '#main/record/names';
import type { Rows } from '#main/record/rows';

/** Makes rows of entries. What it knows follows from the entries alone, so that a fold that begins anew comes to the same. */
export type Fold = {
  readonly names: Names;
  /** Kinds of entries that it needs to see even if their rows are there already; null for all. */
  readonly remembers: ReadonlySet<EventKind> | null;
  /** Kinds that it makes rows of, or needs to see; null for all. */
  readonly reads: ReadonlySet<EventKind> | null;
  /** Every entry in order; `rows` is null for those whose rows are there already. */
  see(entry: Entry, rows: Rows | null): void;
  /** Everything that it has held back, before a batch ends. */
  flush?(rows: Rows): void;
};
