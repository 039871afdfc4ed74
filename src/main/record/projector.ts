import { ReferenceMissing } from '#adapters/postgres/batch-references';
import { sqlStateOf } from '#adapters/postgres/client';
import { type Batch, type Place, PlaceMoved, type RecordStore } from '#adapters/postgres/record-store';
import { DAY_MS, instant } from '#domain/values/instant';
import { dateOfDay } from '#domain/values/session-date';
import { SessionColumns } from '#engine/journal/codec/column-store';
import { kindOf } from '#engine/journal/codec/event-codec';
import { decoded } from '#engine/journal/reader';
import type { RawEntry } from '#engine/journal/scan';
import { JournalTail } from '#engine/journal/tail';
import type { Clock } from '#engine/ports/clock';
import { BarsFold } from '#main/record/bars-fold';
import { DecisionsFold } from '#main/record/decisions-fold';
import type { Fold } from '#main/record/fold';
import { LedgerFold } from '#main/record/ledger-fold';
import { lookBackIn } from '#main/record/look-back';
import { ProjectionStopped } from '#main/record/projection-problem';
import { journalKey, marketOf, projectionLock } from '#main/record/record-keys';
import { Rows } from '#main/record/rows';
import { type LineState, StoreLine } from '#main/record/store-line';
import { type Projection, projectedTables } from '#main/record/tables';

/** A batch is written at this many rows, or bytes of them. */
const ROWS_MAX = 50_000;
const BYTES_MAX = 8 << 20;
/** After so many the server's own statistics say too little. */
const MANY_ROWS = 10_000;
/** While entries keep coming, what has been made of them waits no longer than this. */
const OLDEST_MS = 500;
/** The clock is asked once in so many entries. */
const BETWEEN_CLOCKS = 256;
const POLL_MS = 200;
/** Others in this thread get their turn at least once in so many entries. */
const BETWEEN_BREATHS = 1 << 5;
/** How long another projector may take to let go: one that was killed holds its lock until the server has noticed. */
const LOCK_PATIENCE_MS = 5_000;

/** How far a projection has come: the last entry whose rows are written, and the last one that it has read. */
export type Progress = {
  readonly projection: Projection;
  readonly written: Place | null;
  readonly read: number;
  readonly rows: number;
  readonly database: LineState;
};

export type ProjectorOptions = {
  /** Asked at each connecting; throws as long as the database is not to be had. */
  readonly address: () => Promise<string>;
  readonly directory: string;
  readonly name: string;
  readonly projection: Projection;
  /** Until somebody stops it; otherwise to the end of the journal as it is then. */
  readonly isFollowing: boolean;
  /** The last entry to be projected; null for all that there are. */
  readonly until: number | null;
  /** Somebody holds the lock on behalf of this one. */
  readonly isLocked: boolean;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly patienceMs: number | null;
  readonly told: (progress: Progress) => void;
};

/** What has been done; `replaced` characters stand as others, `unfit` bars are in the journal alone. */
export type Projected = {
  readonly projection: Projection;
  readonly journal: string;
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly replaced: number;
  readonly unfit: number;
};

/** Reads one journal into the tables of one projection. */
export class Projector {
  readonly #options: ProjectorOptions;
  readonly #tail: JournalTail;
  readonly #fold: Fold;
  /** What is being made, and what is being written meanwhile. */
  #rows: Rows;
  #spare: Rows;
  #writing: Promise<void> | null = null;
  readonly #line: StoreLine;
  readonly #columns = new SessionColumns();
  readonly #months = new Set<string>();
  #monthsMet: string[] = [];
  #written: Place | null = null;
  /** The last entry whose rows were given to be written. */
  #given = 0;
  #begun = 0;
  #total = 0;
  #database: LineState = { isThere: true, why: null };
  #oldest: number | null = null;
  #sinceClock = 0;
  /** Instant of the newest entry that was read. */
  #readAt = instant(0);

  constructor(options: ProjectorOptions) {
    const { address, directory, name, projection, clock, signal, patienceMs } = options;
    this.#options = options;
    this.#tail = new JournalTail(directory);
    this.#fold = foldOf(projection, directory);
    this.#rows = new Rows(projection, journalKey(name));
    this.#spare = new Rows(projection, journalKey(name));
    this.#line = new StoreLine({
      address,
      name: `catalyst ${projection}`,
      clock,
      signal,
      patienceMs,
      told: (state) => {
        this.#database = state;
        this.#tell();
      },
      begin: (store) => this.#lock(store),
    });
  }

  /** Throws a `ProjectionStopped` or a `JournalError` where it cannot go on. */
  async run(): Promise<Projected> {
    try {
      if (await this.#begin()) await this.#goOn();
      await this.#count();
    } finally {
      this.#tail.close();
      await this.#line.close();
    }
    const { projection, name } = this.#options;
    const unfit = this.#fold instanceof BarsFold ? this.#fold.unfit : 0;
    const replaced = this.#rows.replaced + this.#spare.replaced;
    return { projection, journal: name, from: this.#begun, to: this.#written?.sequence ?? 0, rows: this.#total, replaced, unfit };
  }

  /** So much at once is new to the server, which would walk through all of it for a question about a part: a year's report took 21 s. */
  async #count(): Promise<void> {
    const { isFollowing, signal, projection } = this.#options;
    // Of what comes bit by bit the server takes note by itself.
    if (isFollowing || signal.aborted || this.#total < MANY_ROWS) return;
    await this.#line.through((store) => store.count(Object.keys(projectedTables[projection])));
  }

  /** Reads up to where the database stands. False when it was stopped before. */
  async #begin(): Promise<boolean> {
    const { directory, name, projection, isFollowing } = this.#options;
    let first = this.#tail.next();
    while (first === null) {
      if (!isFollowing) throw new ProjectionStopped({ kind: 'journal_missing', directory });
      if (!(await this.#pause())) return false;
      first = this.#tail.next();
    }
    const { event } = decoded(first);
    if (event.kind !== 'run_started') throw new ProjectionStopped({ kind: 'no_run', directory });
    const { source, version } = event;
    const genesis = this.#tail.head;
    const row = { id: this.#rows.journal, name, market: marketOf(source).id, source, version, genesis, startedAt: first.at };
    const stands = await this.#line.through(async (store) => {
      if ((await store.journal(row)) !== genesis) throw new ProjectionStopped({ kind: 'another_journal', name });
      return store.position(row.id, projection);
    });
    this.#written = stands;
    this.#begun = stands?.sequence ?? 0;
    this.#given = this.#begun;
    this.#take(first);
    while (this.#tail.sequence < this.#begun) {
      const raw = this.#tail.next();
      if (raw === null && this.#tail.isInDoubt) {
        if (!(await this.#pause())) return false;
        continue;
      }
      if (raw === null) throw new ProjectionStopped({ kind: 'journal_replaced', projection, sequence: this.#begun, found: null });
      this.#take(raw);
      if (this.#tail.sequence % BETWEEN_BREATHS === 0 && !(await this.#breathe())) return false;
    }
    if (stands !== null && this.#tail.head !== stands.head)
      throw new ProjectionStopped({ kind: 'journal_replaced', projection, sequence: stands.sequence, found: this.#tail.head });
    this.#fold.names.taken();
    this.#tell();
    return true;
  }

  async #goOn(): Promise<void> {
    const { isFollowing, until, signal } = this.#options;
    const last = until ?? Number.POSITIVE_INFINITY;
    while (!signal.aborted) {
      const raw = this.#tail.sequence < last ? this.#tail.next() : null;
      if (raw !== null) {
        this.#take(raw);
        if (this.#isDue()) await this.#startWriting();
        else if (raw.sequence % BETWEEN_BREATHS === 0) await this.#breathe();
        continue;
      }
      await this.#startWriting();
      await this.#finishWriting();
      if (this.#tail.sequence > this.#given) continue;
      // What looks damaged here is no end: it becomes whole, or the tail says that it is damaged.
      if (!isFollowing && !this.#tail.isInDoubt) return;
      if (!(await this.#pause())) return;
    }
    await this.#finishWriting();
  }

  #take(raw: RawEntry): void {
    const { reads, remembers } = this.#fold;
    const isNew = raw.sequence > this.#begun;
    const wanted = isNew ? reads : remembers;
    this.#readAt = raw.at;
    const kind = kindOf(raw.payload);
    if (wanted !== null && kind !== null && !wanted.has(kind)) return;
    const entry = decoded(raw, this.#columns);
    const { event } = entry;
    this.#fold.see(entry, isNew ? this.#rows : null);
    if (event.kind === 'session_opened') this.#columns.startSession();
    if (event.kind === 'bars_closed' && isNew) this.#meetMonth(event.frame.start);
  }

  #meetMonth(start: number): void {
    const month = `${dateOfDay(Math.floor(start / DAY_MS)).slice(0, 7)}-01`;
    if (this.#months.has(month)) return;
    this.#months.add(month);
    this.#monthsMet.push(month);
  }

  #isDue(): boolean {
    if (this.#rows.count >= ROWS_MAX) return true;
    if (++this.#sinceClock < BETWEEN_CLOCKS) return false;
    this.#sinceClock = 0;
    if (this.#rows.size >= BYTES_MAX) return true;
    const now = this.#options.clock.now();
    this.#oldest ??= now;
    return this.#options.isFollowing && now - this.#oldest > OLDEST_MS;
  }

  /** Writes everything up to the newest entry that was read, while the next rows are made: one batch ahead, and no more. */
  async #startWriting(): Promise<void> {
    await this.#finishWriting();
    if (this.#tail.sequence === this.#given) return;
    this.#fold.flush?.(this.#rows);
    const rows = this.#rows;
    this.#rows = this.#spare;
    this.#spare = rows;
    const after = this.#given;
    const to: Place = { sequence: this.#tail.sequence, head: this.#tail.head, at: this.#readAt };
    this.#given = to.sequence;
    this.#oldest = null;
    this.#writing = this.#write(rows, after, to);
    // Whoever waits for it is told; until then it is nobody's error.
    this.#writing.catch(() => {});
  }

  async #finishWriting(): Promise<void> {
    await this.#writing;
    this.#writing = null;
  }

  async #write(rows: Rows, after: number, to: Place): Promise<void> {
    const { projection } = this.#options;
    const count = rows.count;
    const met = { ...this.#fold.names.taken(), months: this.#takeMonths() };
    const batch: Batch = { journal: rows.journal, projection, after, to, tables: rows.filled };
    try {
      await this.#line.through(async (store) => {
        await store.meet(this.#fold.names.market.id, met);
        if (projection === 'decisions' && count > 0) await this.#waitForLedger(store, to.sequence);
        await store.write(batch);
      });
    } catch (error) {
      if (error instanceof PlaceMoved) throw new ProjectionStopped({ kind: 'record_moved', why: error.message });
      const state = error instanceof ReferenceMissing ? '23503' : sqlStateOf(error);
      if (state === null || !(error instanceof Error)) throw error;
      throw new ProjectionStopped({ kind: 'rows_refused', projection, after, to: to.sequence, state, why: error.message });
    }
    rows.clear();
    this.#written = to;
    this.#total += count;
    this.#tell();
  }

  /** Decisions name intents and settings, which are rows of the ledger. */
  async #waitForLedger(store: RecordStore, sequence: number): Promise<void> {
    const { clock, signal } = this.#options;
    while (((await store.position(this.#rows.journal, 'ledger'))?.sequence ?? 0) < sequence) {
      if (signal.aborted) throw new ProjectionStopped({ kind: 'database_away', why: 'stopped while it waited for the ledger' });
      await clock.sleep(POLL_MS, signal);
    }
  }

  #takeMonths(): readonly string[] {
    const months = this.#monthsMet;
    this.#monthsMet = [];
    return months;
  }

  async #lock(store: RecordStore): Promise<void> {
    const { clock, isFollowing, isLocked, projection, name, signal } = this.#options;
    if (isLocked) return;
    for (const began = clock.now(); ; ) {
      const holder = await store.lock(projectionLock(name, projection));
      if (holder === null) return;
      if ((!isFollowing && clock.now() - began > LOCK_PATIENCE_MS) || signal.aborted)
        throw new ProjectionStopped({ kind: 'projector_at_work', projection, pid: holder });
      this.#database = { isThere: true, why: `another projector is at work (process ${holder} of the server)` };
      this.#tell();
      await clock.sleep(POLL_MS, signal);
    }
  }

  #tell(): void {
    const { told, projection } = this.#options;
    told({ projection, written: this.#written, read: this.#tail.sequence, rows: this.#total, database: this.#database });
  }

  /** Lets others have their turn. */
  async #breathe(): Promise<boolean> {
    await new Promise((resolve) => setImmediate(resolve));
    return !this.#options.signal.aborted;
  }

  async #pause(): Promise<boolean> {
    const { clock, signal } = this.#options;
    await clock.sleep(POLL_MS, signal);
    return !signal.aborted;
  }
}

function foldOf(projection: Projection, directory: string): Fold {
  const look = lookBackIn(directory);
  switch (projection) {
    case 'ledger':
      return new LedgerFold(look);
    case 'market':
      return new BarsFold(look);
    case 'decisions':
      return new DecisionsFold(look);
  }
}
