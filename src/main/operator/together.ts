import type { Asked, Operator } from '#engine/ports/operator';

type Seat = { readonly operator: Operator; asked: Asked | null };

/** Several operators as one, empty seats left out, the oldest request first; of one instant, whoever stands first in the list. */
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
        if (seat.asked !== null && seat.asked.at < before && (oldest?.asked == null || seat.asked.at < oldest.asked.at)) oldest = seat;
      }
      const asked = oldest?.asked ?? null;
      if (oldest !== null) oldest.asked = null;
      return asked;
    },
  };
}
