import type { EventOf } from '#domain/events/event';
import type { RequestFault } from '#domain/events/request';
import type { Question, Settlement } from '#domain/session/question';

/** A question that was asked in this session, and how it ended; null while it is open. */
export type AskedQuestion = { readonly question: Question; settlement: Settlement | null };

export type AnswerFault = { readonly fault: RequestFault; readonly detail: string };

/** Why an answer does not count; null when it does. Source: failure catalogue J1 to J5. */
export function answerFault(
  answer: EventOf<'answer_given'>,
  asked: AskedQuestion | undefined,
  operators: readonly string[],
): AnswerFault | null {
  if (asked === undefined) return { fault: 'unknown_question', detail: 'no question of this session has that number' };
  const { question, settlement } = asked;
  if (settlement === 'answered') return { fault: 'already_answered', detail: 'one answer counts, and it has been given' };
  if (settlement === 'expired') return { fault: 'too_late', detail: 'the time for an answer had passed' };
  if (settlement === 'withdrawn') return { fault: 'too_late', detail: 'the question had been withdrawn' };
  if (answer.terms !== question.terms) return { fault: 'changed_terms', detail: 'the answer names other terms than the question' };
  if (!question.options.some(({ choice }) => choice === answer.choice))
    return { fault: 'unknown_choice', detail: question.options.map(({ choice }) => choice).join(', ') };
  if (answer.from !== 'person') return { fault: 'not_permitted', detail: 'a program may not answer' };
  if (operators.length > 0 && !operators.includes(answer.by)) return { fault: 'not_permitted', detail: 'not one of the operators' };
  if (answer.choice !== question.recommended && answer.because.trim() === '' && answer.code === null)
    return { fault: 'no_reason', detail: 'going another way than recommended needs a reason' };
  return null;
}
