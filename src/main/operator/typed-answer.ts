import { type Choice, type Question, type ReasonCode, reasonCodes } from '#domain/session/question';

/** What a line at the terminal means for the question that is open. */
export type Typed =
  | { readonly kind: 'answer'; readonly choice: Choice; readonly because: string; readonly code: ReasonCode | null }
  /** Going another way than recommended needs a reason, which is still to come. */
  | { readonly kind: 'reason_wanted'; readonly choice: Choice }
  | { readonly kind: 'not_understood' };

/** A choice by its number or its word, and after it the reason, perhaps led by its code. */
export function typedAnswer(line: string, { options, recommended }: Question): Typed {
  const [first = '', ...more] = line.trim().split(/\s+/);
  const choice = options.find((option, place) => option.choice === first.toLowerCase() || String(place + 1) === first)?.choice;
  if (choice === undefined) return { kind: 'not_understood' };
  const reason = typedReason(more.join(' '));
  if (choice !== recommended && reason.because === '' && reason.code === null) return { kind: 'reason_wanted', choice };
  return { kind: 'answer', choice, ...reason };
}

/** A reason, perhaps led by one of the codes. */
export function typedReason(line: string): { readonly because: string; readonly code: ReasonCode | null } {
  const text = line.trim();
  const [first = ''] = text.split(/[\s:]+/);
  const code = reasonCodes.find((each) => each === first) ?? null;
  return { because: code === null ? text : text.slice(first.length).replace(/^[\s:]+/, ''), code };
}
