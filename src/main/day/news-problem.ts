import type { HeadlineFileProblem } from '#adapters/headlines/headline-file';
import type { NamesFileProblem } from '#adapters/headlines/names-file';
import type { ScratchProblem } from '#adapters/headlines/scratch-file';
import { unreachable } from '#domain/values/assert';

/** Everything for which headlines cannot be read, put aside or told. */
export type NewsProblem = HeadlineFileProblem | NamesFileProblem | ScratchProblem;

/** The problem in a sentence that says what was expected. */
export function newsProblemText(problem: NewsProblem): string {
  switch (problem.kind) {
    case 'unreadable_file':
      return `${problem.file} could not be read (${problem.code})`;
    case 'not_a_headline_file':
    case 'not_a_names_file':
      return `${problem.file} is of another shape: expected ${problem.expected}, found ${problem.received}`;
    case 'unusable_scratch':
      return `headlines could not be put aside in ${problem.folder} (${problem.code}); TMPDIR may name another folder for temporary files`;
    default:
      return unreachable(problem);
  }
}

/** What a run throws when the headlines of a session cannot be read back. */
export class NewsFailed extends Error {
  readonly problem: NewsProblem;

  constructor(problem: NewsProblem) {
    super(newsProblemText(problem));
    this.name = 'NewsFailed';
    this.problem = problem;
  }
}
