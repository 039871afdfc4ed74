import type { CsvRefusal } from '#adapters/headlines/csv';

/** Why a row is not a headline. */
export type HeadlineFault = CsvRefusal['problem'] | 'wrong_cell_count' | 'bad_time' | 'bad_date' | 'no_headline' | 'bad_symbol';

/** How many rows had a fault, and where the first of them stands; lines count from 1 and the header is line 1. */
export type HeadlineTally = {
  readonly kind: HeadlineFault;
  readonly rows: number;
  readonly first: { readonly file: string; readonly line: number };
};

/** Counts refused rows by their fault, so that a file of nothing else takes no more memory than one that is right. */
export class RefusedHeadlines {
  readonly #tallies = new Map<HeadlineFault, HeadlineTally>();

  add(kind: HeadlineFault, file: string, line: number): void {
    const { rows, first } = this.#tallies.get(kind) ?? { rows: 0, first: { file, line } };
    this.#tallies.set(kind, { kind, rows: rows + 1, first });
  }

  /** In the order in which the faults were first met. */
  tallies(): readonly HeadlineTally[] {
    return [...this.#tallies.values()];
  }
}

/** What is wrong with a row, for people. */
export const headlineFaultWords: Readonly<Record<HeadlineFault, string>> = {
  open_quote: 'a quote that is never closed, or not within a million characters',
  stray_quote: 'a quote where none may stand',
  too_long: 'longer than 65,536 characters',
  wrong_cell_count: 'more or fewer columns than the header',
  bad_time: 'a time that is not ISO-8601 in UTC to the second or millisecond, or that does not exist',
  bad_date: 'no time, and no date that exists',
  no_headline: 'a headline of which nothing can be seen',
  bad_symbol: 'a symbol that is no ticker',
};
