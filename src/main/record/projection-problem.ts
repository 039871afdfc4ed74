import { describe, type JournalProblem } from '#engine/journal/problems';
import type { Projection } from '#main/record/tables';

/** Why a projection does not go on. */
export type ProjectionProblem =
  | JournalProblem
  | { readonly kind: 'no_run'; readonly directory: string }
  | { readonly kind: 'another_journal'; readonly name: string }
  /** What the database has read to and what the journal holds there are not the same; `found` is null where the journal ends before. */
  | { readonly kind: 'journal_replaced'; readonly projection: Projection; readonly sequence: number; readonly found: string | null }
  | { readonly kind: 'projector_at_work'; readonly projection: Projection; readonly pid: number }
  /** The database lost what it had confirmed; whoever begins anew goes on from where it stands now. */
  | { readonly kind: 'record_moved'; readonly why: string }
  | { readonly kind: 'database_away'; readonly why: string }
  /** The database refused what it was given: a mistake of ours, or its schema is another. */
  | {
      readonly kind: 'rows_refused';
      readonly projection: Projection;
      readonly after: number;
      readonly to: number;
      readonly state: string;
      readonly why: string;
    };

/** Ends a projection; `problem` says why. */
export class ProjectionStopped extends Error {
  override readonly name = 'ProjectionStopped';
  readonly problem: ProjectionProblem;

  constructor(problem: ProjectionProblem) {
    super(problemText(problem));
    this.problem = problem;
  }
}

/** One sentence for people: what happened, and what to do. */
export function problemText(problem: ProjectionProblem): string {
  switch (problem.kind) {
    case 'no_run':
      return `the journal in ${problem.directory} does not begin with a run`;
    case 'another_journal':
      return `another journal has the name ${problem.name} in the record; give this one a name of its own with --as`;
    case 'journal_replaced': {
      const { projection, sequence, found } = problem;
      return `the record (${projection}) was made of a journal that is not this one any more: it ${changeText(sequence, found)}; build it anew with catalyst db rebuild --changed`;
    }
    case 'projector_at_work': {
      const { projection, pid } = problem;
      return `somebody is writing the ${projection} of this journal already (process ${pid} of the server); wait for it or end it`;
    }
    case 'record_moved':
      return `${problem.why}: it was put back, or its server lost what it had confirmed; run the same command again`;
    case 'database_away':
      return `the database cannot be reached: ${problem.why}`;
    case 'rows_refused': {
      const { projection, after, to, state, why } = problem;
      return `the database refused the ${projection} of entries ${after + 1} to ${to} (${state}): ${why}`;
    }
    default:
      return describe(problem);
  }
}

/** What a journal does that is not any more what the record was made of; `found` is null where it ends before that entry. */
export const changeText = (sequence: number, found: string | null): string =>
  found === null ? `ends before entry ${sequence}` : `holds another entry ${sequence}`;
