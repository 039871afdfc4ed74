import { openDatabase } from '#adapters/postgres/open-database';
import type { RunningDatabase } from '#adapters/postgres/running-database';
import type { ChosenDatabase } from '#main/database/chosen-database';
import { databaseText } from '#main/database/problem-text';

/** Several who lose their connections at once ask once. */
const FRESH_MS = 1_000;

/** The database is not to be had just now; the message says why, without a password. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
}

/** Our use of a database for as long as we need it, through restarts of a server of our own. */
export class UsedDatabase {
  readonly #chosen: ChosenDatabase;
  readonly #make: boolean;
  #opening: { readonly since: number; readonly running: Promise<RunningDatabase> } | null = null;
  #running: RunningDatabase | null = null;

  /** One that is only read has to be there; otherwise it is made. */
  constructor(chosen: ChosenDatabase, use: 'read' | 'write' = 'write') {
    this.#chosen = chosen;
    this.#make = use === 'write';
  }

  /** Opens it, again after every loss: a server of our own that has been killed is started. Throws `DatabaseAway`. */
  readonly address = async (): Promise<string> => {
    const now = Date.now();
    if (this.#opening === null || now - this.#opening.since > FRESH_MS) this.#opening = { since: now, running: this.#open() };
    return (await this.#opening.running).connectionString;
  };

  async close(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    await running?.close();
  }

  async #open(): Promise<RunningDatabase> {
    const opened = await openDatabase({ ...this.#chosen, make: this.#make });
    if (!opened.ok) throw new DatabaseAway(databaseText(opened.problem));
    const before = this.#running;
    this.#running = opened.value;
    await before?.close();
    return opened.value;
  }
}
