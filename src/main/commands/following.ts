import { NewestEntry } from '#engine/journal/newest';
import type { Clock } from '#engine/ports/clock';
import { DatabaseAway } from '#main/database/used-database';
import { type Lag, lagOf, lagText, writeFollower } from '#main/record/lag';
import type { Progress } from '#main/record/projector';
import type { Projection } from '#main/record/tables';
import { note, rewrite } from '#main/terminal';

const TELL_MS = 1_000;
const AGAIN_MS = 2_000;

/** What a follower says of itself: to the terminal when something changes, and each second to the file beside the journal. */
export class Following {
  readonly #directory: string;
  readonly #clock: Clock;
  readonly #newest: NewestEntry;
  readonly #seen = new Map<Projection, Progress>();
  #isAway = false;
  #why: string | null = null;
  #hasEnded = false;
  #isAsked = false;

  constructor(directory: string, clock: Clock) {
    this.#directory = directory;
    this.#clock = clock;
    this.#newest = new NewestEntry(directory);
  }

  told(progress: Progress): void {
    this.#seen.set(progress.projection, progress);
    const away = [...this.#seen.values()].find(({ database }) => !database.isThere);
    this.#line(away === undefined, away?.database.why ?? null);
  }

  /** The first time, too, the database may be away. False when it was stopped before. */
  async prepare(work: () => Promise<void>, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      try {
        await work();
        this.#line(true, null);
        return true;
      } catch (error) {
        if (!(error instanceof DatabaseAway)) throw error;
        this.#line(false, error.message);
        this.#write();
        await this.#clock.sleep(AGAIN_MS, signal);
      }
    }
    return false;
  }

  async keepTelling(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !this.#hasEnded) {
      this.#write();
      rewrite(this.lags().map(lagText).join('; '));
      await this.#clock.sleep(TELL_MS, signal);
    }
    rewrite('');
  }

  /** `isAsked`: somebody has ended it, and nothing has gone wrong. */
  end(isAsked: boolean): void {
    this.#hasEnded = true;
    this.#isAsked = isAsked;
    this.#write();
    this.#newest.close();
  }

  lags(): readonly Lag[] {
    const newest = this.#newest.look();
    return [...this.#seen.values()].map(({ projection, written }) => lagOf(projection, written, newest));
  }

  #line(isThere: boolean, why: string | null): void {
    if (isThere === !this.#isAway) return;
    this.#isAway = !isThere;
    this.#why = why;
    rewrite('');
    note(isThere ? 'the database is back' : `the database is away, and what happens meanwhile is written when it is back: ${why ?? ''}`);
  }

  #write(): void {
    const newest = this.#newest.look();
    const state = {
      database: this.#isAway ? ('away' as const) : ('there' as const),
      why: this.#why,
      lags: this.lags(),
      hasEnded: this.#isAsked,
    };
    writeFollower(
      this.#directory,
      { ...state, newest: newest === null ? null : { sequence: newest.sequence, at: new Date(newest.at).toISOString() } },
      this.#clock.now(),
    );
  }
}
