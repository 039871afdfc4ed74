/** Why a row is not a bar. */
const rowFaults = [
  'missing_column',
  'extra_column',
  'unreadable_symbol',
  'unreadable_time',
  'not_on_a_minute',
  'closed_day',
  'outside_hours',
  'other_session',
  'blank_number',
  'unreadable_number',
  'price_not_positive',
  'price_too_high',
  'volume_negative',
  'volume_too_large',
  'ohlc_violation',
  'duplicate',
  'session_already_stored',
] as const;

export type RowFault = (typeof rowFaults)[number];

/** Where a refused row stands; lines count from 1 and the header is line 1. */
export type RefusedRow = { readonly file: string; readonly line: number };

export type FaultTally = { readonly fault: RowFault; readonly rows: number; readonly examples: readonly RefusedRow[] };

/** Counts every refused row and remembers the first few of each fault. */
export class RefusedRows {
  readonly #tallies = new Map<RowFault, { rows: number; examples: RefusedRow[] }>();
  readonly #examplesMax: number;
  total = 0;

  constructor(examplesMax = 5) {
    this.#examplesMax = examplesMax;
  }

  add(fault: RowFault, file: string, line: number): void {
    const tally = this.#tally(fault);
    tally.rows++;
    this.total++;
    if (tally.examples.length < this.#examplesMax) tally.examples.push({ file, line });
  }

  merge(tallies: readonly FaultTally[]): void {
    for (const { fault, rows, examples } of tallies) {
      const tally = this.#tally(fault);
      tally.rows += rows;
      this.total += rows;
      tally.examples.push(...examples.slice(0, this.#examplesMax - tally.examples.length));
    }
  }

  rowsOf(fault: RowFault): number {
    return this.#tallies.get(fault)?.rows ?? 0;
  }

  tallies(): readonly FaultTally[] {
    return rowFaults.flatMap((fault) => {
      const tally = this.#tallies.get(fault);
      return tally === undefined ? [] : [{ fault, rows: tally.rows, examples: [...tally.examples] }];
    });
  }

  #tally(fault: RowFault): { rows: number; examples: RefusedRow[] } {
    const known = this.#tallies.get(fault);
    if (known !== undefined) return known;
    const tally = { rows: 0, examples: [] };
    this.#tallies.set(fault, tally);
    return tally;
  }
}

/** What a row lacked, for people. */
export const faultWords: Readonly<Record<RowFault, string>> = {
  missing_column: 'fewer columns than the header',
  extra_column: 'more columns than the header',
  unreadable_symbol: 'a blank or unreadable symbol',
  unreadable_time: 'a time that is not ISO-8601 in UTC, or a date that does not exist',
  not_on_a_minute: 'a time that is not on a whole minute',
  closed_day: 'a day for which the calendar has no session',
  outside_hours: 'a minute outside of the trading hours, extended ones included',
  other_session: 'another session than the one that the file is named after',
  blank_number: 'a blank price or volume',
  unreadable_number: 'a price or volume that is not a plain decimal number',
  price_not_positive: 'a price of zero or below',
  price_too_high: 'a price beyond 214,748.3647, the largest that is stored',
  volume_negative: 'a volume below zero',
  volume_too_large: 'a volume beyond 2,147,483,647, the largest that is stored',
  ohlc_violation: 'open, high, low and close that contradict each other',
  duplicate: 'a bar that is there already',
  session_already_stored: 'a session that the store has already (--replace puts the new one in its place)',
};
