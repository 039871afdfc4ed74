import { fail, ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';

/** A date written in a table of rules, "2018-05-22". */
export type IsoDate = `${number}-${number}-${number}`;

/** A rule with its span: `from` inclusive, `to` exclusive, null while nothing has replaced it. */
export type DatedRow = { readonly from: IsoDate; readonly to: IsoDate | null; readonly source: string };

/** All the rows of one rule, oldest first and without overlap; `rule` names it in a failure. */
export type DatedTable<Row extends DatedRow> = { readonly rule: string; readonly rows: readonly Row[] };

export type NoRule = { readonly kind: 'no_rule'; readonly rule: string; readonly date: SessionDate };

/** Whether the row holds on that date. Dates of this shape sort as text. */
export const holdsOn = (row: DatedRow, date: SessionDate): boolean => row.from <= date && (row.to === null || date < row.to);

/** The row that holds on that date. A date without one is an error: the nearest row is never taken instead. */
export function inForce<Row extends DatedRow>(table: DatedTable<Row>, date: SessionDate): Result<Row, NoRule> {
  const row = table.rows.find((candidate) => holdsOn(candidate, date));
  return row === undefined ? fail({ kind: 'no_rule', rule: table.rule, date }) : ok(row);
}
