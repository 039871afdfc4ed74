import { ok, type Result } from '#domain/values/result';
import type { JournalProblem, TornTail } from '#engine/journal/problems';
import { type Recorder, type Replaying, recording, resuming, unrecorded } from '#engine/journal/recorder';
import { segmentsIn } from '#engine/journal/segment-format';
import { JournalWriter, type JournalWriterOptions } from '#engine/journal/writer';

export type OpenedRecorder = {
  readonly recorder: Recorder;
  /** Whether a journal was there: the run makes it again, checks every entry, and goes on where it ends. */
  readonly resumed: boolean;
  readonly repaired: TornTail | null;
  /** Whether the run has reached the end of the journal that was there. */
  readonly caughtUp: () => boolean;
  /** The journal that was there, from which requests of people are taken. */
  readonly past: Replaying | null;
};

const fresh = { resumed: false, repaired: null, caughtUp: () => true, past: null } as const;

/** Looks only: opening a journal would already cut off its torn tail. */
export const holdsJournal = (directory: string): boolean => segmentsIn(directory).length > 0;

/** The recorder of a run: none without a directory, a new journal in an empty one, the old one continued otherwise. */
export function openRecorder(directory: string | undefined, options: JournalWriterOptions = {}): Result<OpenedRecorder, JournalProblem> {
  if (directory === undefined) return ok({ recorder: unrecorded(), ...fresh });
  if (holdsJournal(directory)) {
    const opened = resuming(directory, options);
    if (!opened.ok) return opened;
    const { value } = opened;
    return ok({ recorder: value, resumed: true, repaired: value.repaired, caughtUp: () => value.caughtUp(), past: value });
  }
  const writer = JournalWriter.open(directory, options);
  return writer.ok ? ok({ recorder: recording(writer.value), ...fresh }) : writer;
}
