import { instant } from '#domain/values/instant';
import { House } from '#engine/house';
import { describe, JournalError } from '#engine/journal/problems';
import { replaying } from '#engine/journal/recorder';
import { Failure } from '#main/commands/failure';
import { readingJournal } from '#main/commands/reading-journal';
import { show, showJson } from '#main/terminal';
import { plan } from '#production/plan';

type Replayed = {
  readonly entries: number;
  readonly sessions: number;
  readonly stateHash: string | null;
  readonly torn: boolean;
  readonly isCut: boolean;
};

/** Runs a journal again, with nothing but its door entries, and compares every decision and every state hash to the byte. */
export function replayJournal(directory: string): Replayed {
  const opened = replaying(directory);
  if (!opened.ok) throw new Failure('failedCheck', describe(opened.problem));
  const replay = opened.value;
  const nobody = { submit: () => {}, cancel: () => {}, suspend: () => {}, resume: () => {} };
  let entries = 0;
  const house = new House({ plan: plan().services, recorder: replay, broker: nobody, watch: () => void entries++ });
  let sessions = 0;
  let stateHash: string | null = null;
  const isCut = readingJournal(() =>
    endsWithinStep(() => {
      for (let door = replay.nextDoor(); door !== null; door = replay.nextDoor()) {
        house.accept(door.event, instant(door.at));
        if (door.event.kind !== 'session_closed' || replay.nextKind() !== 'state_hashed') continue;
        stateHash = house.hashState(door.event.date, instant(door.at));
        entries++;
        sessions++;
      }
    }),
  );
  if (!replay.caughtUp()) throw new Failure('failedCheck', `entry ${entries + 1} of the journal was not made again`);
  return { entries, sessions, stateHash, torn: replay.torn() !== null, isCut };
}

/**
 * Whether the journal ended before the house had said all that it says to the last entry from the door: one that was copied while
 * it was written, killed, or ended at some entry on purpose. All that it holds was made again.
 */
function endsWithinStep(work: () => void): boolean {
  try {
    work();
    return false;
  } catch (error) {
    if (error instanceof JournalError && error.problem.kind === 'diverged' && error.problem.expected === null) return true;
    throw error;
  }
}

export function replayCommand({ journal, json = false }: { readonly journal: string; readonly json?: boolean }): void {
  const { entries, sessions, stateHash, torn, isCut } = replayJournal(journal);
  if (json) showJson({ entries, sessions, stateHash, torn, isCut, same: true });
  else
    show(
      `same: ${entries} entries and ${sessions} state hashes made again, the last ${stateHash ?? 'none'}${torn ? ' (the tail of the journal is torn)' : ''}${isCut ? ' (it ends within a step)' : ''}`,
    );
}
