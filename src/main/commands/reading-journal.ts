import { describe, JournalError } from '#engine/journal/problems';
import { Failure } from '#main/commands/failure';

/** Does what reads a journal; one that cannot be trusted ends the command. */
export function readingJournal<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof JournalError) throw new Failure('failedCheck', describe(error.problem));
    throw error;
  }
}
