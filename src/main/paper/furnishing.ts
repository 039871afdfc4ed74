import { cash } from '#domain/values/cash';
import { Execution } from '#engine/execution/execution';
import { patience } from '#engine/execution/patience';
import { LiveHouse } from '#engine/live/live-house';
import { type Control, openControl } from '#main/control/control';
import type { OpenedRecorder } from '#main/day/open-recorder';
import { SymbolTable } from '#main/day/symbol-table';
import { DayLog } from '#main/live/day-log';
import { QuietSessions } from '#main/live/quiet-sessions';
import { RefusalsInARow } from '#main/live/refusals-in-a-row';
import type { StatusLine } from '#main/live/status-line';
import { LiveMemory } from '#main/paper/live-memory';
import type { OpenedBook } from '#main/paper/open-book';
import type { Say } from '#main/paper/say';
import { SessionTold } from '#main/paper/session-told';
import { plan } from '#production/plan';

type Ground = {
  readonly journal: string;
  readonly opened: OpenedRecorder;
  readonly book: OpenedBook;
  readonly status: StatusLine;
  readonly say: Say;
};

/** A house on its journal, and everybody who watches what it records. */
export type Furnished = {
  readonly house: LiveHouse;
  readonly execution: Execution;
  readonly memory: LiveMemory;
  readonly symbols: SymbolTable;
  readonly control: Control;
  readonly told: SessionTold;
  /** Makes the journal again that was there; from then on, what happens is printed. */
  makeAgain(): Promise<void>;
};

/** The process stays responsive while so many entries of the door are made again. */
const BREATHE_EVERY = 500;

export function furnish({ journal, opened, book, status, say }: Ground): Furnished {
  const { recorder, past, resumed, repaired } = opened;
  const symbols = new SymbolTable();
  const { services, reporting } = plan();
  const memory = new LiveMemory(symbols);
  const told = new SessionTold(reporting, symbols);
  const log = new DayLog(() => symbols);
  const refusals = new RefusalsInARow();
  const quiet = new QuietSessions();
  const control = openControl(journal, (text) => say(`note     ${text}`));
  const names = { tickerOf: symbols.nameOf.bind(symbols), indexOf: symbols.indexOf.bind(symbols) };
  // A paper account is charged nothing.
  const execution = new Execution({ book, names, feesOf: () => cash(0), patience });
  let isNew = false;
  const house = new LiveHouse({
    plan: services,
    recorder,
    past,
    execution,
    watch: (entry) => {
      memory.see(entry);
      told.see(entry);
      control.operator.see(entry);
      const line = log.lineOf(entry);
      // What a broker refuses stands in the journal, where a watch sees it by itself.
      const refused = refusals.see(entry);
      const isQuiet = quiet.see(entry);
      if (isNew) {
        if (line !== null) say(line);
        if (refused !== null) say(refused);
        if (isQuiet !== null) say(isQuiet, 'quiet_sessions');
      }
      status.see(entry);
    },
  });
  const makeAgain = async (): Promise<void> => {
    if (repaired !== null) say('note     the end of the journal was torn and has been cut off; the broker is asked what happened since');
    if (resumed) {
      say('note     a journal is there: it is made again, then the broker is asked');
      let entries = 0;
      for (const _ of house.makeAgain()) if (++entries % BREATHE_EVERY === 0) await new Promise<void>((done) => setImmediate(done));
      say(`note     ${memory.entries} entries made again`);
    }
    isNew = true;
  };
  return { house, execution, memory, symbols, control, told, makeAgain };
}
