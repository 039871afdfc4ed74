import { decodeEntries } from '#engine/journal/reader';
import type { LookBack } from '#main/record/names';

/** Reads the journal from its beginning for what has been forgotten: slow, and hardly ever needed. */
export const lookBackIn =
  (directory: string): LookBack =>
  (kind, id) => {
    for (const { event, sequence } of decodeEntries(directory, { kinds: [kind] }))
      if ((event.kind === 'order_requested' ? event.order.id : event.id) === id) return sequence;
    return null;
  };
