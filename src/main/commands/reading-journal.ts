import { describe, JournalError } from '#engine/journal/problems';
import { Failure } from '#main/commands/failure';

/** Does what reads a journal; one that cannot be trusted ends the command: a check has failed, or a run cannot use it. */
export function readingJournal<Value>(read: () => Value, failure: 'failedCheck' | 'badJournal' = 'failedCheck'): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof JournalError) throw new Failure(failure, describe(error.problem));
    throw error;
  }
}
