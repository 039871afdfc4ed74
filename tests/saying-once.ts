import type { Entry } from '#domain/events/event';
import type { Asked, Operator } from '#engine/ports/operator';

/** Somebody who says these things once, oldest first, whatever is asked again; `see` is told of what they see. */
export function sayingOnce(all: readonly Asked[], see: (entry: Entry) => void = () => {}): Operator {
  const left = [...all];
  return { see, next: (before) => ((left[0]?.at ?? before) < before ? (left.shift() ?? null) : null) };
}
