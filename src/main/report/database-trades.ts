import { type Client, newClient } from '#adapters/postgres/client';
import {
  type BarFacts,
  type BarSpan,
  type JournalFacts,
  type ReportRows,
  reportBars,
  reportJournals,
  reportRows,
} from '#adapters/postgres/report-rows';
import { isWeather } from '#adapters/postgres/weather';
import type { Trade } from '#domain/performance/trade';
import { type Cash, cash } from '#domain/values/cash';
import { type Instant, MINUTE_MS } from '#domain/values/instant';
import { RecordedTrades } from '#main/report/recorded-trades';
import { MINUTES_AROUND } from '#main/report/trade-bars';
import type { LogSource } from '#main/report/trade-log';
import type { TradeBar, TradeRecord, TradeSource } from '#main/report/trade-source';

/** Why no report can be made of the record. */
export type RecordedProblem =
  | { readonly kind: 'no_journal' }
  | { readonly kind: 'no_such_journal'; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'which_journal'; readonly names: readonly string[] }
  /** Its rows were written before the record kept what a report needs. */
  | { readonly kind: 'rows_too_old'; readonly name: string };

/** The record is there, and no report can be made of it. */
export class NotReportable extends Error {
  override readonly name = 'NotReportable';
  readonly problem: RecordedProblem;

  constructor(problem: RecordedProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** The database went away, or could not be reached, while it was read. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

/**
 * A journal in the record as the source of a report; the only one, unless `name` says which. It keeps its connection until it is
 * closed. Throws `NotReportable`, `BrokenOff`, and what the driver throws of a query that is wrong.
 */
export class DatabaseTrades implements TradeSource {
  readonly #url: string;
  readonly #name: string | null;
  #open: { readonly client: Client; readonly journal: number; readonly trades: RecordedTrades } | null = null;
  readonly #clients = new Set<Client>();

  constructor(url: string, name: string | null) {
    this.#url = url;
    this.#name = name;
  }

  async read(): Promise<TradeRecord> {
    const client = await this.#connected();
    const facts = chosen(await weathered(reportJournals(client)), this.#name);
    const [journal, name] = facts;
    const beside = await this.#connected();
    const rows = await weathered(reportRows(client, beside, journal));
    this.#clients.delete(beside);
    await beside.end();
    if (isTooOld(rows)) throw new NotReportable({ kind: 'rows_too_old', name });
    const trades = new RecordedTrades(rows);
    this.#open = { client, journal, trades };
    return recordOf(facts, trades);
  }

  /** Asks the server before it returns. */
  async barsOf(some: readonly Trade[]): Promise<ReadonlyMap<string, readonly TradeBar[]>> {
    if (this.#open === null || some.length === 0) return new Map();
    const { client, journal, trades } = this.#open;
    return barsAmong(some, await weathered(reportBars(client, journal, spansOf(some, trades))));
  }

  async close(): Promise<void> {
    const clients = [...this.#clients];
    this.#clients.clear();
    await Promise.all(clients.map((client) => client.end()));
  }

  async #connected(): Promise<Client> {
    const client = newClient(this.#url, { name: 'catalyst report' });
    // The loss of an idle connection; the next query says so.
    client.on('error', () => {});
    await weathered(client.connect());
    this.#clients.add(client);
    return client;
  }
}

async function weathered<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof Error) || !isWeather(error)) throw error;
    throw new BrokenOff(error.message, { cause: error });
  }
}

function chosen(journals: readonly JournalFacts[], name: string | null): JournalFacts {
  const names = journals.map((one) => one[1]);
  const [first] = journals;
  if (first === undefined) throw new NotReportable({ kind: 'no_journal' });
  if (name === null) {
    if (journals.length > 1) throw new NotReportable({ kind: 'which_journal', names });
    return first;
  }
  const found = journals.find((one) => one[1] === name);
  if (found === undefined) throw new NotReportable({ kind: 'no_such_journal', name, names });
  return found;
}

const isTooOld = ({ positions, sessions }: ReportRows): boolean =>
  positions.some((row) => row[13] !== null && row[24] === null) || sessions.some((row) => row[8] !== null && row[15] === null);

function recordOf([, , source, version, environment, account, capital]: JournalFacts, trades: RecordedTrades): TradeRecord {
  return {
    source: { source, environment, account, capital: cash(Number(capital ?? 0)) satisfies Cash, version } as LogSource,
    nameOf: (symbol) => trades.nameOf(symbol),
    trades: trades.trades,
    days: trades.days,
    held: trades.held,
    notes: [],
  };
}

function spansOf(some: readonly Trade[], recorded: RecordedTrades): readonly BarSpan[] {
  const around = MINUTES_AROUND * MINUTE_MS;
  return some.map(({ symbol, opened, closed }) => ({
    security: recorded.securityOf(symbol),
    from: opened - around,
    to: closed + around,
  }));
}

function barsAmong(some: readonly Trade[], rows: readonly BarFacts[]): ReadonlyMap<string, readonly TradeBar[]> {
  const bars = new Map<string, TradeBar[]>();
  for (const [place, start, open, high, low, close] of rows) {
    const id = some[place - 1]?.id ?? '';
    const known = bars.get(id) ?? [];
    known.push({ start: start as Instant, open, high, low, close });
    bars.set(id, known);
  }
  return bars;
}
