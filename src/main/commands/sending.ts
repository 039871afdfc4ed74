import { statSync } from 'node:fs';
import type { Request } from '#domain/events/request';
import { describe, JournalError } from '#engine/journal/problems';
import { Failure } from '#main/commands/failure';
import { type Recorded, type Sent, send } from '#main/control/outcome';

/** Sends, and tells of a journal that cannot be read. */
export async function sending(journal: string, request: Request, within: number): Promise<Sent> {
  try {
    return await send(journal, request, within);
  } catch (error) {
    if (error instanceof JournalError) throw new Failure('badJournal', describe(error.problem));
    if (error instanceof Error && 'code' in error)
      throw new Failure('badJournal', `${journal} cannot be written to (${String(error.code)})`);
    throw error;
  }
}

/** What a run recorded; ends the command when it did not take the request, or refused it. */
export function recordedOf(sent: Exclude<Sent, { readonly kind: 'nobody' }>): Recorded {
  if (sent.kind === 'moved_aside') throw new Failure('failedCheck', `not taken: ${sent.why}`);
  if (sent.kind === 'hanging')
    throw new Failure('failedCheck', `process ${sent.pid} does not take the request; it waits in the folder until it does`);
  for (const { event } of sent.followed)
    if (event.kind === 'request_refused') throw new Failure('failedCheck', `refused: ${event.fault.replaceAll('_', ' ')}, ${event.detail}`);
  return sent;
}

/** Refuses a folder that is not there, before anything is written beside it. */
export function refuseNoFolder(journal: string): void {
  if (statSync(journal, { throwIfNoEntry: false })?.isDirectory() !== true) throw new Failure('badJournal', `no journal in ${journal}`);
}
