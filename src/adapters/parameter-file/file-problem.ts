/** Why a file of parameters is not taken: where, under which key, and what was expected there. Lines and columns from 1. */
export type FileProblem =
  | { readonly kind: 'unreadable'; readonly file: string; readonly code: string }
  | {
      readonly kind: 'not_understood';
      readonly file: string;
      readonly line: number;
      readonly column: number;
      /** '' where it is about the whole file. */
      readonly key: string;
      readonly expected: string;
    };

/** One line for people. */
export function fileProblemText(problem: FileProblem): string {
  if (problem.kind === 'unreadable') return `${problem.file} cannot be used (${problem.code})`;
  const { file, line, column, key, expected } = problem;
  return `${file}:${line}:${column}: ${key === '' ? '' : `${key}: `}expected ${expected}`;
}
