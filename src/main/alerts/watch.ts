import { existsSync, statfsSync } from 'node:fs';
import type { AlertFacts } from '#domain/alerts/alert';
import type { LogLine } from '#domain/alerts/alert-record';
import type { AlertSettings, Routes } from '#domain/alerts/alert-settings';
import { Expectations } from '#domain/alerts/expectations';
import { headlineOf } from '#domain/alerts/headline';
import { JournalAlerts } from '#domain/alerts/journal-alerts';
import type { Message } from '#domain/alerts/message';
import { type Observation, Observed } from '#domain/alerts/observation';
import { severityOf } from '#domain/alerts/severity';
import type { Entry } from '#domain/events/event';
import { type Instant, instant } from '#domain/values/instant';
import { lockHolder } from '#engine/journal/lock';
import { JournalError } from '#engine/journal/problems';
import { decoded } from '#engine/journal/reader';
import { JournalTail } from '#engine/journal/tail';
import type { AlertChannel } from '#engine/ports/alert-channel';
import type { Clock } from '#engine/ports/clock';
import type { AlertLog } from '#main/alerts/alert-log';
import { DeadMan, type DeadManOptions } from '#main/alerts/dead-man';
import { notesIn, takeAway } from '#main/alerts/inbox';
import { PostOffice } from '#main/alerts/post-office';
import { seenProjector } from '#main/alerts/projector-probe';
import { hasEnded } from '#main/paper/unclean-ends';

/** From where the journal is told when no watch has read it before. */
export type Since = 'start' | 'session' | 'now';

export type WatchOptions = {
  readonly journal: string;
  readonly folder: string;
  readonly settings: AlertSettings;
  readonly log: AlertLog;
  readonly channels: ReadonlyMap<string, AlertChannel>;
  readonly deadMan: Pick<DeadManOptions, 'url' | 'http'> | null;
  /** Dials the database; null where none is watched. */
  readonly database: (() => Promise<Observation>) | null;
  readonly since: Since;
  readonly clock: Clock;
  /** Milliseconds that only go forward. */
  readonly elapsed: () => number;
  readonly random: () => number;
  readonly say: (text: string) => void;
};

/** How often it looks, in milliseconds of the machine. */
const LOOK_EVERY_MS = 200;
const DISK_EVERY_MS = 30_000;
const DATABASE_EVERY_MS = 10_000;
const PROJECTOR_EVERY_MS = 1_000;
/** A journal that is being written may look spoiled for a moment; one that stays so is. */
const UNREADABLE_LOOKS = 5;

/** The folder of the log is no longer where it was, or is somebody else's. */
export class LogLost extends Error {
  override readonly name = 'LogLost';
}

/**
 * Follows a journal from beside its run: what is worth telling is raised, put on the disk, and brought to people. It has
 * nothing to say to the run, so that neither waits for the other nor fails with it.
 */
export class AlertWatch {
  readonly #options: WatchOptions;
  readonly #tail: JournalTail;
  readonly #alerts: JournalAlerts;
  readonly #expectations: Expectations;
  readonly #observed: Observed;
  readonly #office: PostOffice;
  readonly #deadMan: DeadMan | null;
  readonly #seen: Observation[] = [];
  readonly #told: AlertFacts[] = [];
  readonly #raising: Extract<LogLine, { readonly kind: 'raised' }>[] = [];
  /** Notes that were read and still lie in the inbox, and whether they will. */
  readonly #notes = new Map<string, 'read' | 'stays'>();
  readonly #looked = new Map<string, number>();
  #marketNow: Instant = instant(0);
  #unreadable = 0;
  #isDialling = false;
  #failure: { readonly error: unknown } | null = null;
  #isFirst: boolean;
  /** Whether the end of the journal was seen once, so that the log was held against it. */
  #isPlaced = false;

  constructor(options: WatchOptions) {
    const { journal, settings, log, channels, clock, random, say, elapsed } = options;
    this.#options = options;
    this.#tail = new JournalTail(journal);
    this.#alerts = new JournalAlerts(settings.watch.newestTrades);
    this.#expectations = new Expectations(settings.watch);
    this.#observed = new Observed(settings.watch, settings.deadMan.missesMax);
    this.#isFirst = log.record.cursor === null;
    const tell = (facts: AlertFacts): void => void this.#told.push(facts);
    this.#office = new PostOffice({ log, channels, journal, clock, random, say, tell, failed: this.#fail });
    const { everyMs, tellsFailures } = settings.deadMan;
    const seen = (ping: Observation): void => void this.#seen.push(ping);
    this.#deadMan =
      options.deadMan === null ? null : new DeadMan({ ...options.deadMan, everyMs, tellsFailures, elapsed, seen, failed: this.#fail });
  }

  /** What is not well just now. */
  get troubles(): readonly string[] {
    return [
      ...this.#observed.troubles,
      ...this.#expectations.troubles,
      ...(this.#tail.sequence === 0 ? ['nothing has been written into the journal'] : []),
      ...(this.#office.isUnheard ? ['no channel takes a critical alert'] : []),
    ];
  }

  /** Until somebody ends it. */
  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      this.turn();
      await this.#options.clock.sleep(LOOK_EVERY_MS, stop);
    }
    await this.close();
  }

  /** Reads what is there, tells it, and ends when everything is delivered or so much time is over. */
  async once(withinMs: number, stop: AbortSignal): Promise<boolean> {
    const { elapsed, clock } = this.#options;
    const end = elapsed() + withinMs;
    do {
      this.turn();
      if (this.#office.isIdle) break;
      await clock.sleep(LOOK_EVERY_MS, stop);
    } while (!stop.aborted && elapsed() < end);
    const isDone = this.#office.isIdle;
    await this.close();
    return isDone;
  }

  async close(): Promise<void> {
    await this.#office.close();
    const { log, clock } = this.#options;
    const { sequence } = this.#tail;
    if (sequence > (log.record.cursor?.sequence ?? -1)) log.append({ kind: 'read', sequence, at: clock.now() });
    this.#tail.close();
  }

  /** One look at everything. */
  turn(): void {
    if (this.#failure !== null) throw this.#failure.error;
    const { log, clock } = this.#options;
    // Somebody moved the folder away, and another watch may tell of this journal by now.
    if (!log.isOurs) throw new LogLost();
    log.save();
    const now = clock.now();
    this.#readJournal(now);
    this.#takeNotes(now);
    this.#lookAround();
    const run = { held: this.#alerts.held.length, inSession: this.#expectations.inSession(this.#marketTime(now)) };
    for (const observation of this.#seen.splice(0)) this.#raise(this.#observed.see(observation, now, run), now);
    this.#raise(this.#told.splice(0), now);
    this.#raise(this.#missing(now), now, this.#marketTime(now));
    this.#flush();
    this.#putNotesAway();
    this.#post(now);
    this.#office.pump();
    this.#deadMan?.look(this.troubles);
  }

  readonly #fail = (error: unknown): void => {
    this.#failure ??= { error };
  };

  /** Of a made-up market the journal is the only clock there is. */
  #marketTime(now: Instant): Instant {
    const { place } = this.#alerts;
    return place === 'paper' || place === 'live' ? now : this.#marketNow;
  }

  #missing(now: Instant): readonly AlertFacts[] {
    const { place, held } = this.#alerts;
    if (this.#tail.sequence === 0) return [];
    const byCalendar = place === 'paper' || place === 'live';
    return this.#expectations.missing(this.#marketTime(now), { held: held.length, byCalendar });
  }

  #readJournal(now: Instant): void {
    const first: Said[] = [];
    let session = 0;
    try {
      for (let raw = this.#tail.next(); raw !== null; raw = this.#tail.next()) {
        const entry = decoded(raw);
        this.#marketNow = entry.at;
        if (entry.event.kind === 'session_opened' && !entry.event.history) session = entry.sequence;
        const facts = this.#alerts.see(entry);
        const back = this.#expectations.see(entry);
        if (this.#isFirst) {
          if (facts.length > 0) first.push({ entry, facts });
        } else {
          this.#raiseOf({ entry, facts }, now);
          this.#raise(back, now, entry.at);
        }
      }
      this.#place(now);
      this.#readable(true, '');
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      this.#readable(false, error.message);
    }
    if (this.#isFirst && this.#tail.sequence > 0) this.#begin(first, session, now);
    this.#flush();
  }

  /**
   * A log that was told of more entries than there are belongs to a journal that was restored to an earlier point, or has lost its
   * end with the machine: what is written in the place of those entries is news.
   */
  #place(now: Instant): void {
    if (this.#isPlaced) return;
    this.#isPlaced = true;
    const { log, say } = this.#options;
    const { sequence } = this.#tail;
    const told = log.record.cursor?.sequence ?? 0;
    if (told <= sequence) return;
    log.append({ kind: 'read', sequence, at: now });
    say(`the journal ends with entry ${sequence}, and alerts were told up to entry ${told}: what comes now is told`);
  }

  /** Nobody has told of this journal yet: what is old news is left out, and the log says up to where. */
  #begin(said: readonly Said[], session: number, now: Instant): void {
    this.#isFirst = false;
    const { since, log } = this.#options;
    const before = { start: 0, session: Math.max(0, session - 1), now: this.#tail.sequence };
    log.append({ kind: 'read', sequence: before[since], at: now });
    for (const each of said) this.#raiseOf(each, now);
  }

  /** What an entry says, unless it stands in the log already. */
  #raiseOf({ entry, facts }: Said, now: Instant): void {
    const { log } = this.#options;
    const cursor = log.record.cursor ?? { sequence: 0, index: -1 };
    const isNew = (index: number): boolean =>
      entry.sequence > cursor.sequence || (entry.sequence === cursor.sequence && index > cursor.index);
    const { place } = this.#alerts;
    const { sequence, at } = entry;
    for (const [index, each] of facts.entries())
      if (isNew(index))
        this.#raising.push({ kind: 'raised', alert: { id: this.#nextId, at, raisedAt: now, sequence, place, facts: each }, index });
  }

  /** What stands in no journal. */
  #raise(facts: readonly AlertFacts[], now: Instant, at: Instant = now): void {
    const { place } = this.#alerts;
    for (const each of facts)
      this.#raising.push({ kind: 'raised', alert: { id: this.#nextId, at, raisedAt: now, sequence: null, place, facts: each }, index: 0 });
  }

  get #nextId(): number {
    return this.#options.log.record.desk.nextAlert + this.#raising.length;
  }

  /** What was raised is on the disk before anything follows from it; ten thousand at once are one write. */
  #flush(): void {
    const lines = this.#raising.splice(0);
    if (lines.length === 0) return;
    this.#options.log.append(...lines);
    for (const { alert } of lines)
      this.#options.say(`raised     alert ${alert.id}, ${severityOf(alert.facts)}: ${headlineOf(alert.facts)}`);
  }

  #post(now: Instant): void {
    const { log, settings, say } = this.#options;
    const due = log.record.desk.due(now).map((message) => ({ message, channels: channelsOf(message, settings.routes) }));
    if (due.length === 0) return;
    log.append(...due.map((each): LogLine => ({ kind: 'posted', ...each })));
    for (const { message, channels } of due)
      say(`posted     message ${message.id}, ${message.purpose} of ${message.alerts.length}, to ${channels.join(', ') || 'nobody'}`);
  }

  #takeNotes(now: Instant): void {
    const { folder, log, say } = this.#options;
    for (const { path, note } of notesIn(folder, this.#notes)) {
      this.#notes.set(path, 'read');
      if (note === null) say(`a note is not understood, or may not be read: ${path}`);
      else if (note.kind === 'observed') this.#seen.push(note.observation);
      else {
        const { by, because } = note;
        log.append(...note.alerts.map((alert): LogLine => ({ kind: 'acknowledged', alert, by, because, at: now })));
        say(`seen       alerts ${note.alerts.join(', ')} by ${by}: ${because}`);
      }
    }
  }

  /** A note goes when what it says is on the disk: a kill before that has it read again. */
  #putNotesAway(): void {
    const { log, say } = this.#options;
    if (!log.isSaved) return;
    for (const [path, fate] of this.#notes) {
      if (fate === 'stays') continue;
      if (takeAway(path)) this.#notes.delete(path);
      else {
        this.#notes.set(path, 'stays');
        say(`a note cannot be taken away, and is not read again before the next watch: ${path}`);
      }
    }
  }

  #lookAround(): void {
    const { journal, database } = this.#options;
    if (existsSync(journal)) {
      this.#seen.push({ kind: 'process_seen', pid: lockHolder(journal), hasEnded: hasEnded(journal) });
      if (this.#isTime('disk', DISK_EVERY_MS)) {
        const { bavail, bsize } = statfsSync(journal);
        this.#seen.push({ kind: 'disk_seen', folder: journal, freeBytes: bavail * bsize });
      }
    }
    if (this.#isTime('projector', PROJECTOR_EVERY_MS)) {
      const said = seenProjector(journal);
      if (said !== null) this.#seen.push(said);
    }
    if (database === null || this.#isDialling || !this.#isTime('database', DATABASE_EVERY_MS)) return;
    this.#isDialling = true;
    database()
      .then((seen) => void this.#seen.push(seen))
      .catch(this.#fail)
      .finally(() => {
        this.#isDialling = false;
      });
  }

  #isTime(what: string, everyMs: number): boolean {
    const now = this.#options.elapsed();
    if (now - (this.#looked.get(what) ?? Number.NEGATIVE_INFINITY) < everyMs) return false;
    this.#looked.set(what, now);
    return true;
  }

  #readable(readable: boolean, what: string): void {
    this.#unreadable = readable ? 0 : this.#unreadable + 1;
    if (readable || this.#unreadable >= UNREADABLE_LOOKS) this.#seen.push({ kind: 'journal_seen', readable, what });
  }
}

type Said = { readonly entry: Entry; readonly facts: readonly AlertFacts[] };

const channelsOf = ({ severity, escalated }: Message, routes: Routes): readonly string[] => [
  ...new Set([...routes[severity], ...(escalated ? routes.escalation : [])]),
];
