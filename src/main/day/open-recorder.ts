import { existsSync, readdirSync } from 'node:fs';
import { ok, type Result } from '#domain/values/result';
import type { JournalProblem, TornTail } from '#engine/journal/problems';
import { type Recorder, recording, resuming, unrecorded } from '#engine/journal/recorder';
import { JournalWriter } from '#engine/journal/writer';

export type OpenedRecorder = {
  readonly recorder: Recorder;
  /** Whether a journal was there: the run makes it again, checks every entry, and goes on where it ends. */
  readonly resumed: boolean;
  readonly repaired: TornTail | null;
};

/** The recorder of a run: none without a directory, a new journal in an empty one, the old one continued otherwise. */
export function openRecorder(directory: string | undefined): Result<OpenedRecorder, JournalProblem> {
  if (directory === undefined) return ok({ recorder: unrecorded(), resumed: false, repaired: null });
  if (existsSync(directory) && readdirSync(directory).some((name) => name.endsWith('.journal'))) {
    const opened = resuming(directory);
    return opened.ok ? ok({ recorder: opened.value, resumed: true, repaired: opened.value.repaired }) : opened;
  }
  const writer = JournalWriter.open(directory);
  return writer.ok ? ok({ recorder: recording(writer.value), resumed: false, repaired: null }) : writer;
}
