import { isDeepStrictEqual } from 'node:util';
import type { EventKind } from '#domain/events/event';
import { type DropReason, dropReasonsOf } from '#domain/events/funnel';
import type { SymbolIndex } from '#domain/values/symbol';
import { kindOf } from '#engine/journal/codec/event-codec';
import { decoded, readJournal } from '#engine/journal/reader';
import { faultsIn, type Measures, measuresOf } from '#production/technical/agreement';
import { Chart } from '#production/technical/chart';

const read: ReadonlySet<EventKind> = new Set([
  'session_opened',
  'split_took_effect',
  'bars_closed',
  'session_closed',
] satisfies EventKind[]);

/** The entry of the indicators in which the name was dropped, and why. */
type DroppedAt = { readonly sequence: number; readonly reasons: readonly DropReason[] };

/**
 * What the indicators of a name said when that entry was made: worked out again from the bars of the journal, since of a
 * name that is dropped only the reasons are written down. Null when they do not come to the same reasons: another version made it.
 */
export function measuresAgain(directory: string, symbol: SymbolIndex, { sequence, reasons }: DroppedAt): Measures | null {
  const chart = new Chart();
  const entries = readJournal(directory);
  for (let step = entries.next(); !step.done; step = entries.next()) {
    if (step.value.sequence >= sequence) break;
    const kind = kindOf(step.value.payload);
    if (kind === null || !read.has(kind)) continue;
    const { event } = decoded(step.value);
    if (event.kind === 'session_opened') chart.open(event);
    else if (event.kind === 'split_took_effect') chart.forget(event.symbol);
    else if (event.kind === 'bars_closed') chart.update(event.frame);
    else chart.close();
  }
  const measures = measuresOf(chart, symbol);
  return isDeepStrictEqual(dropReasonsOf(faultsIn(measures)), reasons) ? measures : null;
}
