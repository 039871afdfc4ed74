import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrokerAccount, BrokerPosition } from '#domain/brokerage/broker-order';
import { cash } from '#domain/values/cash';
import { formatE4 } from '#domain/values/decimal';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { Execution } from '#engine/execution/execution';
import { patience } from '#engine/execution/patience';
import { describe, JournalError } from '#engine/journal/problems';
import { LiveHouse } from '#engine/live/live-house';
import { alpacaSettings } from '#main/broker/alpaca-settings';
import { Failure } from '#main/commands/failure';
import { type ModeChoice, withMode } from '#main/commands/mode-option';
import { settingsFrom } from '#main/commands/parameters-option';
import { openControl } from '#main/control/control';
import { openRecorder } from '#main/day/open-recorder';
import { SymbolTable } from '#main/day/symbol-table';
import { DayLog } from '#main/live/day-log';
import { StatusLine } from '#main/live/status-line';
import { systemClock } from '#main/news/system-clock';
import { leaseAccount } from '#main/paper/account-lease';
import { AskPump } from '#main/paper/ask-pump';
import { Bell } from '#main/paper/bell';
import { type Connected, connect, type Place } from '#main/paper/connect';
import { LiveMemory } from '#main/paper/live-memory';
import { LiveRun } from '#main/paper/live-run';
import { namesToFollow } from '#main/paper/names-to-follow';
import { capitalOf, newBookName, type OpenedBook, readAccount, recordedBook } from '#main/paper/open-book';
import { sessionFrom, sessionsToTeach } from '#main/paper/session-dates';
import { SessionTold } from '#main/paper/session-told';
import { foreignSim, ownSim, type SimPlace } from '#main/paper/sim-place';
import { note, show } from '#main/terminal';
import { version } from '#main/version';
import { plan } from '#production/plan';

export type PaperOptions = {
  /** True for a simulated broker of this process, or the admin address of one that runs. */
  readonly sim?: true | string;
  readonly symbols: readonly string[];
  readonly symbolsFile?: string;
  readonly journal?: string;
  readonly mode: ModeChoice;
  readonly parameters?: string;
  readonly history: number;
  readonly sessions?: number;
  readonly seed: number;
  readonly names: number;
  readonly from: SessionDate;
  readonly at: number;
  readonly speed: number;
};

type Account = { readonly account: BrokerAccount; readonly held: readonly BrokerPosition[] };

/** Trades a paper account, or a simulated broker, until so many sessions are over or somebody ends it. */
export async function paperCommand(options: PaperOptions): Promise<void> {
  const stop = new AbortController();
  const told = (): void => stop.abort();
  process.on('SIGINT', told).on('SIGTERM', told);
  const bell = new Bell();
  const place = await placeOf(options, bell);
  const connected = connect(place, stop.signal);
  try {
    const taught = (): void => ('begin' in place ? place.begin() : undefined);
    await trade(options, { connected, bell, stop: stop.signal, said: saidOf(place), taught });
  } catch (error) {
    if (error instanceof JournalError) throw new Failure('badJournal', describe(error.problem));
    throw error;
  } finally {
    stop.abort();
    connected.close();
    if ('close' in place) await place.close();
    process.off('SIGINT', told).off('SIGTERM', told);
  }
}

async function placeOf(options: PaperOptions, bell: Bell): Promise<Place | SimPlace> {
  const { sim, seed, names: symbols, from, at: atMinute, speed } = options;
  if (sim === true) return ownSim({ seed, symbols, from, atMinute, speed, cash: settingsFrom(options.parameters).capital }, bell.fail);
  if (sim !== undefined) return foreignSim(sim);
  const settings = alpacaSettings(process.env, null);
  if (!settings.ok) throw new Failure('usage', `${settings.problem.said}; or try everything without an account: catalyst paper --sim`);
  if (settings.value.environment === 'live')
    throw new Failure(
      'usage',
      'catalyst paper never moves real money: set CATALYST_ALPACA_ENVIRONMENT=paper, with the keys of a paper account',
    );
  return { settings: settings.value, clock: systemClock };
}

const saidOf = (place: Place | SimPlace): string =>
  'said' in place
    ? `SIMULATED: ${place.said}. No order leaves this machine, and no money is real.`
    : `PAPER: an account with made-up money at ${place.settings.trading.host}. Prices are real, no money is.`;

type Around = {
  readonly connected: Connected;
  readonly bell: Bell;
  readonly stop: AbortSignal;
  readonly said: string;
  readonly taught: () => void;
};

async function trade(options: PaperOptions, { connected, bell, stop, said, taught }: Around): Promise<void> {
  const { settings, clock, brokerage, marketData } = connected;
  const { environment } = settings;
  show(said);
  const found = await readAccount(brokerage);
  const { account } = found;
  show(`Account ${account.id}: cash ${formatE4(account.cash)}, equity ${formatE4(account.equity)}, ${found.held.length} positions held.`);
  if (account.blocked !== null) note(`the account takes no orders: ${account.blocked}; nothing will be entered until it does`);
  const lease = leaseAccount(environment, account.id, process.env);
  if (!lease.ok)
    throw new Failure(
      'badJournal',
      `process ${lease.problem.pid} trades this account already: one account has one process, end that one first`,
    );
  const journal = options.journal ?? newFolder(environment, account.id);
  const book = bookOf(journal, { environment, account: account.id });
  const symbols = new SymbolTable();
  const wanted = await namesToFollow({ ...options, allIfUnsaid: environment === 'simulated' }, marketData, note);
  const opened = openRecorder(journal);
  if (!opened.ok) throw new Failure('badJournal', describe(opened.problem));
  const { recorder, past, resumed, repaired } = opened.value;
  const status = new StatusLine(environment.toUpperCase());
  const say = (line: string): void => status.print(line);
  const { services, reporting } = plan();
  const memory = new LiveMemory(symbols);
  const told = new SessionTold(reporting, symbols);
  const log = new DayLog(() => symbols);
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
      if (isNew && line !== null) say(line);
      status.see(entry);
    },
  });
  const pump = new AskPump({ house, execution, brokerage, clock, lease: lease.value, answered: () => bell.ring(), failed: bell.fail });
  try {
    if (repaired !== null) say('note     the end of the journal was torn and has been cut off; the broker is asked what happened since');
    if (resumed) await makeAgain(house, memory, say);
    isNew = true;
    if (memory.book === null) begin(house, options, { ...found, book, now: clock.now() });
    const run = new LiveRun(
      {
        house,
        execution,
        pump,
        brokerage,
        memory,
        symbols,
        clock,
        data: marketData,
        line: connected.marketLine,
        news: connected.news,
        unlisted: wanted,
        operators: [control.operator],
        taught,
        history: options.history,
        sessionsMax: options.sessions ?? (environment === 'simulated' ? 1 : Number.POSITIVE_INFINITY),
        bell,
        say,
        sessionOver: (date, hash) => {
          status.clear();
          show(...told.lines(date, hash));
        },
      },
      stop,
    );
    await run.run();
  } catch (error) {
    // Whatever it was, whoever reads it wants to know first what is still at the broker.
    if (memory.book !== null) note(leftText(execution));
    throw error;
  } finally {
    try {
      recorder.close();
    } finally {
      // Also when the journal cannot be written any more: nothing of this process stays in anybody's way.
      control.close();
      lease.value.release();
      status.clear();
    }
  }
  if (stop.aborted) note(leftText(execution));
  show('', `The journal lies in ${journal}; with --journal and this folder the same command goes on where it ended.`);
}

/** The book of the journal in that folder, or a new one; never the journal of another account. */
function bookOf(journal: string, { environment, account }: Pick<OpenedBook, 'environment' | 'account'>): OpenedBook {
  const recorded = recordedBook(journal);
  if (recorded === null) return { environment, name: newBookName(), account };
  if (recorded.account === account && recorded.environment === environment) return recorded;
  throw new Failure(
    'badJournal',
    `${journal} is the journal of another account: a paper account that was reset is another one. Give a new folder with --journal`,
  );
}

async function makeAgain(house: LiveHouse, memory: LiveMemory, say: (line: string) => void): Promise<void> {
  say('note     a journal is there: it is made again, then the broker is asked');
  let entries = 0;
  for (const _ of house.makeAgain()) if (++entries % 500 === 0) await new Promise<void>((done) => setImmediate(done));
  say(`note     ${memory.entries} entries made again`);
}

/** The first entries of a new book. What the account has and holds is its capital; entries stay shut until the broker was read. */
function begin(house: LiveHouse, options: PaperOptions, { account, held, book, now }: Account & { book: OpenedBook; now: Instant }): void {
  const settings = { ...withMode(settingsFrom(options.parameters), options.mode), capital: capitalOf(account, held) };
  if (settings.session.control === 'supervised')
    throw new Failure('usage', 'a paper session is traded in --mode autonomous; questions are not asked here yet');
  const today = sessionFrom(now);
  const [first = today] = sessionsToTeach(today.date, { known: null, most: options.history });
  const at = first.preOpen < now ? first.preOpen : now;
  house.accept({ kind: 'run_started', settings, source: 'live_market', version }, at);
  house.accept({ kind: 'account_opened', environment: book.environment, book: book.name, account: book.account }, at);
  house.accept({ kind: 'broker_line_changed', state: 'reconciling', why: 'not asked yet' }, at);
  house.commit();
}

function leftText(execution: Execution): string {
  const { orders, uncovered } = execution.report();
  const bare = uncovered.length === 0 ? '' : `; ${uncovered.length} names are WITHOUT A STOP at the broker`;
  return `ended; ${orders.length} orders stay at the broker and work on${bare}`;
}

/** One folder for an account, so that the next start goes on; a made-up broker's account ends with it, so each has its own. */
function newFolder(environment: string, account: string): string {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const name = environment === 'simulated' ? `sim-${stamp}-${process.pid}` : `${environment}-${account.slice(0, 8)}`;
  const directory = resolve(join('journals', name));
  mkdirSync(directory, { recursive: true });
  return directory;
}
