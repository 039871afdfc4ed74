import type { Entry, EventKind } from '#domain/events/event';
import { fail, ok, type Result } from '#domain/values/result';
import type { ColumnStore } from '#engine/journal/codec/column-store';
import { decodeEvent, kindOf } from '#engine/journal/codec/event-codec';
import { JournalError, type JournalProblem, type Origin, type TornTail } from '#engine/journal/problems';
import { hexOf } from '#engine/journal/record-format';
import { chainStart, type Ending, type RawEntry, scan } from '#engine/journal/scan';

/** An entry with who made it. */
export type RecordedEntry<Kind extends EventKind = EventKind> = Entry<Kind> & { readonly origin: Origin };

/** Checked entries as bytes. Returns the torn tail, if any; throws a `JournalError` where the journal cannot be trusted. */
export function* readJournal(directory: string): Generator<RawEntry, TornTail | null> {
  return tornOr(directory, yield* scan(directory));
}

/** Decoded entries, only those of `kinds` when given: the others are checked and skipped undecoded. Throws as `readJournal` does. */
export function* decodeEntries<Kind extends EventKind = EventKind>(
  directory: string,
  { kinds }: { readonly kinds?: readonly Kind[] } = {},
): Generator<RecordedEntry<Kind>, TornTail | null> {
  const wanted = kinds === undefined ? null : new Set<EventKind | null>(kinds);
  const entries = readJournal(directory);
  for (let step = entries.next(); ; step = entries.next()) {
    if (step.done) return step.value;
    if (wanted === null || wanted.has(kindOf(step.value.payload))) yield decoded(step.value) as RecordedEntry<Kind>;
  }
}

/** The entry with its event; throws a `JournalError` for bytes that are no event of this version. */
export function decoded(raw: RawEntry, columns: ColumnStore | null = null): RecordedEntry {
  const event = decodeEvent(raw.payload, columns);
  if (!event.ok) throw new JournalError({ kind: 'entry_undecodable', sequence: raw.sequence, what: event.problem.what });
  const { sequence, at, cause, origin } = raw;
  return { sequence, at, cause, origin, event: event.value };
}

/** `head` is the SHA-256 of the last entry in hex and stands for the whole journal. */
export type Verified = { readonly entries: number; readonly head: string; readonly torn: TornTail | null };

/** Walks the whole chain without decoding. */
export function verifyJournal(directory: string): Result<Verified, JournalProblem> {
  const chain = chainStart();
  const walk = scan(directory, chain);
  let step = walk.next();
  while (!step.done) step = walk.next();
  const end = step.value;
  if (end.kind === 'journal_corrupt') return fail(end);
  if (end.kind === 'no_segments') return fail({ kind: 'journal_missing', directory });
  return ok({ entries: chain.sequence, head: hexOf(chain.digest), torn: end.kind === 'torn_tail' ? end : null });
}

/** The ending as the journal's readers see it. */
export function tornOr(directory: string, ending: Ending): TornTail | null {
  if (ending.kind === 'journal_corrupt') throw new JournalError(ending);
  if (ending.kind === 'no_segments') throw new JournalError({ kind: 'journal_missing', directory });
  return ending.kind === 'torn_tail' ? ending : null;
}
