import type { BadLine } from '#adapters/files/csv-lines';
import type { BarField } from '#domain/indicators/calculation';
import { type BarProblem, barProblemText } from '#main/bars/bar-problem';

/** Why the indicators of a file cannot be written. */
export type IndicatorProblem =
  | BarProblem
  | BadLine
  | { readonly kind: 'bad_header'; readonly path: string; readonly found: string; readonly header: string }
  | {
      readonly kind: 'missing_field';
      readonly path: string;
      readonly field: BarField;
      readonly wantedBy: string;
      readonly has: readonly string[];
    }
  | { readonly kind: 'column_taken'; readonly path: string; readonly column: string }
  | { readonly kind: 'no_rows'; readonly path: string; readonly symbol: string | null }
  | { readonly kind: 'not_exact'; readonly path: string; readonly line: number; readonly found: string }
  | { readonly kind: 'not_written'; readonly path: string; readonly code: string }
  | { readonly kind: 'no_file'; readonly path: string }
  | { readonly kind: 'changed_meanwhile'; readonly path: string };

export function indicatorProblemText(problem: IndicatorProblem): string {
  switch (problem.kind) {
    case 'bad_line':
      return `${problem.path}:${problem.line}: ${problem.found}.`;
    case 'bad_header':
      if (problem.header === '') return `${problem.path}:1: ${problem.found}; the first line must name the columns.`;
      return `${problem.path}:1: ${problem.found}; the first line must name the columns, and is "${problem.header}".`;
    case 'missing_field':
      return `${problem.path} has no column ${problem.field}, which ${problem.wantedBy} needs; its columns are ${problem.has.join(', ')}.`;
    case 'column_taken':
      return `${problem.path} has a column ${problem.column} already; leave that calculation out, or take a file without it.`;
    case 'no_rows':
      return problem.symbol === null
        ? `${problem.path} has a header and no bars.`
        : `${problem.path} has no bars of ${problem.symbol}; symbols are written as in the file.`;
    case 'not_exact':
      return `${problem.path}:${problem.line}: ${problem.found}.`;
    case 'not_written':
      return `${problem.path} could not be written (${problem.code})${problem.code === 'ENOSPC' ? ': the disk is full' : ''}.`;
    case 'no_file':
      return `${problem.path} is no plain file; it is read twice, so write it to one first.`;
    case 'changed_meanwhile':
      return `${problem.path} changed while it was read; try again when nothing writes to it.`;
    default:
      return barProblemText(problem);
  }
}
