import type { DecisionRecord } from '#domain/decisions/decision-record';
import type { EventKind } from '#domain/events/event';
import type { Settings } from '#domain/settings';
import type { TornTail } from '#engine/journal/problems';
import { decodeEntries } from '#engine/journal/reader';
import type { SymbolTable } from '#main/day/symbol-table';
import { DecisionFold } from '#main/decisions/decision-fold';
import { trading } from '#production/trading/trading';

/** Kinds of entries that no decision depends on. */
export const unreadKinds: ReadonlySet<EventKind> = new Set(['names_listed', 'state_hashed', 'universe_selected'] satisfies EventKind[]);

/** A decision, with what it takes to tell of it: names, and the settings under which it was decided. */
export type ReadDecision = { readonly record: DecisionRecord; readonly symbols: SymbolTable; readonly settings: Settings };

/**
 * The decisions of a journal in its order, session by session, from the journal alone: the same journal gives the same ones.
 * Returns the torn tail, if any; throws a `JournalError` where the journal cannot be trusted.
 */
export function* readDecisions(directory: string): Generator<ReadDecision, TornTail | null> {
  const fold = new DecisionFold(trading);
  const entries = decodeEntries(directory);
  for (let step = entries.next(); ; step = entries.next()) {
    if (step.done) {
      fold.finish();
      yield* takenFrom(fold);
      return step.value;
    }
    if (unreadKinds.has(step.value.event.kind)) continue;
    fold.see(step.value);
    if (step.value.event.kind === 'session_closed') yield* takenFrom(fold);
  }
}

function* takenFrom(fold: DecisionFold): Generator<ReadDecision> {
  for (const record of fold.taken()) yield { record, symbols: fold.symbols, settings: fold.settingsOf(record) };
}
