import type { Buffer } from 'node:buffer';
import { BatchReferences, type KeyRange } from '#adapters/postgres/batch-references';
import { type Client, newClient } from '#adapters/postgres/client';
import { copyIn } from '#adapters/postgres/copy-in';
import { sumUpSessions } from '#adapters/postgres/session-results';
import { formatInstant, type Instant } from '#domain/values/instant';

/** A place in a journal: an entry, its SHA-256 in hex and its instant. */
export type Place = { readonly sequence: number; readonly head: string; readonly at: Instant };

/** A journal as its first entry tells of it. */
export type JournalRow = {
  readonly id: number;
  readonly name: string;
  readonly market: number;
  readonly source: string;
  readonly version: string;
  readonly genesis: string;
  readonly startedAt: Instant;
};

/** What rows refer to and journals share; written before them. */
export type Met = {
  readonly securities: readonly { readonly id: number; readonly symbol: string }[];
  readonly sessions: readonly { readonly id: number; readonly date: string; readonly opens: Instant; readonly closes: Instant }[];
  /** First days of months whose bars are coming. */
  readonly months: readonly string[];
};

export type Batch = {
  readonly journal: number;
  readonly projection: string;
  /** Sequence after which these rows come, 0 for the beginning. */
  readonly after: number;
  readonly to: Place;
  readonly tables: readonly (KeyRange & { readonly rows: { readonly bytes: Buffer } })[];
};

/** The record stands elsewhere than its writer thinks: a server lost what it had confirmed, or was put back to an earlier day. */
export class PlaceMoved extends Error {
  override readonly name = 'PlaceMoved';
}

/** A batch takes a second; what takes so long is begun again, and the lag tells of it. */
const STATEMENT_WITHIN_MS = 120_000;
/** Somebody has locked a table: it is tried again rather than waited for in the dark. */
const LOCK_WITHIN_MS = 3_000;

/** One connection for one projection of one journal. Every method throws what the driver throws. */
export class RecordStore {
  readonly #client: Client;
  /** The loss of an idle connection. */
  #lost: Error | null = null;
  #references: BatchReferences | null = null;

  private constructor(client: Client) {
    this.#client = client;
    client.on('error', (error) => {
      this.#lost = error;
    });
  }

  static async connect(url: string, name: string): Promise<RecordStore> {
    const client = newClient(url, { name, statementWithinMs: STATEMENT_WITHIN_MS, lockWithinMs: LOCK_WITHIN_MS });
    const store = new RecordStore(client);
    try {
      await client.connect();
      store.#references = await BatchReferences.of(client);
    } catch (error) {
      // A connection that nobody holds would keep the process going.
      await store.close();
      throw error;
    }
    return store;
  }

  get isLost(): boolean {
    return this.#lost !== null;
  }

  /** The right to write, held until the connection ends; null once it is ours, else the process of the server that has it. */
  async lock(key: string): Promise<number | null> {
    const { rows } = await this.#client.query('select pg_try_advisory_lock($1::bigint) as got', [key]);
    if (rows[0]?.got === true) return null;
    const held = await this.#client.query(
      `select pid from pg_locks where locktype = 'advisory' and granted and (classid::bigint << 32) | objid::bigint = $1::bigint`,
      [key],
    );
    return held.rows[0]?.pid ?? 0;
  }

  /** Writes the journal down when nobody has; gives the genesis of the one that has this name. */
  async journal({ id, name, market, source, version, genesis, startedAt }: JournalRow): Promise<string> {
    await this.#client.query(
      `insert into catalyst.journals (journal_id, name, market_id, source, software_version, genesis, started_at)
       values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7) on conflict do nothing`,
      [id, name, market, source, version, genesis, formatInstant(startedAt)],
    );
    const { rows } = await this.#client.query(`select encode(genesis, 'hex') as genesis from catalyst.journals where name = $1`, [name]);
    return String(rows[0]?.genesis ?? '');
  }

  async position(journal: number, projection: string): Promise<Place | null> {
    const { rows } = await this.#client.query(
      `select sequence, encode(head, 'hex') as head, entry_at as at from catalyst.journal_positions
       where journal_id = $1 and projection = $2::catalyst.projection`,
      [journal, projection],
    );
    return (rows[0] as Place | undefined) ?? null;
  }

  /** Each in a transaction of its own: rows that several projections add must not wait for one another's batches. */
  async meet(market: number, { securities, sessions, months }: Met): Promise<void> {
    if (securities.length > 0)
      await this.#client.query(
        `insert into catalyst.securities (security_id, market_id, symbol)
         select * from unnest($2::bigint[], array_fill($1::smallint, array[cardinality($2::bigint[])]), $3::text[]) as met (id, market, symbol)
         order by id on conflict do nothing`,
        [market, securities.map(({ id }) => id), securities.map(({ symbol }) => symbol)],
      );
    if (sessions.length > 0)
      await this.#client.query(
        `insert into catalyst.sessions (session_id, market_id, session_date, opens_at, closes_at)
         select * from unnest($2::integer[], array_fill($1::smallint, array[cardinality($2::integer[])]), $3::date[], $4::timestamptz[],
           $5::timestamptz[]) as met (id, market, date, opens, closes) order by id on conflict do nothing`,
        [
          market,
          sessions.map(({ id }) => id),
          sessions.map(({ date }) => date),
          sessions.map(({ opens }) => formatInstant(opens)),
          sessions.map(({ closes }) => formatInstant(closes)),
        ],
      );
    for (const month of months) await this.#client.query('select catalyst.ensure_bars_month($1::date)', [month]);
  }

  /** Rows and position in one transaction. False when they were there already: the answer to an earlier try was lost. */
  async write({ journal, projection, after, to, tables }: Batch): Promise<boolean> {
    await this.#client.query('begin');
    const { rows } = await this.#client.query(
      `select sequence from catalyst.journal_positions where journal_id = $1 and projection = $2::catalyst.projection for update`,
      [journal, projection],
    );
    const stands = Number(rows[0]?.sequence ?? 0);
    if (stands === to.sequence) {
      await this.#client.query('rollback');
      return false;
    }
    if (stands !== after) throw new PlaceMoved(`the ${projection} of the record stands at ${stands} and not at ${after}`);
    await this.#references?.leave(this.#client);
    for (const { table, columns, rows: told } of tables)
      await copyIn(this.#client, `catalyst.${table} (${columns.join(', ')})`, told.bytes);
    await this.#references?.check(this.#client, journal, tables);
    const ended = tables.find(({ table }) => table === 'performance_daily');
    if (ended !== undefined) await sumUpSessions(this.#client, journal, ended);
    await this.#client.query(
      `insert into catalyst.journal_positions (journal_id, projection, sequence, head, entry_at)
       values ($1, $2::catalyst.projection, $3, decode($4, 'hex'), $5)
       on conflict (journal_id, projection) do update set sequence = excluded.sequence, head = excluded.head, entry_at = excluded.entry_at`,
      [journal, projection, to.sequence, to.head, formatInstant(to.at)],
    );
    await this.#client.query('commit');
    return true;
  }

  /** Lets the server count anew what it plans its questions by; a login that may not is only warned by it. */
  async count(tables: readonly string[]): Promise<void> {
    await this.#client.query(`analyze ${tables.map((table) => `catalyst.${table}`).join(', ')}`);
  }

  /** Ends the connection, and with it the lock. What is lost already is no error. */
  async close(): Promise<void> {
    await this.#client.end().catch(() => {});
  }
}
