import type { FillFacts, NewsFacts, NoteFacts, PositionFacts, ReportRows } from '#adapters/postgres/report-rows';
import type { CashCause } from '#domain/events/account';
import type { CatalystType } from '#domain/news/catalyst';
import type { FillFlag, OrderReason } from '#domain/orders/order';
import type { PatternKind } from '#domain/patterns/setup';
import type { Day, SpokenFor, Trade, TradeNote, TradePlan } from '#domain/performance/trade';
import { assert } from '#domain/values/assert';
import { cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import { type SymbolIndex, symbolIndex } from '#domain/values/symbol';
import { Holding } from '#main/report/holding';
import { RecordedSessions } from '#main/report/recorded-sessions';

/** As an execution tells them; a row of its own each, they have no order in the record. */
const flagOrder: readonly FillFlag[] = ['same_bar', 'stop_first', 'gap', 'at_close', 'no_market'];

const none: readonly FillFlag[] = [];

type Held = { readonly holding: Holding; readonly position: PositionFacts };
/** What came beside the fills, by the entry that told it. */
type Beside = { readonly sequence: number; readonly act: () => void };

/** Trades and days out of the rows of the record: what `TradeLog` makes of the entries themselves. */
export class RecordedTrades {
  readonly #rows: ReportRows;
  readonly #columns: ReadonlyMap<number, SymbolIndex>;
  readonly #sessions: RecordedSessions;
  readonly #begins: ReadonlyMap<number, PositionFacts>;
  readonly #flags: ReadonlyMap<number, readonly FillFlag[]>;
  readonly #news: ReadonlyMap<number, SpokenFor>;
  readonly #notes = new Map<number, { readonly sequence: number; readonly note: TradeNote }[]>();
  readonly #held = new Map<number, Held>();
  readonly #closings = new Map<string, number>();
  readonly trades: Trade[] = [];

  constructor(rows: ReportRows) {
    this.#rows = rows;
    this.#columns = new Map(rows.names.map(([security], column) => [security, symbolIndex(column)]));
    this.#sessions = new RecordedSessions(rows);
    this.#begins = new Map(rows.positions.map((position) => [position[0], position]));
    this.#flags = flagsOf(rows);
    this.#news = new Map(rows.news.map((one) => [one[0], spokenFor(one)]));
    this.#walk();
  }

  get days(): readonly Day[] {
    return this.#sessions.days();
  }

  get held(): number {
    return this.#rows.positions.reduce((count, { 13: told }) => (told === null ? count + 1 : count), 0);
  }

  nameOf(symbol: SymbolIndex): string {
    const name = this.#rows.names[symbol];
    assert(name !== undefined, 'a position has a name');
    return name[1];
  }

  securityOf(symbol: SymbolIndex): number {
    const name = this.#rows.names[symbol];
    assert(name !== undefined, 'a position has a name');
    return name[0];
  }

  #walk(): void {
    const beside = this.#beside();
    let next = 0;
    const until = (sequence: number): void => {
      for (let one = beside[next]; one !== undefined && one.sequence < sequence; one = beside[++next]) one.act();
    };
    for (const fill of this.#rows.fills) {
      until(fill[0]);
      this.#fill(fill);
    }
    until(Number.POSITIVE_INFINITY);
  }

  #beside(): readonly Beside[] {
    const { adjustments, splits, cash: movements, halts, notes } = this.#rows;
    const all: Beside[] = [];
    for (const row of adjustments) all.push({ sequence: row[0], act: () => this.#adjust(row) });
    for (const [sequence, security, ratio] of splits)
      all.push({ sequence, act: () => this.#held.get(security)?.holding.split(Number(ratio)) });
    for (const [sequence, cause, security, amount] of movements)
      all.push({
        sequence,
        act: () => {
          const isCost = cause === 'correction' && security !== null && this.#held.has(security);
          this.#sessions.move(sequence, cause as CashCause, { amount: cash(amount), isBeside: !isCost });
        },
      });
    for (const halt of halts) all.push({ sequence: halt[0], act: () => this.#sessions.halt(halt) });
    for (const row of notes) all.push({ sequence: row[0], act: () => this.#note(row) });
    return all.toSorted((one, other) => one.sequence - other.sequence);
  }

  #fill(row: FillFacts): void {
    // By its places: taking an array apart by a pattern asks its iterator, sixty thousand times.
    const sequence = row[0];
    const security = row[1];
    const shares = row[4];
    const price = row[5];
    const fees = row[6];
    const bar = row[7];
    this.#sessions.fill(sequence, { turnover: shares * price, fees });
    const held = this.#heldAt(sequence, { security, bar: bar as Instant });
    if (held === null) return;
    const flags = this.#flags.get(sequence) ?? none;
    const isWanted = row[3] && !flags.includes('at_close') && !flags.includes('no_market');
    const { plan } = held.holding.begun;
    const side = row[2] ? 'buy' : 'sell';
    held.holding.fill({
      side,
      shares,
      price,
      fees: cash(fees),
      bar: bar as Instant,
      flags,
      against: isWanted ? (plan?.price ?? null) : null,
    });
    this.#endAt(sequence, security, held);
  }

  #adjust([sequence, security, change, price, bar, at]: ReportRows['adjustments'][number]): void {
    const shares = Math.abs(change);
    this.#sessions.fill(sequence, { turnover: shares * price, fees: 0 });
    const held = this.#heldAt(sequence, { security, bar: bar as Instant, at: at as Instant });
    if (held === null) return;
    const side = change > 0 ? 'buy' : 'sell';
    held.holding.fill({ side, shares, price, fees: cash(0), bar: bar as Instant, flags: [], against: null });
    this.#endAt(sequence, security, held);
  }

  /** What is held of the name from then on; null of what belongs to no position. */
  #heldAt(
    sequence: number,
    { security, bar, at = null }: { readonly security: number; readonly bar: Instant; readonly at?: Instant | null },
  ): Held | null {
    const position = this.#begins.get(sequence);
    if (position === undefined) return this.#held.get(security) ?? null;
    const named = position[2];
    const decidedAt = position[4];
    // An intent speaks for what is bought in its own session only.
    const intent = named !== null && this.#sessions.isSameSession(named, sequence) ? named : null;
    const from = intent === null ? bar : (decidedAt as Instant);
    const { minute, phase } = this.#sessions.minuteAt(sequence, from);
    const holding = new Holding({
      symbol: this.#columns.get(security) ?? symbolIndex(0),
      intent,
      sequence,
      plan: intent === null ? null : this.#planOf(position),
      decided: intent === null ? (at ?? (position[3] as Instant)) : (decidedAt as Instant),
      minute,
      phase,
    });
    for (const { sequence: told, note } of this.#notes.get(named ?? 0) ?? [])
      if (this.#sessions.isSameSession(told, sequence)) holding.note(note);
    const held = { holding, position };
    this.#held.set(security, held);
    return held;
  }

  #endAt(sequence: number, security: number, { holding, position }: Held): void {
    if (position[24] !== sequence) return;
    this.#held.delete(security);
    const { intent } = holding.begun;
    const name = String(intent ?? holding.begun.sequence);
    const times = (this.#closings.get(name) ?? 0) + 1;
    this.#closings.set(name, times);
    this.#sessions.trade(sequence, position[15]);
    this.trades.push(
      holding.tradeThrough(
        {
          session: this.#sessions.dateAt(sequence),
          closing: sequence,
          shares: position[14],
          pnl: cash(position[15]),
          fees: cash(position[16]),
          reason: position[18] as OrderReason,
          noMarket: position[19],
          // R of a position that was taken over in the meantime is of an assumed stop.
          rMultiple: intent !== null && intent === position[25] ? position[17] : null,
        },
        {
          id: times === 1 ? name : `${name}-${times}`,
          favourable: { money: cash(position[21]), r: position[20] },
          adverse: { money: cash(position[23]), r: position[22] },
          exitSlippage: position[26] === null ? null : cash(position[26]),
        },
      ),
    );
  }

  #planOf(position: PositionFacts): TradePlan {
    const news = position[12];
    return {
      pattern: position[5] as PatternKind,
      catalyst: (position[11] ?? 'other_news') as CatalystType,
      confidence: position[6],
      price: position[10],
      limit: position[7],
      stop: position[9] ?? position[7],
      target: position[8],
      headline: news === null ? null : (this.#news.get(news) ?? null),
    };
  }

  #note([sequence, intent, security, at, by, choice, override, because, code]: NoteFacts): void {
    const note = { at, by, choice, override, because, code } as TradeNote;
    if (security !== null) return this.#held.get(security)?.holding.note(note);
    for (const { holding } of this.#held.values()) if (intent === null || holding.begun.intent === intent) holding.note(note);
    if (intent !== null) this.#notes.set(intent, [...(this.#notes.get(intent) ?? []), { sequence, note }]);
  }
}

const spokenFor = ([, id, source, text, knownAt]: NewsFacts): SpokenFor => ({ id, source, text, knownAt: knownAt as Instant });

function flagsOf({ flags }: ReportRows): ReadonlyMap<number, readonly FillFlag[]> {
  const found = new Map<number, FillFlag[]>();
  for (const [fill, flag] of flags) found.set(fill, [...(found.get(fill) ?? []), flag as FillFlag]);
  for (const some of found.values()) some.sort((one, other) => flagOrder.indexOf(one) - flagOrder.indexOf(other));
  return found;
}
