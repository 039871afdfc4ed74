import { WINDOW_MS, waitWanted, wholeIn } from '#adapters/alpaca/wait-wanted';
import type { Instant } from '#domain/values/instant';
import { type Priority, priorities } from '#engine/ports/brokerage';
import type { Clock } from '#engine/ports/clock';
import type { WireAnswer } from '#engine/ports/wire';

/** `requests` of one minute to begin with; the headers of the answers teach another number. */
export type BudgetSettings = { readonly requests: number; readonly clock: Clock; readonly stop: AbortSignal };

/** What became of a wish to send. A place that was granted is given back with `release`. */
export type Grant = { readonly kind: 'granted' } | { readonly kind: 'no_budget'; readonly waitMs: number } | { readonly kind: 'stopped' };

/** Requests of the last minute, of those that a minute may have. */
export type Rate = { readonly used: number; readonly limit: number };

/** The first three get out of positions and keep them covered: nothing else may use their share (broker-alpaca §16, I16). */
const urgent: ReadonlySet<Priority> = new Set(['flatten', 'cancel', 'protect']);
const RESERVED = 0.25;

/** How long each waits for its turn. An entry that is late is another one; a read is asked again anyway. */
const queueMsMax: Readonly<Record<Priority, number>> = {
  flatten: 10_000,
  cancel: 10_000,
  protect: 10_000,
  reconcile: 15_000,
  entry: 3_000,
  read: 5_000,
};

/** Ordinary requests under way at once; urgent ones go on beside them, as many as the rate allows. */
const ORDINARY_UNDER_WAY_MAX = 16;
/** Of each priority; whoever comes then is told at once. */
const WAITING_MAX = 1_000;
/** Our minute and the broker's do not begin together, and a request travels. */
const MARGIN_MS = 1_000;
/** A limit outside of these is a header that makes no sense. */
const LIMIT_MIN = 10;
const LIMIT_MAX = 100_000;
/** After a refused rate the urgent ones go on as the broker's window frees, but not as fast as they can. */
const URGENT_PAUSE_MS = 1_000;

type Waiting = { readonly priority: Priority; readonly until: number; readonly answer: (grant: Grant) => void };

/** How many requests one account may send in a rolling minute, and who goes first when that is not enough. */
export class RequestBudget {
  readonly #clock: Clock;
  readonly #stop: AbortSignal;
  #limit: number;
  /** When the requests of the last minute went out, oldest first. */
  #sentAt: number[] = [];
  /** What the broker says is left, until its window ends: others may use the same account. */
  #told: { left: number; readonly until: number } | null = null;
  #urgentFrom = Number.NEGATIVE_INFINITY;
  #underWay = 0;
  #ordinaryUnderWay = 0;
  readonly #queues: Readonly<Record<Priority, Waiting[]>> = { flatten: [], cancel: [], protect: [], reconcile: [], entry: [], read: [] };
  #alarm: { readonly at: number; readonly off: AbortController } | null = null;

  constructor({ requests, clock, stop }: BudgetSettings) {
    this.#limit = requests;
    this.#clock = clock;
    this.#stop = stop;
    stop.addEventListener('abort', () => this.#answerAll({ kind: 'stopped' }));
  }

  /** A place in the budget, at once when nobody more urgent waits; otherwise in its turn, or not within its time. */
  acquire(priority: Priority): Promise<Grant> {
    if (this.#stop.aborted) return Promise.resolve({ kind: 'stopped' });
    if (this.#queues[priority].length >= WAITING_MAX) return Promise.resolve({ kind: 'no_budget', waitMs: queueMsMax[priority] });
    return new Promise((answer) => {
      this.#queues[priority].push({ priority, until: this.#clock.now() + queueMsMax[priority], answer });
      this.#serve();
    });
  }

  /** After each request, with its answer if there was one. */
  release(priority: Priority, answer: WireAnswer | null): void {
    this.#underWay--;
    if (!urgent.has(priority)) this.#ordinaryUnderWay--;
    if (answer !== null) this.#learn(answer);
    this.#serve();
  }

  /** Whether a read had better not be repeated now. */
  get isShort(): boolean {
    return this.#left(this.#clock.now(), false) < this.#limit / 4;
  }

  /** How many of one minute's requests are used, by us and, where the broker tells it, by others at the same account. */
  get rate(): Rate {
    return { used: Math.max(0, this.#limit - this.#known(this.#clock.now())), limit: this.#limit };
  }

  #learn({ status, headers }: WireAnswer): void {
    const now = this.#clock.now();
    const limit = wholeIn(headers, 'x-ratelimit-limit');
    if (limit !== null && limit >= LIMIT_MIN && limit <= LIMIT_MAX) this.#limit = limit;
    if (status === 429) {
      this.#told = { left: 0, until: now + waitWanted(headers, now) };
      this.#urgentFrom = now + URGENT_PAUSE_MS;
      return;
    }
    const remaining = wholeIn(headers, 'x-ratelimit-remaining');
    const reset = wholeIn(headers, 'x-ratelimit-reset');
    if (remaining === null || reset === null || reset * 1000 <= now) return;
    // What is under way may not be counted in it yet. An older word of less still holds.
    const left = Math.max(0, remaining - this.#underWay);
    const until = Math.min(reset * 1000, now + WINDOW_MS);
    if (this.#told === null || this.#told.until <= now || left <= this.#told.left) this.#told = { left, until };
  }

  /** How many may go now. */
  #left(now: number, isUrgent: boolean): number {
    if (isUrgent) return now < this.#urgentFrom ? 0 : this.#own(now);
    return this.#known(now) - Math.ceil(this.#limit * RESERVED);
  }

  /** What is left by what went out from here. */
  #own(now: number): number {
    const oldest = now - WINDOW_MS - MARGIN_MS;
    while (this.#sentAt.length > 0 && (this.#sentAt[0] ?? 0) <= oldest) this.#sentAt.shift();
    return this.#limit - this.#sentAt.length;
  }

  /** The same, and no more than the broker says. */
  #known(now: number): number {
    const own = this.#own(now);
    return this.#told === null || this.#told.until <= now ? own : Math.min(own, this.#told.left);
  }

  #serve(): void {
    const now = this.#clock.now();
    for (const priority of priorities) {
      const queue = this.#queues[priority];
      for (let first = queue[0]; first !== undefined; first = queue[0]) {
        if (this.#mayGo(priority, now)) this.#grant(priority, now);
        else if (first.until > now) break;
        else first.answer({ kind: 'no_budget', waitMs: this.#freeAt(priority, now) - now });
        queue.shift();
      }
    }
    this.#wake(now);
  }

  #mayGo(priority: Priority, now: Instant): boolean {
    const isUrgent = urgent.has(priority);
    return this.#left(now, isUrgent) > 0 && (isUrgent || this.#ordinaryUnderWay < ORDINARY_UNDER_WAY_MAX);
  }

  #grant(priority: Priority, now: number): void {
    this.#sentAt.push(now);
    this.#underWay++;
    if (!urgent.has(priority)) this.#ordinaryUnderWay++;
    if (this.#told !== null && this.#told.left > 0) this.#told.left--;
    this.#queues[priority][0]?.answer({ kind: 'granted' });
  }

  /** When the rate would let one of this priority go, as far as is known now. */
  #freeAt(priority: Priority, now: number): number {
    const isUrgent = urgent.has(priority);
    const kept = isUrgent ? 0 : Math.ceil(this.#limit * RESERVED);
    const own = this.#limit - kept - this.#sentAt.length;
    const byOwn = own > 0 ? now : (this.#sentAt[-own] ?? now) + WINDOW_MS + MARGIN_MS;
    const byTold = this.#told !== null && this.#told.left <= kept ? this.#told.until : now;
    return Math.max(now + 1, byOwn, isUrgent ? this.#urgentFrom : byTold);
  }

  /** Looks again when the first of what waits could go, or has waited long enough. A place under way is told of by its release. */
  #wake(now: Instant): void {
    const times = priorities.flatMap((priority) => {
      const first = this.#queues[priority][0];
      if (first === undefined) return [];
      const hasRate = this.#left(now, urgent.has(priority)) > 0;
      return [hasRate ? first.until : Math.min(first.until, this.#freeAt(priority, now))];
    });
    if (times.length === 0) return;
    const at = Math.min(...times);
    if (this.#alarm !== null && this.#alarm.at <= at) return;
    this.#alarm?.off.abort();
    const alarm = { at, off: new AbortController() };
    this.#alarm = alarm;
    void this.#clock.sleep(Math.max(1, at - now), alarm.off.signal).then(() => {
      if (this.#alarm !== alarm) return;
      this.#alarm = null;
      this.#serve();
    });
  }

  #answerAll(grant: Grant): void {
    this.#alarm?.off.abort();
    this.#alarm = null;
    for (const priority of priorities) for (const { answer } of this.#queues[priority].splice(0)) answer(grant);
  }
}
