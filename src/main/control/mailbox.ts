import type { Entry } from '#domain/events/event';
import type { Request } from '#domain/events/request';
import { reaches, type StopLevel } from '#domain/risk/stop-level';
import { canonicalJson } from '#domain/values/canonical-json';
import { type Instant, instant } from '#domain/values/instant';
import type { Asked, Operator } from '#engine/ports/operator';
import { ControlFolder, type Taken } from '#main/control/control-folder';
import { removeFile } from '#main/control/durable-file';
import { readStop, type StopOrder } from '#main/control/stop-file';

/** The folder is looked at at most so often, in milliseconds. */
const LOOK_EVERY = 100;

export type MailboxOptions = {
  readonly journal: string;
  /** The requests that the journal held when it was opened, oldest first. */
  readonly recorded: readonly Request[];
  readonly say: (text: string) => void;
  /** Milliseconds of the machine's clock. */
  readonly now: () => number;
};

/**
 * The ways in from outside of the process: request files, the file STOP, and a signal. Each becomes a request at the
 * door. Whoever asks it for the next one has put what it gave before on the disk: then its file goes.
 */
export class Mailbox implements Operator {
  readonly #options: MailboxOptions;
  readonly #folder: ControlFolder;
  #looked = Number.NEGATIVE_INFINITY;
  #stop: StopOrder | null = null;
  #waiting: Taken | null = null;
  readonly #recorded: string[] = [];
  /** Something was given at this look and not recorded yet: whoever drops it is not given it again and again. */
  #offered = false;
  #signalled = false;
  /** How far the file STOP has stopped the house; a clearing ends it, so that a file that is still there stops it again. */
  #stoppedByFile: StopLevel | null = null;
  #seen = 0;
  #at: Instant = instant(0);

  constructor(options: MailboxOptions) {
    this.#options = options;
    this.#folder = new ControlFolder(options.journal, options.say);
    this.#folder.recover(options.recorded);
  }

  see({ at, event }: Entry): void {
    this.#at = at;
    if (event.kind === 'stop_cleared') this.#stoppedByFile = null;
    if (event.kind !== 'request_received') return;
    this.#seen++;
    this.#offered = false;
    const { request } = event;
    if (request.kind === 'stop_trading' && request.by === BY_FILE) this.#stoppedByFile = request.level;
    if (request.kind === 'stop_trading' && request.by === BY_SIGNAL) this.#signalled = false;
    if (this.#waiting === null || canonicalJson(this.#waiting.request) !== canonicalJson(request)) return;
    this.#recorded.push(this.#waiting.path);
    this.#waiting = null;
  }

  /** SIGUSR2 has come. */
  signal(): void {
    this.#signalled = true;
  }

  next(before: Instant): Asked | null {
    this.settle();
    if (this.#at >= before) return null;
    this.#look();
    const request = this.#offered ? null : this.#next();
    this.#offered ||= request !== null;
    return request === null ? null : { at: this.#at, request };
  }

  /** Whether somebody asks for something: a wait for the next minute may end early for it. */
  hasSomething(): boolean {
    this.#look();
    return this.#signalled || this.#waiting !== null || this.#fileStops() !== null;
  }

  /** Takes away the files of what has been recorded; called when that is on the disk. */
  settle(): void {
    for (const path of this.#recorded.splice(0)) removeFile(path);
  }

  #next(): Request | null {
    const file = this.#fileStops();
    if (file !== null) return { kind: 'stop_trading', ...file, by: BY_FILE, from: 'program' };
    if (this.#signalled) return { kind: 'stop_trading', level: 'flatten', because: 'SIGUSR2', by: BY_SIGNAL, from: 'program' };
    if (this.#waiting?.request.kind === 'clear_stop' && this.#stop !== null) {
      this.#folder.refuse(this.#waiting, 'the file STOP is there: take it away first');
      this.#waiting = null;
    }
    return this.#waiting?.request ?? null;
  }

  #fileStops(): StopOrder | null {
    if (this.#stop === null) return null;
    return this.#stoppedByFile !== null && reaches(this.#stoppedByFile, this.#stop.level) ? null : this.#stop;
  }

  #look(): void {
    const now = this.#options.now();
    if (now - this.#looked < LOOK_EVERY) return;
    this.#looked = now;
    this.#offered = false;
    this.#stop = readStop(this.#options.journal);
    this.#waiting ??= this.#folder.take(this.#seen);
  }
}

const BY_FILE = 'the file STOP';
const BY_SIGNAL = 'a signal';
