import { formatE4 } from '#domain/values/decimal';
import type { Execution } from '#engine/execution/execution';
import { describe } from '#engine/journal/problems';
import { Reserve } from '#engine/journal/reserve';
import { AlarmNotes } from '#main/alerts/alarm-notes';
import { alertsFolder } from '#main/alerts/log-files';
import { thisBuild } from '#main/build';
import { Failure } from '#main/commands/failure';
import { openRecorder } from '#main/day/open-recorder';
import { StatusLine } from '#main/live/status-line';
import { systemClock } from '#main/news/system-clock';
import { type Lease, leaseAccount } from '#main/paper/account-lease';
import { AskPump } from '#main/paper/ask-pump';
import { beginBook } from '#main/paper/begin-book';
import type { Bell } from '#main/paper/bell';
import type { Connected } from '#main/paper/connect';
import { DiskGuard } from '#main/paper/disk-guard';
import { Doubts } from '#main/paper/doubts';
import { type Furnished, furnish } from '#main/paper/furnishing';
import { LagGuard } from '#main/paper/lag-guard';
import { LiveRun } from '#main/paper/live-run';
import { LoopWatch } from '#main/paper/loop-watch';
import { MemoryGuard } from '#main/paper/memory-guard';
import { namesToFollow } from '#main/paper/names-to-follow';
import { type AccountFound, bookOf, journalFolder, type OpenedBook, readAccount } from '#main/paper/open-book';
import type { PaperOptions } from '#main/paper/paper-options';
import { protectOnly, protectOnlyLines } from '#main/paper/protect-only';
import { RateWatch } from '#main/paper/rate-watch';
import type { Say } from '#main/paper/say';
import { UncleanEnds } from '#main/paper/unclean-ends';
import { note, ReaderGone, show } from '#main/terminal';

type Around = {
  readonly connected: Connected;
  readonly bell: Bell;
  readonly stop: AbortSignal;
  readonly taught: () => void;
};

/** Trades the account that is found at the broker until its sessions are over or somebody ends it; what it says is on the terminal. */
export async function tradeAccount(options: PaperOptions, around: Around): Promise<void> {
  const { brokerage, marketData, settings } = around.connected;
  const { environment } = settings;
  const found = await readAccount(brokerage);
  tellAccount(found);
  const which = { environment, account: found.account.id };
  const lease = leased(which);
  const journal = options.journal ?? journalFolder(which);
  const book = bookOf(journal, which);
  const unlisted = await namesToFollow({ ...options, allIfUnsaid: environment === 'simulated' }, marketData, note);
  const reserve = new Reserve(journal);
  const opened = openRecorder(journal, { room: reserve });
  if (!opened.ok) throw new Failure('badJournal', describe(opened.problem));
  const status = new StatusLine(environment.toUpperCase());
  const notes = new AlarmNotes(alertsFolder(journal));
  const say: Say = (line, alarm) => {
    status.print(line);
    if (alarm !== undefined) notes.lay(alarm, withoutMark(line));
  };
  const furnished = furnish({ journal, opened: opened.value, book, status, say });
  const { execution, memory, control } = furnished;
  const watch = new LoopWatch();
  const ends = reserve.through(() => new UncleanEnds(journal, systemClock.now()));
  const protectsOnly = ends.areTooMany && options.afterCrashes === 'protect';
  if (protectsOnly) show(...protectOnlyLines(ends, journal));
  let isOrderly = true;
  try {
    await furnished.makeAgain();
    if (memory.book === null) beginBook(furnished.house, options, { ...found, book, now: around.connected.clock.now() });
    if (protectsOnly) protectOnly(furnished.house, ends);
    if (memory.halts.any) status.print('note     a stop holds: nothing is entered until a person clears it');
    await runOf(options, around, { furnished, lease, unlisted, status, say, notes, watch, journal, reserve }).run();
  } catch (error) {
    isOrderly = error instanceof Failure || error instanceof ReaderGone;
    // Whatever it was, whoever reads it wants to know first what is still at the broker.
    if (memory.book !== null) note(leftText(execution));
    throw error;
  } finally {
    await endAll([
      () => (isOrderly ? ends.ended() : undefined),
      () => {
        opened.value.recorder.close();
        // Of a journal that could not be closed it may be another process's by now, and the next one of ours takes it over as it is.
        if (isOrderly) reserve.release();
      },
      () => watch.close(),
      () => control.close(),
      () => lease.release(),
      () => status.clear(),
    ]);
  }
  if (around.stop.aborted) note(leftText(execution));
  show('', `The journal lies in ${journal}; with --journal and this folder the same command goes on where it ended.`);
}

type Run = {
  readonly furnished: Furnished;
  readonly lease: Lease;
  readonly unlisted: Awaited<ReturnType<typeof namesToFollow>>;
  readonly status: StatusLine;
  readonly say: Say;
  readonly notes: AlarmNotes;
  readonly watch: LoopWatch;
  readonly journal: string;
  readonly reserve: Reserve;
};

function runOf(
  options: PaperOptions,
  { connected, bell, stop, taught }: Around,
  { furnished, lease, unlisted, status, say, notes, watch, journal, reserve }: Run,
): LiveRun {
  const { settings, clock, brokerage, marketData: data, marketLine: line, news } = connected;
  const { house, execution, memory, symbols, control, told } = furnished;
  const pump = new AskPump({ house, execution, brokerage, clock, lease, answered: () => bell.ring(), failed: bell.fail });
  const doubts = new Doubts(house);
  const lag = new LagGuard({ doubter: doubts.doubter(), watch, say, failed: bell.fail });
  const disk = new DiskGuard({ directory: journal, reserve, doubter: doubts.doubter(), say });
  const rate = new RateWatch({ rate: connected.tradingRate, notes, say });
  const memoryLeft = new MemoryGuard({ doubter: doubts.doubter(), say });
  const parts = {
    house,
    execution,
    pump,
    brokerage,
    memory,
    symbols,
    clock,
    data,
    line,
    news,
    unlisted,
    taught,
    bell,
    lag,
    guards: [lag, disk, memoryLeft, rate],
    say,
  };
  return new LiveRun(
    {
      ...parts,
      operators: [control.operator],
      history: options.history,
      sessionsMax: options.sessions ?? (settings.environment === 'simulated' ? 1 : Number.POSITIVE_INFINITY),
      sessionOver: (date, hash) => {
        status.clear();
        show(...told.lines(date, hash));
      },
    },
    stop,
  );
}

/** The word that begins a line of the terminal. */
const withoutMark = (line: string): string => line.replace(/^[A-Z]+ +/, '');

/** Each of them, also when the journal cannot be written any more: nothing of this process stays in anybody's way. */
async function endAll([first, ...rest]: readonly (() => unknown)[]): Promise<void> {
  try {
    await first?.();
  } finally {
    if (rest.length > 0) await endAll(rest);
  }
}

function tellAccount({ account, held }: AccountFound): void {
  const { id, cash, equity, blocked } = account;
  show(`Account ${id}: cash ${formatE4(cash)}, equity ${formatE4(equity)}, ${held.length} positions held.`);
  if (blocked !== null) note(`the account takes no orders: ${blocked}; nothing will be entered until it does`);
}

function leased({ environment, account }: Pick<OpenedBook, 'environment' | 'account'>): Lease {
  const build = thisBuild();
  const lease = leaseAccount({ environment, account, build }, process.env);
  if (lease.ok) return lease.value;
  const { pid, build: theirs } = lease.problem;
  const builds = theirs === build ? `, of the same build ${build}` : `; it is of build ${theirs ?? 'unknown'}, this one of ${build}`;
  throw new Failure('badJournal', `process ${pid} trades this account already${builds}: one account has one process, end that one first`);
}

function leftText(execution: Execution): string {
  const { orders, uncovered } = execution.report();
  const bare = uncovered.length === 0 ? '' : `; ${uncovered.length} names are WITHOUT A STOP at the broker`;
  return `ended; ${orders.length} orders stay at the broker and work on${bare}`;
}
