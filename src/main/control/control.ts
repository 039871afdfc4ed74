import { setImmediate as turn } from 'node:timers/promises';
import type { Request } from '#domain/events/request';
import { decodeEntries } from '#engine/journal/reader';
import type { Operator } from '#engine/ports/operator';
import { Mailbox } from '#main/control/mailbox';
import { holdsJournal } from '#main/day/open-recorder';

/** How often the process listens for signals while it computes without a pause, in milliseconds. */
const LISTEN_EVERY = 100;

/** The ways into a run from outside of its process. */
export type Control = {
  readonly operator: Operator;
  /** Whether a wait should end, since somebody asks for something. */
  readonly hasSomething: () => boolean;
  /** Waited for after each minute: without it, no signal would ever be heard in a run that never waits. */
  readonly listen: () => Promise<void>;
  /** To be called when the journal has been closed. */
  close(): void;
};

/** Opens the ways in beside a journal that this process holds. Throws a `JournalError` as its readers do. */
export function openControl(journal: string, say: (text: string) => void): Control {
  const now = (): number => performance.now();
  const mailbox = new Mailbox({ journal, recorded: holdsJournal(journal) ? [...requestsIn(journal)] : [], say, now });
  const signalled = (): void => mailbox.signal();
  process.on('SIGUSR2', signalled);
  let listened = now();
  return {
    operator: mailbox,
    hasSomething: () => mailbox.hasSomething(),
    async listen() {
      if (now() - listened < LISTEN_EVERY) return;
      await turn();
      listened = now();
    },
    close() {
      process.off('SIGUSR2', signalled);
      mailbox.settle();
    },
  };
}

function* requestsIn(journal: string): Generator<Request> {
  for (const { event } of decodeEntries(journal, { kinds: ['request_received'] })) yield event.request;
}
