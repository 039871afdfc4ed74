import { sqlStateOf } from '#adapters/postgres/client';
import { RecordStore } from '#adapters/postgres/record-store';
import { isWeather } from '#adapters/postgres/weather';
import { assert } from '#domain/values/assert';
import type { Clock } from '#engine/ports/clock';
import { ProjectionStopped } from '#main/record/projection-problem';

const WAIT_MS = 250;
const WAIT_MS_MAX = 10_000;

/** Whether the database is there, and why not. */
export type LineState = { readonly isThere: boolean; readonly why: string | null };

export type LineOptions = {
  /** Where the database is now: a server of our own that was started again may be elsewhere. Throws when it is not to be had. */
  readonly address: () => Promise<string>;
  readonly name: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long the database may be away; null for ever. */
  readonly patienceMs: number | null;
  /** Told when it goes away and when it is back, not at each attempt. */
  readonly told: (state: LineState) => void;
  /** Done after each connecting, before anything else. */
  readonly begin: (store: RecordStore) => Promise<void>;
};

/** A connection that is made again when it breaks: what is done through it waits for the database, within its patience. */
export class StoreLine {
  readonly #options: LineOptions;
  #store: RecordStore | null = null;
  /** Since when the database has been away. */
  #awaySince: number | null = null;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** Does the work, again from its beginning when the connection breaks: it has to bear that. */
  async through<Value>(work: (store: RecordStore) => Promise<Value>): Promise<Value> {
    for (let wait = WAIT_MS; ; wait = Math.min(2 * wait, WAIT_MS_MAX)) {
      try {
        const done = await work(await this.#connected());
        if (this.#awaySince !== null) this.#options.told({ isThere: true, why: null });
        this.#awaySince = null;
        return done;
      } catch (error) {
        await this.close();
        if (!isWeather(error) || error instanceof ProjectionStopped) throw error;
        assert(error instanceof Error, 'what is thrown is an error');
        await this.#wait(wait, error);
      }
    }
  }

  async close(): Promise<void> {
    const store = this.#store;
    this.#store = null;
    await store?.close();
  }

  async #connected(): Promise<RecordStore> {
    if (this.#store?.isLost === true) await this.close();
    if (this.#store !== null) return this.#store;
    const store = await RecordStore.connect(await this.#options.address(), this.#options.name);
    this.#store = store;
    await this.#options.begin(store);
    return store;
  }

  async #wait(ms: number, error: Error): Promise<void> {
    const { clock, signal, patienceMs, told } = this.#options;
    const state = sqlStateOf(error);
    const why = state === null ? error.message || 'no answer' : `${error.message} (${state})`;
    if (this.#awaySince === null) {
      this.#awaySince = clock.now();
      told({ isThere: false, why });
    }
    const isOver = patienceMs !== null && clock.now() - this.#awaySince > patienceMs;
    if (isOver || signal.aborted) throw new ProjectionStopped({ kind: 'database_away', why });
    await clock.sleep(ms, signal);
  }
}
