import type { Entry } from '#domain/events/event';

/** How the questions of a session ended, and what became of the answers. All of `asked` are answered, expired or withdrawn. */
export type QuestionCounts = {
  readonly asked: number;
  readonly answered: number;
  readonly expired: number;
  readonly withdrawn: number;
  readonly overrides: number;
  readonly refusedAnswers: number;
};

export const noQuestions: QuestionCounts = { asked: 0, answered: 0, expired: 0, withdrawn: 0, overrides: 0, refusedAnswers: 0 };

const names = [
  'asked',
  'answered',
  'expired',
  'withdrawn',
  'overrides',
  'refusedAnswers',
] as const satisfies readonly (keyof QuestionCounts)[];

/** Counts a session's questions from its entries. */
export class QuestionTally {
  #counts: QuestionCounts = noQuestions;
  /** Request that the newest answer came with. */
  #answer = 0;

  see({ cause, event }: Entry): void {
    switch (event.kind) {
      case 'session_opened':
        this.#counts = noQuestions;
        return;
      case 'question_asked':
        return this.#add('asked');
      case 'question_settled':
        this.#add(event.settlement);
        if (event.override) this.#add('overrides');
        return;
      case 'answer_given':
        this.#answer = cause;
        return;
      case 'request_refused':
        if (event.request === this.#answer) this.#add('refusedAnswers');
        return;
      default:
        return;
    }
  }

  get counts(): QuestionCounts {
    return this.#counts;
  }

  #add(name: keyof QuestionCounts): void {
    this.#counts = { ...this.#counts, [name]: this.#counts[name] + 1 };
  }
}

/** The counts of several sessions as one. */
export const totalOf = (all: readonly QuestionCounts[]): QuestionCounts =>
  all.reduce((sum, each) => {
    const added = { ...sum };
    for (const name of names) Object.assign(added, { [name]: sum[name] + each[name] });
    return added;
  }, noQuestions);

/** In words, for people; null when nothing was asked. */
export function countsText({ asked, answered, expired, withdrawn, overrides, refusedAnswers }: QuestionCounts): string | null {
  if (asked === 0 && refusedAnswers === 0) return null;
  return `${asked} ${asked === 1 ? 'question' : 'questions'}: ${answered} answered (${overrides} against the recommendation), ${expired} expired, ${withdrawn} withdrawn; ${refusedAnswers} answers refused.`;
}
