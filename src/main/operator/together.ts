import type { Request } from '#domain/events/request';
import type { Asked, Operator } from '#engine/ports/operator';

type Seat = { readonly operator: Operator; asked: Asked | null };

/**
 * Several operators as one, empty seats left out, the oldest request first. Of one instant, what takes no risk comes before
 * what takes or keeps one: a yes and a no said together are a no. Otherwise whoever stands first in the list.
 */
export function together(operators: readonly (Operator | null)[]): Operator {
  const seats = operators.flatMap((operator): readonly Seat[] => (operator === null ? [] : [{ operator, asked: null }]));
  return {
    see: (entry) => {
      for (const { operator } of seats) operator.see(entry);
    },
    next(before) {
      let oldest: Seat | null = null;
      for (const seat of seats) {
        seat.asked ??= seat.operator.next(before);
        if (seat.asked !== null && seat.asked.at < before && (oldest?.asked == null || comesBefore(seat.asked, oldest.asked)))
          oldest = seat;
      }
      const asked = oldest?.asked ?? null;
      if (oldest !== null) oldest.asked = null;
      return asked;
    },
  };
}

const comesBefore = (one: Asked, other: Asked): boolean =>
  one.at < other.at || (one.at === other.at && !takesRisk(one.request) && takesRisk(other.request));

/** Whether a request lets a risk in or lets one stay; all others end one, or wait for something else. */
const takesRisk = (request: Request): boolean =>
  request.kind === 'answer_question' && (request.choice === 'enter' || request.choice === 'hold' || request.choice === 'keep');
