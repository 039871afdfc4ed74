import type { BadLine } from '#adapters/files/csv-lines';
import type { FileProblem } from '#adapters/files/file-problem';
import { barProblemText } from '#main/bars/bar-problem';

/** Why a file is no series of returns that can be measured. */
export type SeriesProblem =
  | FileProblem
  | BadLine
  | { readonly kind: 'bad_columns'; readonly path: string; readonly found: string; readonly columns: readonly string[] }
  | { readonly kind: 'too_short'; readonly path: string; readonly found: string }
  | { readonly kind: 'unaligned'; readonly date: string; readonly in: string; readonly line: number; readonly not: string };

export function seriesProblemText(problem: SeriesProblem): string {
  switch (problem.kind) {
    case 'bad_line':
      return `${problem.path}:${problem.line}: ${problem.found}.`;
    case 'bad_columns':
      return `${problem.path}: ${problem.found}; its columns are: ${problem.columns.map((name) => name || '(no name)').join(', ')}.`;
    case 'too_short':
      return `${problem.path} ${problem.found}.`;
    case 'unaligned':
      return `${problem.not} has no return of ${problem.date}, which ${problem.in} has (line ${problem.line}): both must hold the same dates, so cut them to those they share.`;
    default:
      return barProblemText(problem);
  }
}
