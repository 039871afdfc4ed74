import { describe } from '#engine/journal/problems';
import { verifyJournal } from '#engine/journal/reader';
import { Failure } from '#main/commands/failure';
import { show, showJson } from '#main/terminal';

/** Checks the chain of a journal from its first byte to its last; does not decide anything again. */
export function verifyCommand({ journal, json = false }: { readonly journal: string; readonly json?: boolean }): void {
  const verified = verifyJournal(journal);
  if (!verified.ok) throw new Failure('failedCheck', describe(verified.problem));
  const { entries, head, torn } = verified.value;
  if (torn !== null) {
    throw new Failure(
      'failedCheck',
      `torn tail: ${torn.bytes} bytes of an incomplete entry after entry ${torn.afterSequence}; the next run on this journal cuts them off and goes on`,
    );
  }
  if (json) showJson({ entries, head });
  else show(`whole: ${entries} entries, head ${head}`);
}
